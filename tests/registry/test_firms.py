"""What holds for a firm from which month; its numbers, places and papers."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from lindung.access.trail import SYSTEM, Actor
from lindung.contributions.models import Bill
from lindung.law import Month
from lindung.law.programmes.jkk import RISK_CLASSES
from lindung.registry import firm_queries, npp, services
from lindung.registry.firm_numbers import BadNumber, read_nib, read_npwp
from lindung.registry.lines_of_business import lines_of_business
from lindung.registry.models import Employer, EmployerTerms, FirmNumber
from lindung.registry.queries import employer
from lindung.registry.services import EmployerRefused, NewFirm, NewSite, NumberTaken, SiteTaken
from tests import builders

OFFICER = Actor("account", 7)
TENUN = NewFirm(
    name="PT Contoh Tenun",
    legal_form="PT",
    line_of_business="garments",
    size="small",
    npwp="0987654321098765",
    nib="",
    street="Jalan Contoh 1",
    regency="Kota Contoh",
    province_code="99",
)


def set_class(employer_id: int, month: Month, jkk_class: str, now: datetime, size: str = "medium") -> None:
    services.set_terms(
        actor=OFFICER,
        employer_id=employer_id,
        from_on=month.first_on,
        size=size,
        jkk_class=jkk_class,
        programmes=None,
        reason="Diperiksa di tempat.",
        now=now,
    )


@pytest.mark.django_db
def test_a_month_is_billed_by_the_class_that_held_in_it_and_keeps_it(now: datetime) -> None:
    firm = builders.firm(now=now, jkk_class="II", workers=2)
    august = builders.bill(firm, date(2026, 8, 1), now)
    set_class(firm.id, Month(2026, 8), "V", now)
    september = builders.bill(firm, date(2026, 9, 1), now)
    set_class(firm.id, Month(2026, 11), "I", now)
    october = builders.bill(firm, date(2026, 10, 1), now)
    november = builders.bill(firm, date(2026, 11, 1), now)
    bills = [Bill.objects.get(pk=bill.bill_id) for bill in (august, september, october, november)]
    assert [bill.jkk_class for bill in bills] == ["II", "V", "V", "I"]
    # 20,000,000 of wages: 1.74% and 0.24% of it are all that differs.
    assert bills[1].amount_rupiah - bills[3].amount_rupiah == 20_000_000 * (174 - 24) // 10_000


@pytest.mark.django_db
@given(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(RISK_CLASSES)), max_size=6))
def test_of_all_that_began_the_latest_holds_and_of_two_the_later_word(told: list[tuple[int, str]]) -> None:
    now = datetime.fromisoformat("2026-11-21T09:30:00+07:00")
    start = Month(2026, 1)
    with transaction.atomic():
        firm = services.register_employer(
            actor=SYSTEM,
            npp=npp.draw(),
            name="PT Contoh",
            size="medium",
            jkk_class="II",
            since_on=start.first_on,
            now=now,
        )
        for month, jkk_class in told:
            set_class(firm, start.plus(month), jkk_class, now)
        for month in range(12):
            begun = [(began, place, held) for place, (began, held) in enumerate(told) if began <= month]
            expected = max(begun)[2] if begun else "II"
            assert employer(firm, month_on=start.plus(month).first_on).jkk_class == expected
        history = firm_queries.terms_of(firm)
        assert [row.from_on for row in history] == sorted({row.from_on for row in history})
        assert history[-1].jkk_class == employer(firm).jkk_class
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_terms_are_never_less_than_the_law_and_are_never_changed(now: datetime) -> None:
    firm = builders.firm(now=now, workers=0)
    with pytest.raises(EmployerRefused, match="must have JP too"):
        services.set_terms(
            actor=OFFICER,
            employer_id=firm.id,
            from_on=date(2026, 12, 1),
            size="large",
            jkk_class="II",
            programmes=frozenset({"JHT", "JKK", "JKM"}),
            reason="x",
            now=now,
        )
    set_class(firm.id, Month(2026, 12), "IV", now, size="micro")
    assert employer(firm.id, month_on=date(2026, 12, 1)).programmes == {"JKK", "JKM"}
    assert employer(firm.id, month_on=date(2026, 11, 1)).programmes == {"JHT", "JP", "JKK", "JKM", "JKP"}
    assert EmployerTerms.append_only


@pytest.mark.django_db
def test_no_number_stands_for_two_firms_and_a_clash_leaves_nothing(now: datetime) -> None:
    first = services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    before = Employer.objects.count()
    with pytest.raises(NumberTaken):
        services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    assert Employer.objects.count() == before
    assert FirmNumber.objects.get(employer_id=first)
    shown = firm_queries.profile(first)
    assert shown is not None
    assert shown.npwp_masked == "••••••••••••8765"


@pytest.mark.django_db
def test_papers_are_missing_until_an_officer_saw_them(now: datetime) -> None:
    firm = services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    missing = firm_queries.missing_papers(firm)
    assert {paper.kind for paper in missing} == {"nib", "npwp", "deed"}
    assert {paper.wanted_by_on for paper in missing} == {date(2026, 12, 21)}
    services.see_paper(actor=OFFICER, employer_id=firm, document_id=missing[0].id, now=now)
    services.see_paper(actor=OFFICER, employer_id=firm, document_id=missing[0].id, now=now + timedelta(days=1))
    assert len(firm_queries.missing_papers(firm)) == 2
    for day in (date(2027, 1, 1), date(2027, 1, 9)):
        services.ask_for_paper(actor=OFFICER, employer_id=firm, kind="licence", wanted_by_on=day, now=now)
    (licence,) = (paper for paper in firm_queries.missing_papers(firm) if paper.kind == "licence")
    assert licence.wanted_by_on == date(2027, 1, 9)


@pytest.mark.django_db
def test_places_have_names_of_their_own(now: datetime) -> None:
    firm = services.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    site = NewSite("site", "Gudang", "Kota Contoh")
    services.add_site(actor=SYSTEM, employer_id=firm, site=site, now=now)
    with pytest.raises(SiteTaken):
        services.add_site(actor=SYSTEM, employer_id=firm, site=site, now=now)
    (found,) = firm_queries.sites(firm)
    services.end_site(actor=SYSTEM, employer_id=firm, site_id=found.id, now=now)
    services.add_site(actor=SYSTEM, employer_id=firm, site=site, now=now)
    assert len(firm_queries.sites(firm)) == 1


def test_numbers_are_read_as_people_write_them() -> None:
    assert read_npwp("09.876.543.2-101.000") == "0098765432101000"
    assert read_npwp("0987 6543 2109 8765") == "0987654321098765"
    assert read_nib("9120 0001 2345 6") == "9120000123456"
    for wrong in ("", "12", "1" * 16, "٠٩٨٧٦٥٤٣٢١٠٩٨٧٦٥", "09876543210987651"):
        with pytest.raises(BadNumber):
            read_npwp(wrong)


def test_our_numbers_have_a_check_digit() -> None:
    for _ in range(50):
        drawn = npp.draw()
        assert npp.is_ours(drawn)
        assert not npp.is_ours(drawn[:-1] + str((int(drawn[-1]) + 1) % 10))


def test_every_line_of_business_is_an_estimate_in_both_languages() -> None:
    for line in lines_of_business().values():
        assert line.jkk_class in RISK_CLASSES
        assert line.words["id"]
        assert line.words["en"]
        assert line.confidence == "low"
        assert "PP 44/2015" in line.article
