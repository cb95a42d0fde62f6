"""Members who pay themselves in every state, and a project with a paid and an open stage."""

from datetime import datetime, timedelta
from typing import Any

from lindung.access.trail import SYSTEM
from lindung.contributions.services import IssuedOrder, receive_payment
from lindung.law import Month
from lindung.lib.clock import wib_date
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
    }
