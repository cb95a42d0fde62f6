"""The trail of a nation: every act that its history consists of, in the order of time."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import polars as pl

from lindung.access.trail import SYSTEM, Actor
from lindung.lib.copy import copy_rows
from lindung.nation.books import Books, receipt_numbers
from lindung.nation.careers import NEVER as NO_END
from lindung.nation.draws import Integers
from lindung.nation.entries import Entries, entries
from lindung.nation.nation import Nation, Part
from lindung.nation.numbers import act_at, founded_at
from lindung.nation.registering import moments, wib_month
from lindung.nation.reporting import NEVER

_AT_ONCE = 100_000

Rows = Callable[[Integers], list[pl.DataFrame]]


class Registrations:
    """How many people each firm told of in each act of registration: counted part by part."""

    def __init__(self, nation: Nation) -> None:
        self._acts = 2 * nation.plan.months + 2
        places = len(nation.firms) * self._acts
        self.workers, self.known, self.email, self.phone, self.ended = np.zeros((5, places), dtype=np.int64)

    def add(self, part: Part) -> None:
        """Count one part."""
        jobs = part.jobs
        place = jobs.firm * self._acts + jobs.registered
        new = np.zeros(len(jobs), dtype=np.bool_)
        new[np.unique(part.job_record, return_index=True)[1]] = True
        np.add.at(self.workers, place, 1)
        np.add.at(self.known, place[~new], 1)
        for kind, counted in (("email", self.email), ("phone", self.phone)):
            given = part.records[kind].is_not_null().to_numpy()[part.job_record]
            np.add.at(counted, place[new & given], 1)
        ended = jobs.end_told < NO_END
        np.add.at(self.ended, jobs.firm[ended] * self._acts + jobs.end_told[ended], 1)

    def firm_and_act(self, place: Integers) -> tuple[Integers, Integers]:
        """Of places in the columns here."""
        return place // self._acts, place % self._acts


def copy_trail(
    cursor: Any, nation: Nation, made: Books, told: Registrations, *, employer_id: Integers, partner_id: int
) -> Iterator[int]:
    """Write the whole trail; gives the rows of each hundred thousand acts."""
    sources = [*_registry_acts(nation, told, employer_id), *_bill_acts(nation, made, partner_id)]
    moment = np.concatenate([moments_ for moments_, _ in sources])
    source = np.concatenate([np.full(len(times), place) for place, (times, _) in enumerate(sources)])
    row = np.concatenate([np.arange(len(times)) for times, _ in sources])
    order = np.lexsort((row, source, moment))
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        frames = []
        for place, (_, rows) in enumerate(sources):
            here = np.flatnonzero(source[some] == place)
            for step, frame in enumerate(rows(row[some[here]])):
                frames.append(frame.with_columns(place=pl.Series(here), step=pl.lit(step)))
        events = pl.concat(frames).filter(pl.col("detail").is_not_null()).sort("place", "step").drop("place", "step")
        yield copy_rows(cursor, "access_trailevent", events)


def _registry_acts(nation: Nation, told: Registrations, employer_id: Integers) -> Iterator[tuple[Integers, Rows]]:
    plan, firms = nation.plan, nation.firm_table
    founded = founded_at(plan, nation.firms.founded)

    def founding(firm: Integers) -> list[pl.DataFrame]:
        detail = _detail(size=firms["size"].gather(firm), jkk_class=firms["jkk_class"].gather(firm))
        return [_events(SYSTEM, "employer_registered", "employer", employer_id[firm], detail, founded[firm])]

    yield founded, founding

    ends = np.flatnonzero(told.ended)
    firm_of_end, act = told.firm_and_act(ends)
    ended = act_at(plan, act)

    def ending(row: Integers) -> list[pl.DataFrame]:
        detail = _detail(workers=told.ended[ends[row]])
        return [_events(SYSTEM, "exits_reported", "employer", employer_id[firm_of_end[row]], detail, ended[row])]

    yield ended, ending

    hires = np.flatnonzero(told.workers)
    firm_of_hire, act = told.firm_and_act(hires)
    hired = act_at(plan, act)

    def hiring(row: Integers) -> list[pl.DataFrame]:
        at, firm, moment = hires[row], employer_id[firm_of_hire[row]], hired[row]
        frames = []
        for kind, counted in (("email", told.email), ("phone", told.phone)):
            detail = _detail(kind=pl.Series([kind]).new_from_index(0, len(at)), persons=counted[at])
            saved = pl.select(pl.when(pl.Series(counted[at] > 0)).then(detail)).to_series()
            frames.append(_events(SYSTEM, "addresses_saved", "employer", firm, saved, moment))
        detail = _detail(workers=told.workers[at], known=told.known[at])
        return [*frames, _events(SYSTEM, "workers_registered", "employer", firm, detail, moment)]

    yield hired, hiring


def _bill_acts(nation: Nation, made: Books, partner_id: int) -> Iterator[tuple[Integers, Rows]]:
    """Issued, renewed, paid: each act with the entries that were posted on the way to it."""
    of_bill, of_penalty, of_renewal, of_payment = entries(made, partner_id)
    number, bank = made.numbers, Actor("partner", partner_id)
    reports = nation.reports

    def issuing(bill: Integers) -> list[pl.DataFrame]:
        detail = _detail(
            number=made.bill_numbers.gather(bill), amount_rupiah=made.amount[bill], workers=made.sums["workers"][bill]
        )
        posted = _posted(SYSTEM, of_bill, number.entry_of_bill[bill], made.issued_at[bill])
        fined = _posted(SYSTEM, of_penalty, number.entry_of_penalty[bill], made.issued_at[bill])
        return [
            posted,
            fined,
            _events(SYSTEM, "bill_issued", "bill", number.bill[bill], detail, made.issued_at[bill]),
        ]

    yield made.issued_at, issuing

    renewed = np.flatnonzero(made.renewed_at != NEVER)

    def renewing(row: Integers) -> list[pl.DataFrame]:
        bill = renewed[row]
        late = reports.late_at_reissue.ravel()[made.place[bill]]
        detail = _detail(penalty_rupiah=made.renewed_penalty[bill], months_late=late)
        moment = made.renewed_at[bill]
        posted = _posted(SYSTEM, of_renewal, number.entry_of_renewed_penalty[bill], moment)
        return [posted, _events(SYSTEM, "virtual_account_reissued", "bill", number.bill[bill], detail, moment)]

    yield made.renewed_at[renewed], renewing

    paid = np.flatnonzero(made.paid_at != NEVER)

    def paying(row: Integers) -> list[pl.DataFrame]:
        bill = paid[row]
        moment = made.paid_at[bill]
        receipt = pl.select(
            receipt_numbers(pl.lit(wib_month(moment)), pl.lit(pl.Series(number.payment[bill])))
        ).to_series()
        detail = _detail(receipt=receipt, amount_rupiah=made.amount[bill] + made.penalty_paid[bill])
        posted = _posted(bank, of_payment, number.entry_of_payment[bill], moment)
        return [posted, _events(bank, "payment_received", "bill", number.bill[bill], detail, moment)]

    yield made.paid_at[paid], paying


def _posted(actor: Actor, posted: Entries, entry_id: Integers, moment: Integers) -> pl.DataFrame:
    """An act for each of these entries that was posted; the others get no detail, and go."""
    if not len(posted.entry_id):
        nothing = pl.Series([None] * len(entry_id), dtype=pl.String)
        return _events(actor, "entry_posted", "entry", entry_id, nothing, moment)
    order = np.argsort(posted.entry_id)
    ordered = posted.entry_id[order]
    place = np.minimum(np.searchsorted(ordered, entry_id), len(ordered) - 1)
    at = order[place]
    detail = _detail(key=posted.key.gather(at), lines=posted.line_count[at])
    there = pl.Series(ordered[place] == entry_id)
    return _events(actor, "entry_posted", "entry", entry_id, pl.select(pl.when(there).then(detail)).to_series(), moment)


def _events(
    actor: Actor, act: str, object_kind: str, object_id: Integers, detail: pl.Series, moment: Integers
) -> pl.DataFrame:
    return pl.DataFrame({"object_id": object_id, "detail": detail, "happened_at": moments(moment)}).with_columns(
        actor_kind=pl.lit(actor.kind),
        actor_id=pl.lit(actor.id, dtype=pl.Int64),
        act=pl.lit(act),
        object_kind=pl.lit(object_kind),
    )


def _detail(**columns: pl.Series | Integers) -> pl.Series:
    """JSON objects of numbers and of words that need no escaping, row by row."""
    parts: list[pl.Expr] = []
    for place, (name, column) in enumerate(columns.items()):
        values = pl.Series(column)
        quote = '"' if values.dtype == pl.String else ""
        parts.append(pl.lit(f'{", " if place else "{"}"{name}": {quote}'))
        parts.append(pl.lit(values.cast(pl.String)))
        if quote:
            parts.append(pl.lit(quote))
    return pl.select(pl.concat_str(*parts, pl.lit("}"))).to_series()
