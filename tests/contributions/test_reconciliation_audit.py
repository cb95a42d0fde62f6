"""The audit of statements and suspense finds what is put wrong."""

from datetime import datetime

import pytest
from django.db import connection

from lindung.contributions import services
from tests import builders
from tests.contributions.statements import (
    FIRST_OFFICER,
    SECOND_OFFICER,
    bank,
    day,
    file,
    items,
    line,
    noon,
    propose,
    receive,
)
from tests.contributions.statements import reference as new_reference
from tests.contributions.test_deposits import ONE
from tests.contributions.test_reconciliation import paid
from tests.nation.checks import broken_invariants

LINE, ITEM, PROPOSAL = (f"contributions_{name}" for name in ("statementline", "suspenseitem", "suspenseproposal"))
ENTRY = (
    "WITH new AS (INSERT INTO ledger_entry (key, body_sha256, kind, happened_at, line_count, credit_rupiah)"
    " VALUES ('wrong', '', 'suspense', now(), 2, 7) RETURNING id) INSERT INTO ledger_line"
    " SELECT 0, account, new.id, place, amount"
    " FROM new, (VALUES ({first}, 1, 7), ({second}, 2, -7)) given(account, place, amount)"
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (f"UPDATE {LINE} SET unexplained_rupiah = 0 WHERE unexplained_rupiah = 5000", "INV-05 every statement line"),
        (f"UPDATE {LINE} SET payment_id = NULL WHERE amount_rupiah = {ONE}", "INV-05 every statement line"),
        (f"UPDATE {ITEM} SET amount_rupiah = 5001 WHERE amount_rupiah = 5000", "what stands in suspense"),
        (f"UPDATE {ITEM} SET closed_at = now(), way = 'matched' WHERE amount_rupiah < 0", "INV-05 no payment"),
        (
            f"UPDATE {ITEM} SET closed_at = now(), way = 'matched' WHERE amount_rupiah < 0",
            "what a bank's account stands",
        ),
        (f"UPDATE {ITEM} SET way = 'difference' WHERE way = 'deposit'", "INV-13"),
        (f"UPDATE {ITEM} SET deposit_id = NULL WHERE way = 'deposit'", "what explains an item"),
        (f"UPDATE {PROPOSAL} SET approved = false WHERE approved", "INV-13"),
        (ENTRY.format(first="230000000000000 + {item}", second="110000000000000 + {bank}"), "a bank's account took"),
        (ENTRY.format(first="230000000000000 + {item}", second="110000000000000 + {bank}"), "what stands in suspense"),
        (ENTRY.format(first="210000000000000", second="110000000000000 + {bank}"), "what a bank's account stands"),
    ],
)
def test_what_is_put_wrong_is_found(now: datetime, wrong: str, found: str) -> None:
    there, on, ref = bank(now), day(now, 10), new_reference()
    paid(there, noon(on), ref)
    paid(there, noon(on), new_reference())
    rows = [line(noon(on), ONE, ref=ref), line(noon(on), 5_000), line(noon(on), 6_000)]
    receive(there, file(there, on, rows, last_on=day(now, 9)), now)
    booked = next(item for item in items(there) if item.amount_rupiah == 6_000)
    proposal = propose(booked.id, "deposit", now, firm=builders.firm(now=now))
    services.approve_explanation(actor=SECOND_OFFICER, item_id=booked.id, proposal_id=proposal, now=now)
    assert broken_invariants() == []
    open_item = next(item for item in items(there) if item.amount_rupiah == 5_000)
    with connection.cursor() as cursor:
        cursor.execute(wrong.replace("{item}", str(open_item.id)).replace("{bank}", str(there.id)))
    assert any(name.startswith(found) for name in broken_invariants())


@pytest.mark.django_db
def test_the_database_itself_refuses_one_officer_in_both_places(now: datetime) -> None:
    there, on = bank(now), day(now, 10)
    receive(there, file(there, on, [line(noon(on), 5_000)]), now)
    propose(items(there)[0].id, "deposit", now, firm=builders.firm(now=now))
    with pytest.raises(Exception, match="proposed_and_decided_by_two"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {PROPOSAL} SET decided_by = %s, decided_at = now()", [FIRST_OFFICER.id])
