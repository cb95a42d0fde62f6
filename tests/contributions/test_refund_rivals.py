"""Asking, billing and deciding at the same moment: no rupiah of credit is given to two."""

from datetime import date, timedelta
from functools import partial

import pytest

from lindung.contributions import refund_queries, services
from tests import builders
from tests.conftest import NOW
from tests.contributions.money import bills, credit, deposit, owed_by
from tests.contributions.refunds import ACCOUNT, CLERK, SECOND, THIRD, again, answer, ask, due, paid_out
from tests.contributions.test_order_rivals import at_once
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.usefixtures("own_db")
OCTOBER = date(2026, 10, 1)
OVER = 3_000_000


def _with_credit() -> builders.Firm:
    firm = builders.firm(now=NOW, workers=1)
    deposit(firm, OVER, NOW)
    return firm


def _asking(firm: builders.Firm, press: str) -> partial[str]:
    return partial(
        services.ask_refund,
        actor=CLERK,
        employer_id=firm.id,
        amount_rupiah=OVER,
        bank="014",
        account_no=ACCOUNT,
        account_name="PT Contoh",
        press=press,
        now=NOW,
    )


def test_four_presses_of_two_pages_at_once_are_one_request() -> None:
    for _ in range(3):
        firm = _with_credit()
        wrong = at_once(*(_asking(firm, press) for press in ("satu", "satu", "dua", "dua")))
        assert [type(error) for error in wrong] == [services.RefundRefused] * 2
        (found,) = refund_queries.refunds_of(employer_id=firm.id)
        assert (credit(firm), due(found)) == (0, OVER)
    assert broken_invariants() == []


def test_a_bill_and_a_request_at_once_share_no_rupiah() -> None:
    for _ in range(5):
        firm = _with_credit()
        wrong = at_once(_asking(firm, "satu"), partial(builders.bill, firm, OCTOBER, NOW - timedelta(days=10)))
        asked = [one.amount_rupiah for one in refund_queries.refunds_of(employer_id=firm.id)]
        # The bill first: its number took what it needs. The request first: the bill is owed in full.
        assert (asked, owed_by(firm), bills(firm)[0].settled) in (([], 0, True), ([OVER], 954_000, False))
        assert [error for error in wrong if not isinstance(error, services.RefundRefused)] == []
    assert broken_invariants() == []


def test_two_officers_who_transfer_at_once_are_one_and_so_is_one_number_for_two_firms() -> None:
    before, sent = paid_out(), 0
    for turn in range(3):
        found = [ask(_with_credit(), OVER, NOW - timedelta(hours=12)) for _ in range(2)]
        for one in found:
            answer(one, NOW)
        opening = (partial(services.take_transfer, actor=by, refund_id=found[0].id, now=NOW) for by in (SECOND, THIRD))
        assert [type(error) for error in at_once(*opening)] == [services.TransferTaken]
        for one in found:
            services.take_transfer(actor=SECOND, refund_id=one.id, taken_from=again(one).taken_by, now=NOW)
        recording = (
            partial(
                services.record_transfer,
                actor=SECOND,
                refund_id=one.id,
                transfer_no=f"SAMA-{turn}",
                sent_on=NOW.date(),
                now=NOW,
            )
            for one in found
        )
        assert [type(error) for error in at_once(*recording)] == [services.TransferRefused]
        sent += OVER
    assert paid_out() - before == sent
    assert broken_invariants() == []
