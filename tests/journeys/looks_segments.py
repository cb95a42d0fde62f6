"""Members who pay themselves in every state, and a project with a paid and an open stage."""

from datetime import datetime, timedelta
from typing import Any

from lindung.access.trail import SYSTEM, Actor
from lindung.contributions.services import IssuedOrder, receive_payment, register_listed_project
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.uploads import services as uploads
from tests.contributions.self_payers import SelfPayer, project_of_a_year
from tests.contributions.test_projects import bill_stage


def _paid(order: IssuedOrder, bank: int, at: datetime) -> None:
    receive_payment(
        actor=SYSTEM,
        partner_id=bank,
        reference=f"look-{order.number}",
        customer_no=order.customer_no,
        amount_rupiah=order.amount_rupiah,
        channel="6011",
        bank_reference="B-8",
        paid_at=at,
        inquired_at=None,
        now=at,
    )


CLERK = Actor("account", 71)
NAMES = ("Siti Rahma Contoh", "Budi Santoso Contoh", "Joko Widodo Hadi Contoh", "Ani Contoh", "Dewi Ayu Lestari Contoh")
NIKS = ("9901014203900001", "9901010506880002", "", "9901012207950003", "")


def _typed(employer_id: int, project_id: int, month: Month, now: datetime, *wages: str) -> int:
    texts = {"name": NAMES[: len(wages)], "nik": NIKS[: len(wages)], "wage": wages, "day_wage": [""] * len(wages)}
    return uploads.receive_typed(
        actor=CLERK,
        employer_id=employer_id,
        kind="project_wages",
        period=month.first_on,
        project_id=project_id,
        texts=texts,
        now=now,
    ).id


def listed_project(employer_id: int, bank: int, now: datetime) -> dict[str, Any]:
    """A project by wages: one month paid, one that waits for its money, and a list of this month to be agreed to."""
    this = Month.of(wib_date(now))
    project_id = register_listed_project(
        actor=SYSTEM,
        employer_id=employer_id,
        name="Rusun Pekerja Contoh, tahap kedua",
        work_order_no=f"SPK/{now:%Y}/021",
        work_order_on=this.plus(-3).first_on,
        from_on=this.plus(-2).first_on + timedelta(days=14),
        until_on=this.plus(7).first_on,
        now=now,
    )
    lists = [(this.plus(-2), ("4500000", "6 juta", "10000000")), (this.plus(-1), ("4500000", "6 juta", "9500000"))]
    booked = []
    for month, wages in lists:
        booked.append(_typed(employer_id, project_id, month, now, *wages))
        uploads.confirm_upload(actor=CLERK, upload_id=booked[-1], now=now)
        uploads.book_upload(upload_id=booked[-1], now=now)
    _paid(bill_stage(employer_id, project_id, 1, now), bank, now)
    bill_stage(employer_id, project_id, 2, now)
    waiting = _typed(employer_id, project_id, this, now, "4500000", "6 juta", "1200000", "5250000", "5250000")
    before, paid = this.plus(-1), this.plus(-2)
    return {
        "listed_project": project_id,
        "listed_uploads": {"booked": booked[-1], "checked": waiting},
        "listed_months": {
            "paid": f"{paid.year}/{paid.number}",
            "waiting": f"{before.year}/{before.number}",
            "empty": f"{this.year}/{this.number}",
        },
    }


def self_payers(employer_id: int, bank: int, now: datetime) -> tuple[dict[str, SelfPayer], dict[str, Any]]:
    """Who has lapsed; who is paid, with an order open and one lapsed; and the addresses of what they see."""
    today = wib_date(now)
    this = Month.of(today)
    lapsed, paying = (SelfPayer(now - timedelta(days=200), since_on=this.plus(-8).first_on) for _ in range(2))
    lapsed.leave(this.plus(-7).first_on, now)
    paying.leave(this.plus(-7).first_on, now)
    long_ago = now - timedelta(days=180)
    _paid(lapsed.order(1, long_ago), bank, long_ago)
    behind, before = SelfPayer(now, since_on=this.plus(-4).first_on), now - timedelta(days=75)
    behind.leave(this.plus(-4).first_on, now)
    # 75 days ago is two or three months back, so that one or two are over and not paid.
    _paid(behind.order(1, before), bank, before)
    abroad = SelfPayer(now, "PMI")
    _paid(abroad.package(12, this.plus(1).first_on, now, jht=50_000), bank, now)
    paid = paying.order(3, now, income=4_500_000)
    _paid(paid, bank, now)
    ended = paying.order(1, now - timedelta(days=9), income=4_500_000)
    waiting = paying.order(2, now, income=4_500_000)
    project_id = project_of_a_year(employer_id, this, now)
    _paid(bill_stage(employer_id, project_id, 1, now), bank, now)
    bill_stage(employer_id, project_id, 2, now)
    month = f"/member/months/own/{paying.membership_id}/{this.year}-{this.number}/"
    return {"lapsed": lapsed, "behind": behind, "abroad": abroad, "paying": paying}, {
        "own_orders": {"paid": paid.order_id, "ended": ended.order_id, "waiting": waiting.order_id},
        "own_month": month,
        "lapsed_kpj": lapsed.kpj,
        "project": project_id,
        **listed_project(employer_id, bank, now),
    }
