"""The law's public pages: milliseconds of a warm request, and kilobytes of the first view, beside the front page.

Run: ``python -m bench.pages [--requests N]``. No database: these pages ask only the law. Each page is asked for in this
process with the door's own middleware; the figures are the median and the slowest of the requests, wall clock, and the
compressed size of the page with its style sheet. Exit code 1 when a median is over 100 ms or a first view over 14 KB.
"""

import argparse
import gzip
import os
import sys
import time
from statistics import median

from bench.ground import NOW, say

MOST_MS = 100
MOST_BYTES = 14 * 1024
_WARM_UPS = 5
PAGES = {
    "front page": "/",
    "PU, form": "/iuran/",
    "PU, answer with split and fine": (
        "/iuran/?month_0=2&month_1=2026&wage=12000000&jkk_class=II&jkp_member=on&months_late=3"
    ),
    "PU, every risk class": "/iuran/?month_0=2&month_1=2026&wage=12000000",
    "BPU, twelve months": (
        "/iuran/pekerja-mandiri/?month_0=2&month_1=2026&income=3000000&programmes=JKK,JKM,JHT&months=12"
    ),
    "construction, stages": (
        "/iuran/jasa-konstruksi/?month_0=2&month_1=2026&basis=net&amount=2000000000&stages=50/25/25"
    ),
    "migrants": (
        "/iuran/pekerja-migran/?paid_on_0=2&paid_on_1=3&paid_on_2=2026&contract_months=23&route=individual&jht=50000"
    ),
    "simulation, 30 years": (
        "/simulasi-jht/?month_0=2&month_1=2026&wage=5000000&years=30&annual_rate_percent=5,7&inflation_percent=3"
    ),
    "simulation, 100 years": (
        "/simulasi-jht/?month_0=2&month_1=2026&wage=5000000&years=100&annual_rate_percent=5,7&inflation_percent=3"
    ),
    "all parameters": "/aturan/",
    "JP wage ceiling": "/aturan/jp/wage_ceiling/",
    "income bands": "/aturan/bpu/income_bands/",
    "timeline": "/aturan/linimasa/",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=50)
    args = parser.parse_args()
    os.environ |= {"LINDUNG_DOOR": "public", "LINDUNG_NOW": NOW.isoformat()}
    os.environ["DJANGO_SETTINGS_MODULE"] = "lindung.config.settings"
    import django

    django.setup()
    from django.contrib.staticfiles import finders
    from django.test import Client

    sheet = finders.find("lindung/lindung.css")
    if not isinstance(sheet, str):
        raise SystemExit("no style sheet")
    with open(sheet, "rb") as file:
        sheet_bytes = len(gzip.compress(file.read(), 9))
    client = Client(headers={"host": "127.0.0.1"})
    missed = []
    for name, address in PAGES.items():
        page = client.get(address)
        if page.status_code != 200:
            raise SystemExit(f"{name}: {page.status_code}")
        first_view = sheet_bytes + len(gzip.compress(page.content, 9))
        taken = []
        for number in range(_WARM_UPS + args.requests):
            started = time.perf_counter()
            client.get(address)
            if number >= _WARM_UPS:
                taken.append((time.perf_counter() - started) * 1000)
        say(f"{name:>32}: {median(taken):6.1f} ms, slowest {max(taken):6.1f} ms, first view {first_view:,} bytes")
        if median(taken) > MOST_MS or first_view > MOST_BYTES:
            missed.append(name)
    say(f"over the target: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
