"""What is typed is judged as a file with the same texts would be, and what changed most is told first."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lindung.access.models import TrailEvent
from lindung.registry import queries as registry
from lindung.uploads import drafts, typed_month
from lindung.uploads.drafts import forget_draft, save_draft
from lindung.uploads.findings import FoundFaults
from lindung.uploads.kinds import wage_report
from lindung.uploads.kinds.wage_differences import KINDS, differences, is_sharp
from lindung.uploads.kinds.wage_faults import sharp_wage
from lindung.uploads.models import Draft
from lindung.uploads.typed import packed_texts, typed_sheet, unpacked_texts
from tests import builders
from tests.uploads import files
from tests.uploads.sending import CLERK, OCTOBER, faults, send

SEPTEMBER = date(2026, 9, 1)
TEXTS = ("4.5", "", "0", "-1", "Rp 7.500.000,00", "7,5 jt", "banyak", "4.500", "50000000", "5000000", "10000000")


def typed(firm: builders.Firm, texts: dict[int, str], now: datetime, left_out: tuple[int, ...] = ()) -> None:
    save_draft(
        actor=CLERK,
        employer_id=firm.id,
        kind=typed_month.KIND,
        period=OCTOBER,
        texts=texts,
        left_out=left_out,
        now=now,
    )


def month(firm: builders.Firm) -> typed_month.TypedMonth:
    return typed_month.typed_month(employer=registry.employer(firm.id), period=OCTOBER, today=date(2026, 11, 21))


@pytest.mark.django_db
def test_a_typed_month_and_a_file_of_the_same_texts_are_judged_alike(now: datetime) -> None:
    firm = builders.firm(now=now, workers=len(TEXTS))
    builders.bill(firm, SEPTEMBER, now)
    people = [int(key) for key in firm.people["person_id"]]
    typed(firm, dict(zip(people, TEXTS, strict=True)), now)
    judged = typed_month.judge(month(firm))
    rows = files.wage_rows(firm)
    for row, text in zip(rows, TEXTS, strict=True):
        row["UPAH"] = text
    upload = send(firm, files.csv_file(files.grid(rows)), now)
    by_row = {place + 2: person for place, person in enumerate(people)}
    found = {(by_row[fault.row_no], fault.code, fault.reason) for fault in faults(firm, upload)}
    told = judged.faults(pl.Series(people))
    assert {(key, fault.code, fault.reason) for key, ones in told.items() for fault in ones} == found
    same = ("errors", "warnings", "workers", "wage_rupiah", "amount_rupiah", "sharp", "up", "down", "left_out")
    assert {name: judged.summary[name] for name in same} == {name: upload.summary[name] for name in same}


@pytest.mark.django_db
def test_a_draft_that_nobody_goes_on_with_is_dropped_after_thirty_days(now: datetime) -> None:
    firm = builders.firm(now=now, workers=1)
    person = int(firm.people["person_id"][0])
    for age, period in ((31, date(2026, 8, 1)), (30, SEPTEMBER)):
        save_draft(
            actor=CLERK,
            employer_id=firm.id,
            kind=typed_month.KIND,
            period=period,
            texts={person: "1"},
            left_out=[],
            now=now - timedelta(days=age),
        )
    assert drafts.forget_old_drafts(now=now) == 1
    assert list(Draft.objects.values_list("period", flat=True)) == [SEPTEMBER]
    (told,) = TrailEvent.objects.filter(act="draft_expired")
    assert told.detail == {"period": "2026-08"}
    assert drafts.forget_old_drafts(now=now) == 0


@pytest.mark.django_db
def test_a_draft_is_kept_by_person_and_lies_encrypted(now: datetime) -> None:
    firm = builders.firm(now=now, workers=3)
    one, two, three = (int(key) for key in firm.people["person_id"])
    typed(firm, {one: "1", two: "22222222"}, now, left_out=(two,))
    typed(firm, {one: "11111111", three: "33333333"}, now)
    kept = drafts.draft_of(employer_id=firm.id, kind=typed_month.KIND, period=OCTOBER)
    assert kept is not None
    assert (dict(kept.texts), kept.left_out) == ({one: "11111111", two: "22222222", three: "33333333"}, {two})
    assert b"22222222" not in bytes(Draft.objects.get(employer_id=firm.id).typed_encrypted)
    assert month(firm).texts()["wage"] == ["11111111", "33333333"]
    for _ in range(2):
        forget_draft(actor=CLERK, employer_id=firm.id, kind=typed_month.KIND, period=OCTOBER, now=now)
    assert month(firm).draft is None


_WAGES = st.integers(1, 1_000_000_000_000)
_PAIRS = st.lists(st.tuples(st.none() | _WAGES, _WAGES), min_size=1, max_size=20)


def compared(pairs: list[tuple[int | None, int]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of people with (last month's wage, this month's), and the differences found in them."""
    schema = {"before_rupiah": pl.Int64, "wage_rupiah": pl.Int64}
    rows = pl.DataFrame(pairs, schema=schema, orient="row").with_row_index("row_no", offset=1)
    rows = rows.with_columns(person_id=pl.col("row_no").cast(pl.Int64))
    workers = rows.select("person_id", kpj=pl.lit("1"), name=pl.lit("A"))
    previous = rows.drop_nulls("before_rupiah").select("person_id", wage_rupiah="before_rupiah")
    return rows, differences(rows, rows, workers, previous, 1, SEPTEMBER)


@given(_PAIRS)
def test_people_come_first_and_then_the_biggest_difference(pairs: list[tuple[int | None, int]]) -> None:
    _, found = compared(pairs)
    places = [min(KINDS.index(kind), KINDS.index("up")) for kind in found["kind"]]
    assert places == sorted(places)
    sizes = [abs(after - before) for before, after in found.select("before_rupiah", "after_rupiah").drop_nulls().rows()]
    assert sizes == sorted(sizes, reverse=True)


@given(_PAIRS)
def test_exactly_what_is_asked_about_by_itself_is_also_warned_of(pairs: list[tuple[int | None, int]]) -> None:
    rows, found = compared(pairs)
    warned = FoundFaults(typed_sheet(wage_report.LAYOUT, {"wage": [str(wage) for _, wage in pairs]}))
    sharp_wage(warned, rows)
    asked = set(found.filter(is_sharp())["person_id"])
    assert asked == {int(row) for row in warned.frame()["row_no"]}
    # In whole numbers, by hand: half or less, fivefold or more.
    assert asked == {
        place for place, (before, wage) in enumerate(pairs, 1) if before and (2 * wage <= before or wage >= 5 * before)
    }


@given(st.dictionaries(st.sampled_from(["kpj", "name", "wage"]), st.lists(st.text(max_size=9), min_size=2, max_size=2)))
def test_packed_texts_come_back_and_the_same_texts_are_the_same_bytes(texts: dict[str, list[str]]) -> None:
    assert unpacked_texts(packed_texts(texts)) == texts
    assert packed_texts(texts) == packed_texts({field: tuple(column) for field, column in texts.items()})
