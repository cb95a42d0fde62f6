"""Complaints in every state, and firms with something to look into: what there is to see of compliance."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from lindung.access.trail import Actor
from lindung.compliance import services
from lindung.contributions.services import WageRows, correct_month
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.registry.services import EXITS, report_exits
from tests import builders
from tests.evidence import files

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
    ids |= _exits(firm, this, officer, now)
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


def _exits(firm: builders.Firm, this: Month, officer: Actor, now: datetime) -> dict[str, int]:
    """Workers who say that they left: nothing answered, reported by the firm, with an officer, and ended by one."""
    until_on, member, ids = this.previous().first_on + timedelta(days=14), Actor("account", 2), {}
    workers = firm.people.sort("person_id")["person_id"].to_list()
    for place, state in enumerate(("left", "left_reported", "left_agency", "left_ended")):
        opened = services.claim_exit(
            actor=member,
            person_id=workers[place],
            employer_id=firm.id,
            until_on=until_on,
            cause="L2",
            words="Kontrak saya habis dan tidak diperpanjang. Sesudah itu kantornya tutup.",
            paper=files.png(),
            now=now - timedelta(days=2),
        )
        ids[state] = opened.complaint_id
    reported = firm.people.sort("person_id")["employment_id"].to_list()[1]
    exits = pl.DataFrame([(reported, until_on - timedelta(days=3), "L2")], schema=EXITS, orient="row")
    report_exits(actor=CLERK, employer_id=firm.id, exits=exits, now=now)
    for place, state in ((2, "left_agency"), (3, "left_ended")):
        answer = {"answer": "still_here", "words": "Ia tercatat hadir sampai kemarin."}
        services.answer_complaint(actor=CLERK, employer_id=firm.id, complaint_id=ids[state], now=now, **answer)
        objection = "Itu bukan saya. Pintu saya sudah tidak dibuka."
        services.object_to_answer(
            actor=member, person_id=workers[place], complaint_id=ids[state], words=objection, now=now
        )
    found = {"until_on": until_on, "cause": "L2", "words": "Kantor kosong, dilihat sendiri."}
    services.end_employment(actor=officer, complaint_id=ids["left_ended"], now=now, **found)
    return ids


def _mend(firm: builders.Firm, month: Month, now: datetime) -> None:
    rows = firm.rows(12_500_000)
    one = {name: np.ascontiguousarray(getattr(rows, name)[:1]) for name in WageRows.__slots__}
    correct_month(
        actor=CLERK, employer_id=firm.id, period=month.first_on, upload_id=None, rows=WageRows(**one), now=now
    )
