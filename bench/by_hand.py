"""A month of a large firm by hand in a real browser: what HR has to do, and what HR has to wait for.

Run: ``python -m bench.by_hand [--workers 10000]``. The whole platform runs as ``lindung run --empty`` runs it; last
month is reported and paid. HR sends a payroll file in which one wage in a hundred rose and three are halved; then does
the same for another firm, as somebody who knows the pages; then says that a month is as the one before. Every press,
every typed character and every line of the pages' contents that HR has not read yet is counted; the own time is the
keystroke-level model's (Card, Moran and Newell 1980: to make up one's mind 1.35 s, to point 1.1 s, to press 0.2 s, a
typed character 0.28 s) with every such line read word by word at 238 words a minute (Brysbaert 2019). Waiting is the
clock's, and no own time. Exit code 1 when somebody who knows the pages takes more than 180 s of own time.
"""

import argparse
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
from playwright.sync_api import Browser, Page, sync_playwright

from bench.ground import month_after, say
from bench.running import running_platform
from bench.staffed import staffed_firm

MOST_OWN_SECONDS = 180.0
_MIND, _POINT, _PRESS, _CHARACTER = 1.35, 1.1, 0.2, 0.28
_WORDS_A_SECOND = 238 / 60
_PATIENCE_MS = 120_000
_CHROMIUM = "/usr/bin/chromium"
_WORDS = "sembilan kucing biru"
_AGREE = re.compile("terbitkan tagihan", re.I)
_BILL = re.compile("Lihat tagihan|Buka tagihan")


@dataclass
class Hand:
    """What one way took. ``waited`` and ``own_seconds`` in seconds."""

    page: Page
    presses: int = 0
    characters: int = 0
    words: int = 0
    waited: float = 0.0
    known: set[str] = field(default_factory=set)

    def press(self, act: Callable[[], object]) -> None:
        """One press, the page that comes of it, and all that stands there."""
        began = time.perf_counter()
        act()
        self.page.wait_for_load_state()
        self.presses += 1
        self.read(began)

    def write(self, field: str, text: str) -> None:
        self.page.locator(field).fill(text)
        self.presses += 1
        self.characters += len(text)

    def read(self, began: float) -> None:
        self.waited += time.perf_counter() - began
        lines = set(self.page.inner_text("main").splitlines()) - self.known
        self.known |= lines
        self.words += sum(len(line.split()) for line in lines)

    def wait_for(self, button: str, name: re.Pattern[str]) -> None:
        """Until a page that works in the background is done; it looks again by itself."""
        began = time.perf_counter()
        self.page.get_by_role(button, name=name).first.wait_for(timeout=_PATIENCE_MS)  # type: ignore[arg-type] # a role
        self.read(began)

    @property
    def own_seconds(self) -> float:
        acts = self.presses * (_MIND + _POINT + _PRESS) + self.characters * _CHARACTER
        return acts + self.words / _WORDS_A_SECOND

    def told(self, way: str) -> bool:
        say(
            f"{way}: {self.presses} presses, {self.characters} characters, {self.words} words;"
            f" own time {self.own_seconds:.0f} s (target {MOST_OWN_SECONDS:.0f}), waited {self.waited:.1f} s"
        )
        return self.own_seconds <= MOST_OWN_SECONDS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=10_000)
    args = parser.parse_args()
    with running_platform("hand") as platform:
        from lindung.lib import clock

        now = clock.now()
        this = clock.wib_date(now).replace(day=1)
        first, second, third = (_firm(number, args.workers, this, now) for number in range(3))
        say(f"three firms of {args.workers:,} workers, the month of {month_after(this, -1):%m/%Y} reported and paid")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            desk = _Desk(browser, f"http://127.0.0.1:{platform.port}/employer/", this)
            desk.by_file(first).told("by file, for the first time in life")
            kept = desk.by_file(second).told("by file, the pages known")
            kept &= desk.the_same(third).told("the same as last month")
            browser.close()
    return 0 if kept else 1


@dataclass(frozen=True, slots=True)
class _Firm:
    employer_id: int
    mail: str
    file: bytes


class _Desk:
    """HR at an office screen; ``read``: the lines that were read once."""

    def __init__(self, browser: Browser, address: str, period: date) -> None:
        self._browser, self._address, self._period = browser, address, period
        self._read: set[str] = set()

    def _sign_in(self, firm: _Firm) -> Hand:
        context = self._browser.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID")
        page = context.new_page()
        page.goto(self._address)
        hand = Hand(page, known=self._read)
        hand.write("[name=name]", firm.mail)
        hand.write("[name=password]", _WORDS)
        hand.press(page.get_by_role("button", name="Masuk").click)
        address = f"{self._address}{firm.employer_id}/wages/?month={self._period:%Y-%m}"
        hand.press(lambda: page.goto(address))
        return hand

    def by_file(self, firm: _Firm) -> Hand:
        hand = self._sign_in(firm)
        file = hand.page.locator("input[type=file]")
        file.set_input_files({"name": "upah.csv", "mimeType": "text/csv", "buffer": firm.file})
        hand.presses += 2  # to open the list of files, and to choose one
        hand.press(hand.page.get_by_role("button", name="Kirim untuk diperiksa").click)
        return self._agree(hand)

    def the_same(self, firm: _Firm) -> Hand:
        hand = self._sign_in(firm)
        hand.press(hand.page.get_by_role("button", name=re.compile("Sama seperti")).click)
        return self._agree(hand)

    def _agree(self, hand: Hand) -> Hand:
        """Every question with a yes, the bill, the number to pay to."""
        hand.wait_for("button", _AGREE)
        for tick in hand.page.locator("main input[type=checkbox]").all():
            tick.check()
            hand.presses += 1
        hand.press(hand.page.get_by_role("button", name=_AGREE).first.click)
        hand.wait_for("link", _BILL)
        hand.press(hand.page.get_by_role("link", name=_BILL).first.click)
        if not re.search(r"77123\s*(?:\d\s*){13}", hand.page.inner_text("main")):
            raise SystemExit(f"no number to pay to at {hand.page.url}")
        return hand


def _firm(number: int, workers: int, this: date, now: datetime) -> _Firm:
    """A firm with its payroll file of the month ``this``; the month before is reported and paid."""
    from lindung.access import services as access
    from lindung.access.trail import SYSTEM
    from lindung.nation.bank import register_simulated_bank
    from lindung.nation.history import moment, pay, report_month

    bank = register_simulated_bank(folder=Path(os.environ["LINDUNG_DATA"]), now=now)
    before = month_after(this, -1)
    employer_id, people, hired = staffed_firm(
        npp=f"9800000{number}",
        name=f"PT Contoh Besar {number}",
        size="large",
        seed=4,
        first=number * workers,
        workers=workers,
        since_on=before,
        now=now,
    )
    mail = f"hr{number}@contoh.example"
    link = access.invite(
        actor=SYSTEM, display_name="Rina", names={"email": mail}, role="hr", scope_id=employer_id, now=now
    )
    access.set_first_password(token=link.token, password=_WORDS, now=now)
    wages = pl.Series([4_000_000 + number * 70_000 + place % 400 * 25_000 for place in range(workers)], dtype=pl.Int64)
    at = moment(this + timedelta(days=4), "10:00", at_most=now)
    told = hired.select("employment_id", wage_rupiah=wages)
    bill = report_month(employer_id=employer_id, period=before, wages=told, now=at)
    pay(bill_id=bill.bill_id, partner_id=bank, paid_at=at)
    place = pl.int_range(workers, eager=True)
    # One in a hundred earns more now; three wages are halved, which is asked about.
    changed = wages * pl.when(place % 100 == 7).then(1.08).when(place < 3).then(0.5).otherwise(1.0)
    table = pl.DataFrame(
        {
            "NIK": people["nik"],
            "NO_PEGAWAI": people["employee_no"],
            "KPJ": hired["kpj"],
            "NAMA_LENGKAP": people["name"],
            "UPAH": pl.select(changed.cast(pl.Int64)).to_series(),
        }
    )
    return _Firm(employer_id, mail, table.write_csv(separator=";").encode())


if __name__ == "__main__":
    sys.exit(main())
