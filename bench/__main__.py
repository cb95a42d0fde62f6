"""Every figure, one script after the other: ``make bench``."""

import subprocess
import sys

SCRIPTS = (
    "law", "pages", "home", "compliance", "by_hand", "enrolment", "payments", "together", "files", "payment_rate",
    "burst", "month", "dry_run", "posting", "crediting", "nation", "invariants",
)  # fmt: skip


def main() -> int:
    """1 when one of them missed its target."""
    missed = []
    for script in SCRIPTS:
        print(f"\n== bench.{script}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{script}"]).returncode:
            missed.append(script)
    print(f"\ntargets missed in: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
