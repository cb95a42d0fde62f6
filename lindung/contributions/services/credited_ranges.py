"""A crediting done: one range of holders, one transaction, one entry. And put right when money is learned of late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from lindung.access import trail
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import postings
from lindung.contributions.crediting_jobs import queue_corrections, queue_crediting
from lindung.contributions.crediting_queries import JHT, amounts_sql, range_params
from lindung.contributions.models import CreditedRange, Crediting
from lindung.contributions.services.crediting import CreditingGone
from lindung.ledger.services import post
from lindung.ledger.years import begins_at, development_sql, hold_years, next_holder

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class RangeDone:
    """A range that was credited or put right: accounts that moved, and what all of them got more."""

    range_no: int
    accounts: int
    amount_rupiah: int


@transaction.atomic
def credit_next_range(*, crediting_id: int, now: datetime) -> RangeDone | None:
    """Credit the first range that is not done, or finish the crediting and give None.

    One transaction: the range's entry with a line for each account, the balances, the range's own row, the trail.
    Whoever comes second waits and takes the next range. Raises ``CreditingGone`` for one that was not started.
    """
    crediting = Crediting.objects.select_for_update().get(pk=crediting_id)
    if crediting.state == "finished":
        return None
    if crediting.state != "started":
        raise CreditingGone(crediting.state)
    done = CreditedRange.objects.filter(crediting_id=crediting_id).aggregate(last=Max("range_no"))["last"]
    # Held before looking who is next, so that nobody known by then is passed over.
    known = hold_years(until_year=crediting.year)
    holder = next_holder(at_least=0 if done is None else (done + 1) * crediting.holders_a_range)
    if holder is None:
        Crediting.objects.filter(pk=crediting_id).update(finished_at=now, finished_entry_id=known)
        trail.record(actor=SYSTEM, act="crediting_finished", object_kind="crediting", object_id=crediting_id, now=now)
        return None
    return _credit(crediting, holder // crediting.holders_a_range, known, revision=0, now=now)


@transaction.atomic
def ask_for_corrections(*, actor: Actor, crediting_id: int, now: datetime) -> None:
    """Queue the search for money that was learned of after it should have been credited. Raises ``CreditingGone``."""
    crediting = Crediting.objects.filter(pk=crediting_id).first()
    if crediting is None or crediting.state != "finished":
        raise CreditingGone("unknown" if crediting is None else crediting.state)
    queue_corrections(crediting_id, from_range=0)
    trail.record(actor=actor, act="corrections_asked_for", object_kind="crediting", object_id=crediting_id, now=now)


def resume_creditings() -> None:
    """Queue every crediting that was started and is not finished."""
    for crediting in Crediting.objects.filter(started_at__isnull=False, finished_at=None):
        queue_crediting(crediting.pk)


@transaction.atomic
def correct_next_range(*, crediting_id: int, from_range: int, now: datetime) -> RangeDone | None:
    """Put right the first range from ``from_range`` on in which money of the year was learned of since; None: no more.

    What an account got for the year is taken back by one entry and the right amount given by another, for all
    accounts of the range at once; nothing moves where the amount stays the same. Twice does nothing more.
    Raises ``CreditingGone`` for a crediting that is not finished.
    """
    crediting = Crediting.objects.select_for_update().get(pk=crediting_id)
    if crediting.state != "finished":
        raise CreditingGone(crediting.state)
    width = crediting.holders_a_range
    holder = next_holder(at_least=from_range * width)
    while holder is not None:
        range_no = holder // width
        last = CreditedRange.objects.filter(crediting_id=crediting_id, range_no=range_no).order_by("-revision").first()
        known = 0 if last is None else last.known_entry_id
        if _late_money(crediting, range_no, known):
            known = hold_years(until_year=crediting.year)
            return _credit(crediting, range_no, known, revision=0 if last is None else last.revision + 1, now=now)
        holder = next_holder(at_least=(range_no + 1) * width)
    return None


def _late_money(crediting: Crediting, range_no: int, known_entry_id: int) -> bool:
    """Whether anything happened to the range's accounts until the year's end that was written since."""
    params = range_params(
        year=crediting.year,
        range_no=range_no,
        holders_a_range=crediting.holders_a_range,
        known_entry_id=known_entry_id,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id"
            " WHERE l.holder_id >= %(first)s AND l.holder_id < %(until)s"
            " AND l.entry_id > %(known)s AND e.id > %(known)s AND e.happened_at < %(ends)s"
            " AND NOT (e.kind = 'development' AND e.happened_at >= %(begins)s))",
            params,
        )
        return bool(cursor.fetchone()[0])


def _credit(crediting: Crediting, range_no: int, known: int, *, revision: int, now: datetime) -> RangeDone:
    params = range_params(
        year=crediting.year, range_no=range_no, holders_a_range=crediting.holders_a_range, known_entry_id=known
    )
    key = f"crediting:{crediting.year}:{range_no}" + (f":{revision}" if revision else "")
    with connection.cursor() as cursor:
        moved = _weigh(cursor, crediting, params, anew=revision > 0)
        holders = int(params["first"]), int(params["until"])
        entry = _post(crediting, key, holders, moved.given, moved.given_rupiah, taken_back=False, now=now)
        reversal = _post(
            crediting, f"{key}:reversal", holders, moved.taken, moved.taken_rupiah, taken_back=True, now=now
        )
        if revision:
            _name_originals(cursor, crediting, range_no, revision)
    done = RangeDone(range_no, moved.accounts, moved.given_rupiah - moved.taken_rupiah)
    CreditedRange.objects.create(
        crediting_id=crediting.pk,
        range_no=range_no,
        revision=revision,
        known_entry_id=known,
        entry_id=entry,
        reversal_entry_id=reversal,
        accounts=done.accounts,
        amount_rupiah=done.amount_rupiah,
        credited_at=now,
    )
    trail.record(
        actor=SYSTEM,
        act="range_corrected" if revision else "range_credited",
        object_kind="crediting",
        object_id=crediting.pk,
        now=now,
        detail={"range": range_no, "accounts": done.accounts, "amount_rupiah": done.amount_rupiah},
    )
    return done


@dataclass(frozen=True, slots=True)
class _Moved:
    accounts: int
    given: int
    given_rupiah: int
    taken: int
    taken_rupiah: int


def _weigh(cursor: Any, crediting: Crediting, params: dict[str, Any], *, anew: bool) -> _Moved:
    """Compute the range once, into a table of this connection from which lines and balances are then written."""
    cursor.execute(
        "CREATE TEMP TABLE IF NOT EXISTS crediting_amounts (holder_id bigint, account_no bigint,"
        " after_rupiah bigint, before_rupiah bigint) ON COMMIT DELETE ROWS"
    )
    cursor.execute("TRUNCATE crediting_amounts")
    amounts = amounts_sql(crediting.rate)
    if anew:
        cursor.execute(
            "INSERT INTO crediting_amounts SELECT holder_id, account_no, coalesce(amount_rupiah, 0),"
            f" coalesce(credited_rupiah, 0) FROM ({amounts}) AS now FULL JOIN ({development_sql(JHT)}) AS before"
            " USING (holder_id, account_no) WHERE coalesce(amount_rupiah, 0) <> coalesce(credited_rupiah, 0)",
            params,
        )
    else:
        cursor.execute(
            "INSERT INTO crediting_amounts SELECT holder_id, account_no, amount_rupiah, 0"
            f" FROM ({amounts}) AS now WHERE amount_rupiah > 0",
            params,
        )
    cursor.execute(
        "SELECT count(*), count(*) FILTER (WHERE after_rupiah <> 0), coalesce(sum(after_rupiah), 0),"
        " count(*) FILTER (WHERE before_rupiah <> 0), coalesce(sum(before_rupiah), 0) FROM crediting_amounts"
    )
    return _Moved(*(int(value) for value in cursor.fetchone()))


def _post(
    crediting: Crediting,
    key: str,
    holders: tuple[int, int],
    accounts: int,
    amount_rupiah: int,
    *,
    taken_back: bool,
    now: datetime,
) -> int | None:
    """The entry's id, or None where there is nothing to write."""
    if not accounts:
        return None
    return post(
        actor=SYSTEM,
        key=key,
        kind="development",
        agency_lines=postings.development_paid(-amount_rupiah if taken_back else amount_rupiah),
        holder_lines=postings.development_credited(
            crediting.year, holders=holders, accounts=accounts, amount_rupiah=amount_rupiah, taken_back=taken_back
        ),
        happened_at=begins_at(crediting.year + 1) - _INSTANT,
        now=now,
    ).id


def _name_originals(cursor: Any, crediting: Crediting, range_no: int, revision: int) -> None:
    cursor.execute(
        "INSERT INTO contributions_correcteddevelopment"
        " (person_id, account_no, year, revision, original_entry_id, before_rupiah, after_rupiah)"
        " SELECT a.holder_id, a.account_no, %(year)s, %(revision)s,"
        "  CASE WHEN a.before_rupiah <> 0 THEN r.entry_id END, a.before_rupiah, a.after_rupiah"
        " FROM crediting_amounts a"
        " LEFT JOIN (SELECT d.person_id, d.account_no, max(d.revision) AS revision"
        "  FROM contributions_correcteddevelopment d JOIN crediting_amounts c"
        "   ON c.holder_id = d.person_id AND c.account_no = d.account_no"
        "  WHERE d.year = %(year)s GROUP BY 1, 2) last"
        "   ON last.person_id = a.holder_id AND last.account_no = a.account_no"
        " LEFT JOIN contributions_creditedrange r ON r.crediting_id = %(crediting)s AND r.range_no = %(range)s"
        "  AND r.revision = coalesce(last.revision, 0)",
        {"year": crediting.year, "revision": revision, "crediting": crediting.pk, "range": range_no},
    )
