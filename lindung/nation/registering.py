"""People of a nation into the platform's tables: persons, cards, work, addresses, their months and balances.

What stands there afterwards is what the services would have written, had they been told everything in its time; a
test holds both against each other, row by row.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from lindung.contact.addresses import address_rows
from lindung.ledger.chart import member_kind
from lindung.lib import ids
from lindung.lib.copy import copy_columns, copy_rows
from lindung.lib.crypto import blind_index_column, encrypt_column
from lindung.nation.cards import kpj
from lindung.nation.careers import NEVER as NO_END
from lindung.nation.careers import OWN
from lindung.nation.draws import Integers
from lindung.nation.nation import Nation, Part
from lindung.nation.numbers import Numbers, OrderNumbers, act_at, day_at
from lindung.nation.reporting import NEVER, WIB_SECONDS
from lindung.nation.staffing import RESIGNED

_ADDRESSES = ("email", "phone")
_CARDS_EACH = 16


@dataclass(frozen=True, slots=True)
class Registered:
    """What a part became: ids of persons by record, of cards and employments by job, of person and card by who earns no
    wage (``own``); rows written by table."""

    person_id: Integers
    membership_id: Integers
    employment_id: Integers
    own_person_id: Integers
    own_membership_id: Integers
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Cards:
    """The cards of a part: ``key`` is record and card, ascending."""

    key: Integers
    membership_id: Integers

    def of(self, record: Integers, card: Integers | int = 0) -> Integers:
        """The ids of these cards, which are there."""
        found: Integers = self.membership_id[np.searchsorted(self.key, record * _CARDS_EACH + card)]
        return found


def register_part(
    cursor: Any, nation: Nation, part: Part, *, employer_id: Integers, numbers: Numbers, order_numbers: OrderNumbers
) -> Registered:
    """Write one part; ``employer_id`` by firm. To be called in order, inside a transaction."""
    person_id = ids.draw(cursor, "registry_person_id_seq", part.records.height)
    rows = _copy_persons(cursor, nation, part, person_id)
    cards, card_rows = _copy_cards(cursor, nation, part, person_id)
    membership_id = cards.of(part.job_record, part.jobs.card)
    # Who earns no wage has one record.
    own = np.searchsorted(part.records["number"].to_numpy(), part.independents["number"].to_numpy())
    employment_id = ids.draw(cursor, "registry_employment_id_seq", len(part.jobs))
    rows |= card_rows
    rows["registry_employment"] = _copy_employments(
        cursor, nation, part, person_id, membership_id, employment_id, employer_id
    )
    rows["contact_address"] = _copy_addresses(cursor, part, person_id)
    written = Registered(person_id, membership_id, employment_id, person_id[own], cards.of(own), rows)
    rows["contributions_billline"] = _copy_months(cursor, nation, part, written, employer_id, numbers)
    rows["contributions_orderline"] = _copy_order_lines(cursor, part, written, order_numbers)
    rows |= _copy_balances(cursor, part, written, numbers, order_numbers)
    return written


def moments(seconds: Integers) -> pl.Series:
    """Seconds since 1970 as the texts of moments; ``NEVER`` becomes null."""
    told = pl.Series(seconds)
    texts = pl.from_epoch(told, time_unit="s").dt.strftime("%Y-%m-%dT%H:%M:%S+00")
    return pl.select(pl.when(told != NEVER).then(texts)).to_series()


def wib_month(seconds: Integers) -> pl.Series:
    """The month of a moment's day in western Indonesia, such as ``202610``."""
    return pl.from_epoch(pl.Series(seconds + WIB_SECONDS), time_unit="s").dt.strftime("%Y%m")


def _copy_persons(cursor: Any, nation: Nation, part: Part, person_id: Integers) -> dict[str, int]:
    records, row_ids = part.records, person_id.tolist()
    first_job = np.full(records.height, -1, dtype=np.int64)
    # Backwards, so that the first job of each record is what stays.
    first_job[part.job_record[::-1]] = np.arange(len(part.jobs) - 1, -1, -1)
    acted = act_at(nation.plan, part.jobs.registered[first_job]) if len(part.jobs) else first_job
    since = _since_of_others(part)
    created = np.where(first_job >= 0, acted, day_at(nation.plan, since))
    niks = records["nik"].to_list()
    indexes = pl.Series(blind_index_column("nik", niks), dtype=pl.Binary)
    persons = records.select(
        id=pl.Series(person_id),
        name="name",
        birth_on="birth_on",
        sex="sex",
        citizen=pl.lit(True),
        nik_encrypted=_sealed(niks, "registry_person.nik_encrypted", row_ids),
        nik_index=indexes,
        mother_name_encrypted=_sealed(
            records["mother_name"].to_list(), "registry_person.mother_name_encrypted", row_ids
        ),
        identity=pl.lit("matched"),
        created_at=moments(created),
    )
    directory = pl.DataFrame({"nik_index": indexes, "person_id": person_id}).sort("nik_index")
    return {
        "registry_nikindex": copy_rows(cursor, "registry_nikindex", directory),
        "registry_person": copy_rows(cursor, "registry_person", persons),
    }


def _sealed(values: list[str], place: str, row_ids: list[int]) -> pl.Series:
    return pl.Series(encrypt_column(values, place, row_ids), dtype=pl.Binary)


def _since_of_others(part: Part) -> Integers:
    """By record, the day since 1970 on which the card of somebody without a firm begins; 0 for everybody else."""
    days = part.records.select("number").join(
        part.independents.select("number", "since_on"), on="number", how="left", maintain_order="left"
    )["since_on"]
    return days.cast(pl.Int32).fill_null(0).to_numpy().astype(np.int64)


def _copy_cards(cursor: Any, nation: Nation, part: Part, person_id: Integers) -> tuple[_Cards, dict[str, int]]:
    """A card for each job that began one, and for each person without a firm."""
    jobs = part.jobs
    begun = np.flatnonzero(jobs.new_card)
    others = np.flatnonzero((part.records["kind"] == OWN).to_numpy() & (_since_of_others(part) > 0))
    record = np.concatenate([part.job_record[begun], others])
    card = np.concatenate([jobs.card[begun], np.zeros(len(others), dtype=np.int64)])
    since = np.concatenate([jobs.from_day[begun], _since_of_others(part)[others]])
    order = np.lexsort((card, record))
    record, card, since = record[order], card[order], since[order]
    membership_id = ids.draw(cursor, "registry_membership_id_seq", len(record))
    number = part.records["number"].to_numpy()[record]
    segment = part.records.select("number").join(
        part.independents.select("number", "segment"), on="number", how="left", maintain_order="left"
    )["segment"]
    cards = pl.DataFrame(
        {
            "person_id": person_id[record],
            "id": membership_id,
            "kpj": kpj(nation.plan.draws, number, card),
            "segment": segment.fill_null("PU").gather(record),
            "since_on": since.astype("datetime64[D]"),
        }
    )
    directory = cards.select("kpj", "person_id", membership_id="id").sort("kpj")
    return _Cards(record * _CARDS_EACH + card, membership_id), {
        "registry_membership": copy_rows(cursor, "registry_membership", cards),
        "registry_kpjindex": copy_rows(cursor, "registry_kpjindex", directory),
    }


def _copy_employments(
    cursor: Any,
    nation: Nation,
    part: Part,
    person_id: Integers,
    membership_id: Integers,
    employment_id: Integers,
    employer_id: Integers,
) -> int:
    jobs = part.jobs
    ended = jobs.told_until != NO_END
    until = pl.Series(np.where(ended, jobs.told_until, 0).astype("datetime64[D]"))
    reported_at = moments(np.where(ended, act_at(nation.plan, np.where(ended, jobs.end_told, 0)), NEVER))
    employments = pl.DataFrame(
        {
            "person_id": person_id[part.job_record],
            "id": employment_id,
            "membership_id": membership_id,
            "employer_id": employer_id[jobs.firm],
            "employee_no": employee_numbers(part),
            "from_on": jobs.from_day.astype("datetime64[D]"),
            "until_on": until,
            "jkp_member": part.jkp_member,
            "ended_by": pl.Series(np.where(ended, RESIGNED, "")),
            "exit_reported_at": reported_at,
        }
    ).with_columns(until_on=pl.when(pl.Series(ended)).then("until_on"))
    return copy_rows(cursor, "registry_employment", employments)


def employee_numbers(part: Part) -> pl.Series:
    """The numbers by which firms know their people, by job."""
    number = pl.Series(part.jobs.number).cast(pl.String).str.zfill(8)
    return pl.select(pl.concat_str(pl.lit("P"), number)).to_series()


def _copy_addresses(cursor: Any, part: Part, person_id: Integers) -> int:
    frames = []
    for kind in _ADDRESSES:
        given = part.records[kind].is_not_null()
        told = address_rows(
            person_ids=person_id[given.to_numpy()].tolist(),
            kind=kind,
            values=part.records[kind].filter(given).to_list(),
        )
        frames.append(
            pl.DataFrame(
                {
                    "person_id": pl.Series(told.person_id, dtype=pl.Int64),
                    "kind": pl.Series([kind] * len(told.person_id), dtype=pl.String),
                    "value_encrypted": pl.Series(told.value_encrypted, dtype=pl.Binary),
                    "value_index": pl.Series(told.value_index, dtype=pl.Binary),
                }
            )
        )
    return copy_rows(cursor, "contact_address", pl.concat(frames).sort("person_id", "kind"))


def _copy_months(
    cursor: Any, nation: Nation, part: Part, written: Registered, employer_id: Integers, numbers: Numbers
) -> int:
    told = part.months
    count = len(told)
    if not count:
        return 0
    periods = nation.plan.days.astype("datetime64[D]")
    columns: dict[str, Any] = {
        "person_id": written.person_id[told.record],
        "employer_id": employer_id[part.jobs.firm[told.job]],
        "period": periods[told.month],
        "revision": np.zeros(count, dtype=np.int16),
        "bill_id": numbers.bill[told.bill],
        "membership_id": written.membership_id[told.job],
        "employment_id": written.employment_id[told.job],
        "wage_rupiah": told.wage_rupiah,
        **told.amounts,
        "jp_liable": told.jp_liable,
        "jkp_member": told.jkp_member,
    }
    return copy_columns(cursor, "contributions_billline", columns)


def _copy_order_lines(cursor: Any, part: Part, written: Registered, numbers: OrderNumbers) -> int:
    """The months that members ordered, and their packages."""
    lines = part.order_lines
    if not len(lines.order):
        return 0
    owner = part.order_owner[lines.order]
    columns: dict[str, Any] = {
        "person_id": written.own_person_id[owner],
        "order_id": numbers.order[part.order_places][lines.order],
        "period": lines.period.astype("datetime64[D]"),
        "membership_id": written.own_membership_id[owner],
        "base_rupiah": lines.base_rupiah,
        **lines.amounts,
        "paid": part.orders.paid_at[lines.order] != NEVER,
    }
    return copy_columns(cursor, "contributions_orderline", columns)


def _copy_balances(
    cursor: Any, part: Part, written: Registered, numbers: Numbers, order_numbers: OrderNumbers
) -> dict[str, int]:
    """The ledger's lines of everybody's paid months, by firms and by themselves, and what they come to."""
    told, jht = part.months, _jht_by_order(part)
    entry_id = numbers.entry_of_payment[told.bill]
    paid = np.flatnonzero((entry_id != NEVER) & (told.jht_rupiah > 0))
    own = np.flatnonzero((part.orders.paid_at != NEVER) & (jht > 0))
    if not len(paid) + len(own):
        return {"ledger_line": 0, "ledger_balance": 0}
    owner = part.order_owner[own]
    holder = np.concatenate([written.person_id[told.record[paid]], written.own_person_id[owner]])
    card = np.concatenate([written.membership_id[told.job[paid]], written.own_membership_id[owner]])
    account = card * 10 + member_kind("jht")
    entry = np.concatenate([entry_id[paid], order_numbers.entry[part.order_places][own]])
    amount = np.concatenate([told.jht_rupiah[paid], jht[own]])
    order = np.lexsort((entry, account, holder))
    holder, account, entry, amount = holder[order], account[order], entry[order], amount[order]
    lines = copy_columns(
        cursor,
        "ledger_line",
        {
            "holder_id": holder,
            "account_no": account,
            "entry_id": entry,
            "line_no": np.ones(len(holder), dtype=np.int32),
            "amount_rupiah": amount,
        },
    )
    starts = np.flatnonzero((np.diff(holder, prepend=-1) != 0) | (np.diff(account, prepend=-1) != 0))
    ends = np.append(starts[1:], len(holder))
    balances = copy_columns(
        cursor,
        "ledger_balance",
        {
            "holder_id": holder[starts],
            "account_no": account[starts],
            "balance_rupiah": np.add.reduceat(amount, starts),
            "version": (ends - starts).astype(np.int32),
            "entry_id": entry[ends - 1],
        },
    )
    return {"ledger_line": lines, "ledger_balance": balances}


def _jht_by_order(part: Part) -> Integers:
    """What each order of a member brings to his balance, once it is paid."""
    lines = part.order_lines
    jht = np.zeros(len(part.orders), dtype=np.int64)
    np.add.at(jht, lines.order, lines.amounts["jht"])
    return jht
