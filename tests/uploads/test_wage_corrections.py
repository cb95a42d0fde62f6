"""A file of right wages: several billed months put right at once, each by a bill of its own or by credit."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from lindung.access.trail import SYSTEM
from lindung.contributions import money_queries, services
from lindung.contributions import queries as contributions
from lindung.registry.queries import employments_in
from lindung.uploads import files_back, queries
from lindung.uploads import services as uploads
from lindung.uploads.limits import Refused
from lindung.uploads.queries import UploadView
from tests import builders
from tests.builders import Firm
from tests.contributions.money import bills, credit, deposit, jht_of, owed_by, pay
from tests.nation.checks import broken_invariants
from tests.uploads import files
from tests.uploads.files import Cell, Row
from tests.uploads.sending import NOVEMBER, book, faults, send

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
ONE = 954_000  # of one worker at 10,000,000 in class II
HALF = 477_000
HEADINGS = ("KPJ", "NAMA_LENGKAP", "BLTH", "UPAH", "RAPEL", "NPP")

# The whole is audited here: nothing that other tests had to commit may lie in it.
pytestmark = [pytest.mark.usefixtures("own_db"), pytest.mark.django_db]


@pytest.fixture
def early(now: datetime) -> datetime:
    """Before October is due, when September is late."""
    return now - timedelta(days=10)


@pytest.fixture
def firm(early: datetime) -> Firm:
    """Three workers, September and October billed at 10,000,000."""
    made = builders.firm(now=early, workers=3)
    for month in (SEPTEMBER, OCTOBER):
        builders.bill(made, month, early)
    return made


def row(firm: Firm, place: int, month: str = "10/2026", **changes: Cell) -> Row:
    cells: Row = dict.fromkeys(HEADINGS)
    return cells | {"KPJ": firm.people.sort("person_id")["kpj"][place], "BLTH": month} | changes


def told(firm: Firm, rows: list[Row], now: datetime) -> UploadView:
    content = files.csv_file(files.grid(rows, HEADINGS))
    return send(firm, content, now, name="koreksi.csv", period=NOVEMBER, kind="wage_correction")


def found(firm: Firm, upload: UploadView) -> list[tuple[str, str, str]]:
    return [(fault.cell, fault.code, fault.severity) for fault in faults(firm, upload)]


def test_right_wages_of_two_months_make_a_bill_of_each(firm: Firm, early: datetime) -> None:
    rows = [row(firm, 0, UPAH=12_000_000), row(firm, 1, "Sep 2026", UPAH="Rp5.000.000"), row(firm, 2, UPAH=None)]
    upload = told(firm, rows, early)
    assert found(firm, upload) == [("D3", "right_wage_falls", "warning")]
    assert [(seen.kind, seen.on, seen.before_rupiah, seen.wage_rupiah) for seen in preview(firm, upload)] == [
        ("lowered", SEPTEMBER, 10_000_000, 5_000_000),
        ("raised", OCTOBER, 10_000_000, 12_000_000),
    ]
    done = book(firm, upload, early)
    assert (done.state, done.summary["corrected"]) == ("booked", 2)
    assert [(bill.period, bill.amount_rupiah) for bill in bills(firm)] == [
        (SEPTEMBER, 2 * ONE + HALF),
        (OCTOBER, 3 * ONE + 163_389),  # 6.54% of 2,000,000 more, and 3% JP up to 11,086,300
    ]
    assert broken_invariants() == []


def preview(firm: Firm, upload: UploadView) -> list[queries.PreviewView]:
    return sorted(queries.preview(firm.id, upload.id).items, key=lambda seen: seen.on or date.min)


def test_what_agreeing_comes_to_is_told_before(firm: Firm, early: datetime) -> None:
    september, october = bills(firm)
    for bill in (september, october):
        deposit(firm, bill.amount_rupiah + 2 * 3 * ONE // 100, early, meant_for=bill.customer_no)
    upload = told(firm, [row(firm, 0, RAPEL=500_000), row(firm, 1, UPAH=8_000_000)], early)
    (month,) = upload.summary["months"]
    assert (month["period"], month["workers"], month["replaces"]) == ("2026-10-01", 2, False)
    before = credit(firm)
    book(firm, upload, early)
    (more,) = [bill for bill in bills(firm) if bill.period == OCTOBER and bill.amount_rupiah > 0 and bill.revision]
    assert (month["more_rupiah"], month["less_rupiah"]) == (more.amount_rupiah, 190_800) == (47_700, 190_800)
    # What was given back pays the bill of the same correction, and the rest is kept.
    assert more.paid_at is not None
    assert credit(firm) - before == 190_800 - 47_700
    assert broken_invariants() == []


def test_back_pay_is_added_to_its_own_month(firm: Firm, early: datetime) -> None:
    book(firm, told(firm, [row(firm, 0, RAPEL="1.500.000")], early), early)
    wages = contributions.wages_in(employer_id=firm.id, period=OCTOBER).sort("person_id")["wage_rupiah"].to_list()
    assert wages == [11_500_000, 10_000_000, 10_000_000]


def test_nought_takes_a_worker_out_of_the_month(firm: Firm, early: datetime) -> None:
    upload = told(firm, [row(firm, 1, UPAH=0)], early)
    assert found(firm, upload) == [("D2", "wage_withdrawn", "warning")]
    before = owed_by(firm)
    book(firm, upload, early)
    assert owed_by(firm) == before - ONE


def test_somebody_forgotten_is_added(firm: Firm, early: datetime) -> None:
    person = builders.join(firm, now=early, from_on=OCTOBER)
    kpj = kpj_of(firm, person)
    rows = [row(firm, 0) | {"KPJ": kpj, "UPAH": 10_000_000}, row(firm, 0, "9/2026") | {"KPJ": kpj, "UPAH": 1_000_000}]
    upload = told(firm, rows, early)
    assert found(firm, upload) == [("", "not_your_worker", "error")]  # in September he was not there
    book(firm, upload, early, partial=True)
    assert [bill.worker_count for bill in bills(firm)] == [3, 4]


def kpj_of(firm: Firm, person_id: int) -> str:
    workers = employments_in(employer_id=firm.id, month_on=OCTOBER)
    return str(workers.filter(pl.col("person_id") == person_id)["kpj"][0])


def test_every_fault_is_told_at_once_with_its_cell(firm: Firm, early: datetime) -> None:
    wrong: list[tuple[Row, str, str]] = [
        (row(firm, 0, "", UPAH=1), "C", "month_missing"),
        (row(firm, 0, "kemarin", UPAH=1), "C", "month_unreadable"),
        (row(firm, 0, "8/2026", UPAH=1), "C", "month_not_billed"),
        (row(firm, 0, "12/2031", UPAH=1), "C", "month_not_billed"),
        (row(firm, 0, UPAH=1, RAPEL=1), "E", "wage_and_back_pay"),
        (row(firm, 1, UPAH=-1), "D", "wage_negative"),
        (row(firm, 1, "9/2026", UPAH="4.5"), "D", "wage_ambiguous"),
        (row(firm, 2, RAPEL="banyak"), "E", "back_pay_unreadable"),
        (row(firm, 2, "9/2026", RAPEL=999_999_999_999), "E", "wage_too_large"),
        (row(firm, 0) | {"KPJ": "99999999999", "UPAH": 1}, "", "not_your_worker"),
        (row(firm, 0, "9/2026", UPAH=9_000_000, NPP="ZZ1"), "F", "other_npp"),
    ]
    upload = told(firm, [cells for cells, _, _ in wrong], early)
    errors = [(cell, code) for cell, code, severity in found(firm, upload) if severity == "error"]
    assert errors == [(f"{letter}{place}" if letter else "", code) for place, (_, letter, code) in enumerate(wrong, 2)]
    assert upload.can_confirm is False


def test_a_worker_twice_in_one_month_names_both_rows(firm: Firm, early: datetime) -> None:
    rows = [row(firm, 0, UPAH=9_000_000), row(firm, 0, "9/2026", UPAH=9_000_000), row(firm, 0, UPAH=8_000_000)]
    told_faults = faults(firm, told(firm, rows, early))
    assert [(fault.row_no, fault.code) for fault in told_faults] == [(2, "same_worker_month"), (4, "same_worker_month")]
    assert "4" in told_faults[0].reason


def test_back_pay_for_a_month_without_a_wage_asks_for_the_wage(firm: Firm, early: datetime) -> None:
    person = builders.join(firm, now=early, from_on=OCTOBER)
    cells = row(firm, 0, RAPEL=100_000) | {"KPJ": kpj_of(firm, person)}
    assert found(firm, told(firm, [cells], early)) == [("E2", "back_pay_without_wage", "error")]


def test_a_month_paid_in_part_waits_until_it_is_paid(firm: Firm, early: datetime) -> None:
    deposit(firm, 100_000, early, meant_for=bills(firm)[1].customer_no)
    upload = told(firm, [row(firm, 0, UPAH=12_000_000), row(firm, 0, "9/2026", UPAH=12_000_000)], early)
    assert found(firm, upload) == [("C2", "month_partly_paid", "error")]
    assert upload.can_confirm_part


def test_a_file_that_changes_nothing_is_refused_with_a_word(firm: Firm, early: datetime) -> None:
    upload = told(firm, [row(firm, 0, UPAH=10_000_000)], early)
    assert (upload.state, upload.refusal) == ("refused", "nothing_to_change")


def test_a_month_paid_between_check_and_yes_is_checked_again(firm: Firm, early: datetime) -> None:
    upload = told(firm, [row(firm, 0, UPAH=12_000_000)], early)
    bill = bills(firm)[1]
    pay(bill.customer_no, bill.amount_rupiah, early)
    again = book(firm, upload, early)
    assert (again.state, again.summary) == ("received", {"checked_again": True})
    assert jht_of(firm) == [570_000] * 3
    assert len(bills(firm)) == 2


def test_booked_twice_is_booked_once(firm: Firm, early: datetime) -> None:
    upload = book(firm, told(firm, [row(firm, 0, UPAH=12_000_000)], early), early)
    before = bills(firm)
    uploads.book_upload(upload_id=upload.id, now=early)
    assert bills(firm) == before


def test_months_are_corrected_all_or_none(firm: Firm, early: datetime) -> None:
    whole, some = firm.rows(12_000_000), firm.rows(10_000_000)
    with pytest.raises(services.NothingToCorrect):
        services.correct_months(
            actor=SYSTEM,
            employer_id=firm.id,
            upload_id=None,
            months={OCTOBER: some, SEPTEMBER: whole},
            now=early,
        )
    assert [bill.revision for bill in bills(firm)] == [0, 0]
    assert money_queries.months_to_correct(employer_id=firm.id, periods=[SEPTEMBER, OCTOBER, NOVEMBER]) == {
        SEPTEMBER: False,
        OCTOBER: False,
    }


def test_the_form_comes_filled_with_the_billed_wages_and_goes_back_as_it_is(firm: Firm, early: datetime) -> None:
    content = files_back.template(firm.id, kind="wage_correction", period=OCTOBER)
    upload = send(firm, content, early, name="koreksi.xlsx", period=NOVEMBER, kind="wage_correction")
    # Nobody wrote anything into it: there are no rows that say something.
    assert (upload.state, upload.refusal) == ("refused", "no_rows")


def test_a_month_to_come_has_no_such_file(firm: Firm, early: datetime) -> None:
    with pytest.raises(Refused, match="month_future"):
        send(firm, b"KPJ,BLTH,UPAH\n", early, period=date(2026, 12, 1), kind="wage_correction")
