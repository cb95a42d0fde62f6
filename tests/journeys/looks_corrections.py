"""Billed wages put right: files at every step, and a report with back pay. Used by ``looks_seed``, framework up."""

from datetime import datetime
from typing import Any

from lindung.access.trail import Actor
from lindung.law import Month
from lindung.uploads import services
from tests import builders
from tests.channels.employer import desk

CLERK = Actor("account", 1)
KIND = "wage_correction"


def corrections(this: Month, now: datetime) -> tuple[builders.Firm, dict[str, Any]]:
    """The firm, with three billed months, and its uploads by name; ``report`` tells of back pay.

    ``booked`` replaced a bill: ``replaced_bill``.
    """
    firm = builders.firm(now=now, workers=8, from_on=this.plus(-6).first_on)
    months = [this.plus(-back) for back in (4, 3, 2)]
    replaced, *_others = [builders.bill(firm, month.first_on, now) for month in months]
    kpj = firm.people["kpj"]
    clean = [f"{kpj[place]};{month};{12 + place}000000;" for place in range(3) for month in months]
    booked = [f"{kpj[7]};{months[0]};;750000"]
    asked = [f"{kpj[3]};{months[2]};4000000;", f"{kpj[4]};{months[2]};0;", f"{kpj[5]};{months[2]};11000000;"]
    wrong = [*asked, f"{kpj[6]};{this};9000000;", f"{kpj[6]};kemarin;9000000;", f"{kpj[6]};{months[0]};1;1"]
    done = _checked(firm, booked, this, now)
    services.confirm_upload(actor=CLERK, upload_id=done, now=now)
    services.book_upload(upload_id=done, now=now)
    lines = desk.wage_file(firm).decode().strip().split("\n")
    paid = [f"{lines[0]};RAPEL", *(f"{line};{place % 4 * 300_000}" for place, line in enumerate(lines[1:]))]
    uploads = {
        "booked": done,
        "clean": _checked(firm, clean, this, now),
        "asked": _checked(firm, asked, this, now),
        "wrong": _checked(firm, wrong, this, now),
        "report": desk.checked(firm, "\n".join([*paid, ""]).encode(), now, period=this.previous().first_on),
    }
    return firm, {"corrects": firm.id, "corrections": uploads, "replaced_bill": replaced.bill_id}


def _checked(firm: builders.Firm, lines: list[str], this: Month, now: datetime) -> int:
    upload_id = services.receive_upload(
        actor=CLERK,
        employer_id=firm.id,
        kind=KIND,
        period=this.first_on,
        file_name="koreksi.csv",
        content="\n".join(["KPJ;BLTH;UPAH;RAPEL", *lines, ""]).encode(),
        now=now,
    ).id
    services.check_upload(upload_id=upload_id, now=now)
    return upload_id
