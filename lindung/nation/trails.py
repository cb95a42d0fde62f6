"""The trail of a nation: every act that its history consists of, in the order of time."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from lindung.access.trail import SYSTEM, Actor
from lindung.lib.copy import copy_rows
from lindung.nation.books import AllBills, receipt_numbers
from lindung.nation.careers import NEVER as NO_END
from lindung.nation.draws import Integers
from lindung.nation.entries import Entries, entries, order_entries
from lindung.nation.nation import Nation, Part
from lindung.nation.numbers import act_at, day_at, founded_at
from lindung.nation.order_books import AllOrders
from lindung.nation.orders import PROJECT
from lindung.nation.registering import Registered, moments, wib_month
from lindung.nation.reporting import NEVER

_AT_ONCE = 100_000
_OPENED_ALONE = ("BPU", "PMI")

Source = tuple[Integers, Integers, Callable[[Integers], list[pl.DataFrame]]]
"""The moments of some acts, the things they are about, and what makes rows of some of these things, step by step."""


class Registrations:
    """How many people each firm told of in each act of registration, and whose card was opened alone: counted part by
    part."""

    def __init__(self, nation: Nation) -> None:
        self._acts = 2 * nation.plan.months + 2
        places = len(nation.firms) * self._acts
        self.workers, self.known, self.email, self.phone, self.ended = np.zeros((5, places), dtype=np.int32)
        self._opened: list[pl.DataFrame] = []

    def add(self, part: Part, written: Registered) -> None:
        """Count one part."""
        jobs = part.jobs
        cards = part.independents.select("segment", "since_on").with_columns(
            person_id=pl.Series(written.own_person_id), membership_id=pl.Series(written.own_membership_id)
        )
        self._opened.append(cards.filter(pl.col("segment").is_in(_OPENED_ALONE)))
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

    def opened(self) -> pl.DataFrame:
        """Cards that no firm told of: ``segment``, ``since_on``, ``person_id``, ``membership_id``."""
        return pl.concat(self._opened)

    def firm_and_act(self, place: Integers) -> tuple[Integers, Integers]:
        """Of places in the columns here."""
        return place // self._acts, place % self._acts


def copy_trail(
    cursor: Any, bills: AllBills, orders: AllOrders, told: Registrations, *, partner_id: int
) -> Iterator[int]:
    """Write the whole trail; gives the rows of each hundred thousand acts."""
    sources = [
        *_registry_acts(bills.nation, told, bills.employer_id),
        *_bill_acts(bills, partner_id),
        *_order_acts(orders, partner_id),
    ]
    moment = np.concatenate([times for times, _, _ in sources])
    source = np.concatenate([np.full(len(times), place, dtype=np.int8) for place, (times, _, _) in enumerate(sources)])
    thing = np.concatenate([things for _, things, _ in sources])
    order = np.lexsort((thing, source, moment))
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        frames = []
        for place, (_, _, rows) in enumerate(sources):
            here = np.flatnonzero(source[some] == place)
            for step, frame in enumerate(rows(thing[some[here]])):
                frames.append(frame.with_columns(place=pl.Series(here), step=pl.lit(step)))
        events = pl.concat(frames).filter(pl.col("detail").is_not_null()).sort("place", "step").drop("place", "step")
        yield copy_rows(cursor, "access_trailevent", events)


def _registry_acts(nation: Nation, told: Registrations, employer_id: Integers) -> Iterator[Source]:
    plan, firms = nation.plan, nation.firm_table

    def founding(firm: Integers) -> list[pl.DataFrame]:
        detail = _detail(size=firms["size"].gather(firm), jkk_class=firms["jkk_class"].gather(firm))
        moment = founded_at(plan, nation.firms.founded[firm])
        return [_events(SYSTEM, "employer_registered", "employer", employer_id[firm], detail, moment)]

    yield founded_at(plan, nation.firms.founded), np.arange(len(employer_id)), founding

    def ending(place: Integers) -> list[pl.DataFrame]:
        firm, act = told.firm_and_act(place)
        detail = _detail(workers=told.ended[place])
        return [_events(SYSTEM, "exits_reported", "employer", employer_id[firm], detail, act_at(plan, act))]

    ends = np.flatnonzero(told.ended)
    yield act_at(plan, told.firm_and_act(ends)[1]), ends, ending

    def hiring(place: Integers) -> list[pl.DataFrame]:
        firm, act = told.firm_and_act(place)
        employer, moment = employer_id[firm], act_at(plan, act)
        frames = []
        for kind, counted in (("email", told.email), ("phone", told.phone)):
            detail = _detail(kind=pl.Series([kind]).new_from_index(0, len(place)), persons=counted[place])
            saved = pl.select(pl.when(pl.Series(counted[place] > 0)).then(detail)).to_series()
            frames.append(_events(SYSTEM, "addresses_saved", "employer", employer, saved, moment))
        detail = _detail(workers=told.workers[place], known=told.known[place])
        return [*frames, _events(SYSTEM, "workers_registered", "employer", employer, detail, moment)]

    hires = np.flatnonzero(told.workers)
    yield act_at(plan, told.firm_and_act(hires)[1]), hires, hiring

    cards = told.opened()
    opened_at = day_at(plan, cards["since_on"].cast(pl.Int32).to_numpy().astype(np.int64))

    def opening(row: Integers) -> list[pl.DataFrame]:
        some = cards.select(pl.all().gather(row))
        detail = _detail(segment=some["segment"], membership=some["membership_id"])
        return [_events(SYSTEM, "card_opened", "person", some["person_id"].to_numpy(), detail, opened_at[row])]

    yield opened_at, np.arange(cards.height), opening


def _bill_acts(bills: AllBills, partner_id: int) -> Iterator[Source]:
    """Issued, renewed, paid: each act with the entries that were posted on the way to it."""
    reports, bank = bills.nation.reports, Actor("partner", partner_id)

    def issuing(place: Integers) -> list[pl.DataFrame]:
        made = bills.some(place)
        number, moment = made.numbers, made.issued_at
        of_bill, of_penalty, _, _ = entries(made, partner_id)
        detail = _detail(number=made.bill_numbers, amount_rupiah=made.amount, workers=made.sums["workers"])
        return [
            _posted(SYSTEM, of_bill, number.entry_of_bill, moment),
            _posted(SYSTEM, of_penalty, number.entry_of_penalty, moment),
            _events(SYSTEM, "bill_issued", "bill", number.bill, detail, moment),
        ]

    def renewing(place: Integers) -> list[pl.DataFrame]:
        made = bills.some(place)
        number, moment = made.numbers, made.renewed_at
        _, _, of_renewal, _ = entries(made, partner_id)
        late = reports.late_at_reissue.ravel()[place]
        detail = _detail(penalty_rupiah=made.renewed_penalty, months_late=late)
        return [
            _posted(SYSTEM, of_renewal, number.entry_of_renewed_penalty, moment),
            _events(SYSTEM, "virtual_account_reissued", "bill", number.bill, detail, moment),
        ]

    def paying(place: Integers) -> list[pl.DataFrame]:
        made = bills.some(place)
        number, moment = made.numbers, made.paid_at
        *_, of_payment = entries(made, partner_id)
        receipt = pl.select(receipt_numbers(pl.lit(wib_month(moment)), pl.lit(pl.Series(number.payment)))).to_series()
        detail = _detail(receipt=receipt, amount_rupiah=made.amount + made.penalty_paid)
        return [
            _posted(bank, of_payment, number.entry_of_payment, moment),
            _events(bank, "payment_received", "bill", number.bill, detail, moment),
        ]

    for moments_of, rows in (
        (reports.reported_at, issuing),
        (reports.reissued_at, renewing),
        (reports.paid_at, paying),
    ):
        moment = moments_of.ravel()[bills.places]
        happened = moment != NEVER
        yield moment[happened], bills.places[happened], rows


def _order_acts(all_orders: AllOrders, partner_id: int) -> Iterator[Source]:
    """Projects registered; orders placed, paid and withdrawn."""
    bank, orders, built = Actor("partner", partner_id), all_orders.nation.orders, all_orders.nation.built
    prices = all_orders.nation.prices

    def registering(project: Integers) -> list[pl.DataFrame]:
        costs = [prices.project(place) for place in project.tolist()]
        detail = _detail(
            number=all_orders.project_numbers.gather(project),
            amount_rupiah=pl.Series([cost.jkk + cost.jkm for cost in costs], dtype=pl.Int64),
            stages=pl.Series([len(cost.stages) for cost in costs], dtype=pl.Int64),
        )
        number = all_orders.numbers.project[project]
        return [_events(SYSTEM, "project_registered", "project", number, detail, registered_at[project])]

    registered_at = built.projects["registered_at"].to_numpy()
    yield registered_at, np.arange(len(registered_at)), registering

    def placing(place: Integers) -> list[pl.DataFrame]:
        made = all_orders.some(place)
        moment, is_stage = made.orders.ordered_at, pl.Series(made.orders.kind == PROJECT)
        of_member = _detail(number=made.order_numbers, amount_rupiah=made.amount)
        of_stage = _detail(number=made.order_numbers, stage=made.orders.stage_no, amount_rupiah=made.amount)
        placed = pl.select(pl.when(~is_stage).then(of_member)).to_series()
        billed = pl.select(pl.when(is_stage).then(of_stage)).to_series()
        return [
            _events(SYSTEM, "order_placed", "order", made.numbers.order, placed, moment),
            _events(SYSTEM, "stage_billed", "project", made.project_id, billed, moment),
        ]

    yield orders.ordered_at[all_orders.places], all_orders.places, placing

    def paying(place: Integers) -> list[pl.DataFrame]:
        made = all_orders.some(place)
        number, moment = made.numbers, made.orders.paid_at
        receipt = pl.select(receipt_numbers(pl.lit(wib_month(moment)), pl.lit(pl.Series(number.payment)))).to_series()
        detail = _detail(receipt=receipt, amount_rupiah=made.amount)
        return [
            *(_posted(bank, some, number.entry, moment) for some in order_entries(made, partner_id)),
            _events(bank, "payment_received", "order", number.order, detail, moment),
        ]

    paid = all_orders.places[orders.paid_at[all_orders.places] != NEVER]
    yield orders.paid_at[paid], paid, paying

    # One act for all that are withdrawn in one run of the job.
    runs, withdrawn = np.unique(orders.withdrawn_at[orders.withdrawn_at != NEVER], return_counts=True)

    def withdrawing(run: Integers) -> list[pl.DataFrame]:
        nothing = np.zeros(len(run), dtype=np.int64)
        return [_events(SYSTEM, "orders_expired", "order", nothing, _detail(orders=withdrawn[run]), runs[run])]

    yield runs, np.arange(len(runs)), withdrawing


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


def _detail(**columns: pl.Series | npt.NDArray[Any]) -> pl.Series:
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
