"""Complaints in every state, and firms with something to look into: what there is to see of compliance."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

from lindung.access.trail import Actor
from lindung.compliance import services
from lindung.contributions.services import WageRows, correct_month
from lindung.law import Month
from lindung.lib.clock import wib_date
from tests import builders

CLERK = Actor("account", 1)
STATES = ("fresh", "mended", "answered", "agency", "ordered", "settled")


def complaints(this: Month, officer_id: int, now: datetime) -> tuple[builders.Firm, dict[str, Any]]:
    """A firm that one worker complains about in one month after another, each complaint a step further."""
    firm = builders.firm(now=now, workers=5, from_on=this.plus(-8).first_on)
    person_id = int(firm.rows().person_id[0])
    member, officer = Actor("account", 2), Actor("account", officer_id)
    ids: dict[str, int] = {}
    for place, state in enumerate(STATES):
        month = this.plus(place - 7)
        builders.bill(firm, month.first_on, now - timedelta(days=30))
        opened = services.open_complaint(
            actor=member,
            person_id=person_id,
            employer_id=firm.id,
            period=month.first_on,
            kind="wage_wrong",
            said_wage_rupiah=12_500_000,
            words="Slip upah saya menulis 12,5 juta, dengan tunjangan tetap.",
            now=now - timedelta(days=2),
        )
        ids[state] = opened.complaint_id
    mended = this.plus(STATES.index("mended") - 7)
    _mend(firm, mended, now)
    for state in STATES[2:]:
        words = {
            "answer": "explained",
            "words": "Tunjangan makan dibayar menurut hari hadir, jadi bukan tunjangan tetap.",
        }
        services.answer_complaint(actor=CLERK, employer_id=firm.id, complaint_id=ids[state], now=now, **words)
    for state in ("agency", "ordered"):
        services.object_to_answer(
            actor=member,
            person_id=person_id,
            complaint_id=ids[state],
            words="Saya menerimanya penuh tiap bulan.",
            now=now,
        )
    services.order_correction(
        actor=officer, complaint_id=ids["ordered"], words="Dibayar penuh tiap bulan, jadi ikut upah.", now=now
    )
    services.accept_answer(actor=member, person_id=person_id, complaint_id=ids["settled"], now=now)
    services.remind_firms(now=now)
    for person in firm.rows().person_id:
        services.hint_at_wages(person_id=int(person), employer_id=firm.id, now=now)
    task = services.write_follow_up(
        actor=officer,
        employer_id=firm.id,
        text="Telepon soal bulan yang belum dibayar.",
        due_on=wib_date(now) + timedelta(days=7),
        now=now,
    )
    note = "Kantor pindah ke lantai dua."
    services.write_follow_up(actor=officer, employer_id=firm.id, text=note, due_on=None, now=now)
    return firm, {
        "complained": firm.id,
        "complaints": ids,
        "complaining": person_id,
        "task": task,
        "mended_month": f"{mended}",
    }


def _mend(firm: builders.Firm, month: Month, now: datetime) -> None:
    rows = firm.rows(12_500_000)
    one = {name: np.ascontiguousarray(getattr(rows, name)[:1]) for name in WageRows.__slots__}
    correct_month(
        actor=CLERK, employer_id=firm.id, period=month.first_on, upload_id=None, rows=WageRows(**one), now=now
    )
