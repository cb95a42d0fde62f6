"""Credit asked back: once, from what is free, by two officers, to one account, by one transfer."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from lindung.access import services as access
from lindung.access.trail import SYSTEM, Actor
from lindung.contact.models import Message
from lindung.contributions import bank_accounts, money_queries, refund_queries, services
from lindung.contributions.models import Refund
from tests import builders
from tests.builders import Firm
from tests.contributions.money import bills, credit, deposit, owed_by, pay
from tests.contributions.refunds import (
    ACCOUNT,
    CLERK,
    FIRST,
    SECOND,
    THIRD,
    again,
    answer,
    ask,
    due,
    opened_at,
    paid_out,
    send,
)
from tests.nation.checks import broken_invariants

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
OVER = 3_000_000


@pytest.fixture
def firm(now: datetime) -> Firm:
    """It paid three million that no bill asked for."""
    found = builders.firm(now=now, workers=1)
    deposit(found, OVER, now)
    return found


def refused(why: str) -> pytest.RaisesExc[services.RefundRefused]:
    return pytest.raises(services.RefundRefused, check=lambda error: error.why == why)


def test_what_is_asked_back_is_sent_by_three_acts_of_two_officers_and_every_rupiah_is_seen(
    firm: Firm, now: datetime
) -> None:
    before = paid_out()
    now += timedelta(minutes=5)
    found = ask(firm, 1_000_000, now)
    assert (credit(firm), due(found), found.number) == (OVER - 1_000_000, 1_000_000, f"KBL-202611-{found.id:06d}")
    answer(found, now)
    assert (again(found).state, due(found)) == ("approved", 1_000_000)
    send(found, now, transfer_no="B-1")
    assert (again(found).state, due(found), paid_out() - before) == ("sent", 0, 1_000_000)
    assert credit(firm) == OVER - 1_000_000
    assert [move.rupiah for move in money_queries.credit_moves(employer_id=firm.id)] == [-1_000_000, OVER]
    assert broken_invariants() == []


def test_a_second_press_gives_the_same_request_whatever_became_of_it(firm: Firm, now: datetime) -> None:
    first = ask(firm, 1_000_000, now, press="sekali")
    assert ask(firm, 1_000_000, now, press="sekali") == first
    services.withdraw_refund(actor=CLERK, employer_id=firm.id, refund_id=first.id, now=now)
    assert ask(firm, 1_000_000, now, press="sekali").state == "withdrawn"
    assert credit(firm) == OVER


def test_a_bill_does_not_count_on_what_is_asked_back(firm: Firm, now: datetime) -> None:
    ask(firm, OVER, now)
    issued = builders.bill(firm, OCTOBER, now - timedelta(days=10))
    assert issued.amount_rupiah == 954_000
    (bill,) = bills(firm)
    assert (bill.due_rupiah, bill.settled) == (954_000, False)
    assert broken_invariants() == []


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"amount_rupiah": 0}, "amount"),
        ({"amount_rupiah": OVER + 1}, "credit"),
        ({"account_no": "12 34"}, "account"),
        ({"account_no": "0000000000"}, "account"),
        ({"account_no": "12345O7890"}, "account"),
        ({"bank": "999"}, "account"),
        ({"name": " "}, "name"),
        ({"name": "x" * 141}, "name"),
    ],
)
def test_what_cannot_be_paid_back_is_refused_and_changes_nothing(
    firm: Firm, now: datetime, told: dict[str, Any], why: str
) -> None:
    with refused(why):
        ask(firm, **{"amount_rupiah": 1, "now": now, **told})
    assert credit(firm) == OVER
    assert refund_queries.refunds_of(employer_id=firm.id) == []


def test_bills_come_first_and_one_request_at_a_time(firm: Firm, now: datetime) -> None:
    ask(firm, 1_000, now)
    with refused("open"):
        ask(firm, 1_000, now)
    owing = builders.firm(now=now, workers=1)
    builders.bill(owing, OCTOBER, now - timedelta(days=10))
    deposit(owing, 100_000, now)
    with pytest.raises(services.RefundRefused) as caught:
        ask(owing, 1, now)
    assert (caught.value.why, caught.value.rupiah) == ("owes", owed_by(owing))


def test_it_is_withdrawn_until_somebody_agrees_and_by_its_own_firm_alone(firm: Firm, now: datetime) -> None:
    found = ask(firm, OVER, now)
    withdraw = partial(services.withdraw_refund, actor=CLERK, refund_id=found.id, now=now)
    with pytest.raises(LookupError):
        withdraw(employer_id=firm.id + 1)
    proposal = services.propose_refund(actor=FIRST, refund_id=found.id, pay=True, reason="Cocok", now=now)
    withdraw(employer_id=firm.id)
    withdraw(employer_id=firm.id)
    assert (credit(firm), again(found).state) == (OVER, "withdrawn")
    with pytest.raises(services.ProposalMissing):
        services.decide_refund(actor=SECOND, refund_id=found.id, proposal_id=proposal, now=now)
    second = ask(firm, OVER, now)
    answer(second, now)
    with pytest.raises(services.RefundMoved):
        withdraw(employer_id=firm.id, refund_id=second.id)
    assert broken_invariants() == []


def test_nobody_is_in_two_places(firm: Firm, now: datetime) -> None:
    found = ask(firm, OVER, now)
    act: Any = {"refund_id": found.id, "now": now}
    with pytest.raises(services.FirmsOwnOfficer):
        services.propose_refund(actor=CLERK, pay=True, reason="Saya sendiri", **act)
    proposal = services.propose_refund(actor=FIRST, pay=True, reason="Cocok", **act)
    for actor, error in (
        (FIRST, services.SameOfficer),
        (SYSTEM, services.SameOfficer),
        (CLERK, services.FirmsOwnOfficer),
    ):
        with pytest.raises(error):
            services.decide_refund(actor=actor, proposal_id=proposal, **act)
    services.decide_refund(actor=SECOND, proposal_id=proposal, **act)
    with pytest.raises(services.SameOfficer):
        services.take_transfer(actor=FIRST, **act)
    act["now"] = opened_at(found)
    send(found, now, by=SECOND)
    with pytest.raises(services.SameOfficer):
        services.return_refund(actor=SECOND, reason="Kembali", **act)
    services.return_refund(actor=FIRST, reason="Rekening sudah ditutup", **act)
    assert (credit(firm), again(found).state) == (OVER, "returned")
    assert broken_invariants() == []


def test_the_database_itself_refuses_one_person_in_two_places(firm: Firm, now: datetime) -> None:
    found = ask(firm, OVER, now)
    answer(found, now)
    row = Refund.objects.filter(pk=found.id)
    for wrong in ({"decided_by": FIRST.id}, {"decided_by": CLERK.id}, {"taken_by": FIRST.id, "taken_at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(state="sent")


def test_an_officer_who_works_for_the_firm_has_no_hand_in_it(firm: Firm, now: datetime) -> None:
    found = ask(firm, OVER, now)
    link = access.invite(
        actor=SYSTEM, display_name="Sari", names={"email": "s@x.example"}, role="hr", scope_id=firm.id, now=now
    )
    with pytest.raises(services.FirmsOwnOfficer):
        services.propose_refund(
            actor=Actor("account", link.account_id), refund_id=found.id, pay=True, reason="Cocok", now=now
        )


def test_one_officer_at_a_time_has_the_account_open_and_he_records_the_transfer(firm: Firm, now: datetime) -> None:
    found = ask(firm, OVER, now, account_no="123-456.7890")
    act: Any = {"refund_id": found.id, "now": now}
    with pytest.raises(services.RefundMoved):
        services.take_transfer(actor=SECOND, **act)
    answer(found, now)
    with pytest.raises(services.TransferEarly):
        services.take_transfer(actor=SECOND, refund_id=found.id, now=opened_at(found) - timedelta(seconds=1))
    act["now"] = opened_at(found)
    sent: Any = {"transfer_no": "b-2", "sent_on": now.date(), **act}
    with pytest.raises(services.RefundMoved):
        services.record_transfer(actor=SECOND, **sent)
    assert services.take_transfer(actor=SECOND, **act) == ACCOUNT
    with pytest.raises(services.TransferTaken):
        services.take_transfer(actor=THIRD, **act)
    with pytest.raises(services.TransferTaken):
        services.propose_refund(actor=FIRST, pay=False, reason="Hentikan", **act)
    services.take_transfer(actor=THIRD, taken_from=SECOND.id, **act)
    with pytest.raises(services.TransferTaken):
        services.record_transfer(actor=SECOND, **sent)
    services.record_transfer(actor=THIRD, **sent)
    services.record_transfer(actor=THIRD, **sent)
    assert (again(found).state, again(found).transfer_no, paid_out_of(found)) == ("sent", "B-2", 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_id FROM access_trailevent WHERE act = 'refund_account_opened' AND object_id = %s ORDER BY id",
            [found.id],
        )
        assert cursor.fetchall() == [(SECOND.id,), (THIRD.id,)]
        cursor.execute("SELECT account_encrypted FROM contributions_refund WHERE id = %s", [found.id])
        assert ACCOUNT.encode() not in bytes(cursor.fetchone()[0])


def paid_out_of(found: refund_queries.RefundView) -> int:
    """How many entries say that it was sent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE key = %s", [f"refund-sent:{found.id}"])
        return int(cursor.fetchone()[0])


def test_a_transfers_number_is_of_one_refund_and_its_day_is_between_the_decision_and_now(
    firm: Firm, now: datetime
) -> None:
    found, later = ask(firm, 1_000, now), now + timedelta(days=3)
    answer(found, now)
    send(found, later, transfer_no="SAMA", sent_on=now.date())
    second = ask(firm, 1_000, later)
    answer(second, later)
    services.take_transfer(actor=SECOND, refund_id=second.id, now=later)
    for transfer_no, on, why in (
        (" sama", later.date(), "used"),
        ("LAIN", now.date(), "day"),
        ("LAIN", later.date() + timedelta(days=1), "day"),
        ("", later.date(), "number"),
    ):
        with pytest.raises(services.TransferRefused, check=lambda error, why=why: error.why == why):
            services.record_transfer(actor=SECOND, refund_id=second.id, transfer_no=transfer_no, sent_on=on, now=later)
    assert broken_invariants() == []


def test_a_no_gives_the_credit_back_with_its_reason_also_after_a_yes(firm: Firm, now: datetime) -> None:
    found = ask(firm, OVER, now)
    answer(found, now)
    answer(found, now, pay=False, reason="Perusahaan menelepon: bukan kami yang meminta.", by=(SECOND, FIRST))
    ended = again(found)
    assert (ended.state, ended.reason, credit(firm)) == (
        "refused",
        "Perusahaan menelepon: bukan kami yang meminta.",
        OVER,
    )
    with pytest.raises(services.RefundMoved):
        services.take_transfer(actor=SECOND, refund_id=found.id, now=now)
    assert broken_invariants() == []


def test_everybody_of_the_firm_hears_of_each_step_once(firm: Firm, now: datetime) -> None:
    for number in range(2):
        access.invite(
            actor=SYSTEM,
            display_name="Sari",
            names={"email": f"{number}-{firm.id}@x.example"},
            role="hr",
            scope_id=firm.id,
            now=now,
        )
    found = ask(firm, 1_000, now)
    answer(found, now)
    send(found, now)
    services.return_refund(actor=FIRST, refund_id=found.id, reason="Rekening ditutup", now=now)
    answer(ask(firm, 1_000, now), now, pay=False)
    kinds = Message.objects.filter(kind__startswith="refund").values_list("kind", flat=True)
    assert sorted(kinds) == sorted(2 * [*2 * ["refund_asked"], "refund_sent", "refund_returned", "refund_refused"])
    assert ACCOUNT not in str(list(Message.objects.filter(kind="refund_asked").values_list("params", flat=True)))


def test_the_machine_says_what_to_look_at_twice(firm: Firm, now: datetime) -> None:
    early = now - timedelta(days=60)
    access.invite(
        actor=SYSTEM, display_name="Sari", names={"email": "a@x.example"}, role="hr", scope_id=firm.id, now=early
    )
    name = f"CONTOH {firm.npp.removeprefix('ZZ').lstrip('0')}, PT."
    first = ask(firm, 1_000, now, name=name)
    assert refund_queries.looks(first) == ["new_account"]
    answer(first, now)
    send(first, now)
    known = ask(firm, 1_000, now, name=name)
    assert refund_queries.looks(known) == []
    answer(known, now, pay=False)
    stranger = builders.firm(now=now, workers=1)
    deposit(stranger, OVER, now)
    access.invite(
        actor=SYSTEM, display_name="Budi", names={"email": "b@x.example"}, role="hr", scope_id=stranger.id, now=now
    )
    strange = ask(stranger, OVER, now, name="Budi")
    builders.bill(stranger, OCTOBER, now)
    assert refund_queries.looks(strange) == ["others_account", "owes", "name", "new_account", "new_admin"]


@pytest.mark.parametrize(
    ("account_name", "same"),
    [
        ("PT CONTOH JAYA", True),
        ("Contoh Jaya, PT.", True),
        ("P.T. Contoh-Jaya (Persero) Tbk", True),
        ("PT Contoh Jaya Abadi", False),
        ("Budi Santoso", False),
        ("", False),
    ],
)
def test_an_accounts_name_is_the_firms_whatever_its_form_and_order(account_name: str, same: bool) -> None:
    assert bank_accounts.fits(account_name, "PT Contoh Jaya") is same


def test_credit_that_came_back_pays_the_next_bill(firm: Firm, now: datetime) -> None:
    found = ask(firm, OVER, now)
    answer(found, now, pay=False)
    builders.bill(firm, OCTOBER, now - timedelta(days=10))
    assert owed_by(firm) == 0
    assert credit(firm) == OVER - 954_000
    with pytest.raises(services.BillPaid):
        pay(bills(firm)[0].customer_no, 954_000, now)
