"""`python -m tests.night.branches`: is every statement and every branch of the law taken by its tests?

Ends with 1 when one is not, or when a test fails; what was not taken is listed by its lines.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import coverage

ROOT = Path(__file__).resolve().parents[2]
MEASURED = ("coverage", "run", "--branch", "--source=lindung.law")
TESTS = ("-m", "pytest", "tests/law", "-q", "-p", "no:cacheprovider")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="lindung-branches-") as folder:
        data = Path(folder) / "coverage"
        ended = subprocess.run([sys.executable, "-m", *MEASURED, f"--data-file={data}", *TESTS], cwd=ROOT)
        measured = coverage.Coverage(data_file=data)
        measured.load()
        percent = measured.report(show_missing=True, skip_covered=True)
    print(f"branches: {percent:.2f}% of the statements and branches of lindung/law are taken by its tests")
    return 0 if ended.returncode == 0 and percent == 100 else 1


if __name__ == "__main__":
    sys.exit(main())
