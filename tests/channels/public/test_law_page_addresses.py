"""Addresses: one gives the same answer again, whatever it says it gives an answer; light pages without scripts."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import lindung.channels.shared as shared
from lindung.channels.public.contributions import SEGMENTS
from lindung.channels.public.jht_simulation import SimulationForm
from lindung.law.parameters import all_names
from tests.channels.public.law_pages import ASKED, FORMS, Shown, asked, read

ROOT = Path(__file__).resolve().parents[3]
SHEET = Path(shared.__file__).parent / "static" / "lindung" / "lindung.css"
PAGES = (
    "/",
    *FORMS,
    "/aturan/",
    "/aturan/linimasa/",
    "/aturan/jp/",
    *(f"/aturan/{name}/" for name in all_names()),
)
FIELDS = {
    "/iuran/": {
        "jkk_class": ["", "I", "II", "III", "IV", "V"],
        "pay_basis": ["", "monthly", "daily", "piece_rate", "piece_rate_weather"],
        "days_worked": ["", "20"],
        "wages_of_months": ["", "4000000;5000000"],
        "enterprise_size": ["", "micro", "small", "medium", "large"],
        "programmes": [[], ["JKK"], ["JHT", "JP"], ["JKM", "JKK"]],
        "birth_month_0": ["", "1"],
        "birth_month_1": ["", "1960", "1999"],
        "foreigner": ["", "on"],
        "months_worked_in_indonesia": ["", "3", "12"],
        "jkp_member": ["", "on"],
        "relief": ["", "PP 49/2020", "deferral", "PP 7/2025"],
        "months_late": ["", "0", "3"],
    },
    "/iuran/pekerja-mandiri/": {
        "programmes": ["JKK,JKM,JHT", "JKK,JKM", "JP"],
        "months": ["1", "2", "3", "6", "12"],
        "sector": ["", "transport", "other"],
        "budget_paid": ["", "on"],
        "age": ["", "30", "64", "65"],
        "pandemic": ["", "on"],
        "unpaid_months": ["", "0", "2", "3", "5000"],
    },
    "/iuran/jasa-konstruksi/": {
        "basis": ["net", "gross", "wages"],
        "vat_percent": ["", "11"],
        "stages": ["", "50/25/25", "20/30/30/20"],
        "pandemic": ["", "on"],
    },
    "/iuran/pekerja-migran/": {
        "contract_months": ["1", "6", "23", "24", "120", "121"],
        "route": ["placement agency", "individual"],
        "jht": ["", "50000", "600000"],
        "extra_months": ["", "2"],
    },
    "/simulasi-jht/": {
        "years": ["1", "12", "40"],
        "annual_rate_percent": ["0", "5,7", "100"],
        "opening_balance": ["", "20 juta"],
        "inflation_percent": ["", "0", "3,5"],
    },
}
"""Choices that fit each other in some ways and not in others."""
AMOUNTS = {"/iuran/": "wage", "/iuran/pekerja-mandiri/": "income", "/iuran/jasa-konstruksi/": "amount"}
YEARS = ("2015", "2016", "2020", "2021", "2025", "2026", "2027", "2999")


def test_every_fact_of_every_form_is_in_the_reference() -> None:
    reference = (ROOT / "docs" / "reference" / "law-pages.md").read_text()
    for form in (*(segment.form for segment in SEGMENTS), SimulationForm):
        for name in form.base_fields:
            assert f"`{name}`" in reference, name


@pytest.mark.parametrize("address", FORMS)
@given(data=st.data())
def test_no_combination_of_facts_breaks_a_page_and_an_answer_can_be_shared(address: str, data: st.DataObject) -> None:
    facts: dict[str, object] = {
        name: data.draw(st.sampled_from(values), name) for name, values in FIELDS[address].items()
    }
    year = "paid_on_2" if address.endswith("migran/") else "month_1"
    facts[year] = data.draw(st.sampled_from(YEARS), year)
    if address in AMOUNTS:
        facts[AMOUNTS[address]] = data.draw(st.integers(0, 10**15), "amount")
    shown = asked(address, **facts)
    assert shown.status in (200, 422)
    if shown.status == 422:
        assert "Ada yang perlu diperbaiki" in shown.text
        return
    again = read(shown.shared)
    assert again.status == 200
    assert again.result == shown.result
    assert again.shared == shown.shared


@pytest.mark.parametrize("address", FORMS)
@given(data=st.data())
def test_no_text_whatever_breaks_a_page(address: str, data: st.DataObject) -> None:
    names = [*ASKED[address], *FIELDS[address], "theme_", "x"]
    facts = data.draw(st.dictionaries(st.sampled_from(names), st.text(max_size=80), max_size=6))
    shown = asked(address, **facts)
    assert shown.status in (200, 422)


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("query", ["%00", "a=%ff%fe", "wage=%ED%A0%80", "wage=<script>alert(1)</script>", "&&==&"])
def test_a_broken_address_is_answered_and_nothing_of_it_is_run(address: str, query: str) -> None:
    answer = Client().get(f"{address}?{query}")
    assert answer.status_code in (200, 422)
    assert b"<script" not in answer.content


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_its_style_sheet_fits_the_first_flight(address: str) -> None:
    pages = [read(address), read(address, english=True)]
    if address in ASKED:
        pages.append(asked(address))
    for page in pages:
        assert_first_flight(page, address)


def test_the_longest_table_fits_the_first_flight() -> None:
    facts = {"month_0": 2, "month_1": 2026, "wage": 5_000_000, "annual_rate_percent": "5,7", "inflation_percent": 3}
    page = read("/simulasi-jht/", {**facts, "years": 100})
    assert page.markup.count("<tr>") > 100
    assert_first_flight(page, "a hundred years")


def assert_first_flight(page: Shown, name: str) -> None:
    weight = len(gzip.compress(page.markup.encode(), 9)) + len(gzip.compress(SHEET.read_bytes(), 9))
    assert weight <= 14 * 1024, f"{name}: {weight} bytes"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_runs_no_script_and_takes_nothing_from_elsewhere(address: str) -> None:
    client = Client()
    answer = client.get(address)
    markup = answer.content.decode()
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", markup)
    assert not re.search(r'<(?:img|link|source|iframe)[^>]*(?:src|href)="https?://(?!127\.0\.0\.1)', markup)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not client.cookies


@pytest.mark.parametrize("address", PAGES[1:])
def test_a_page_says_what_it_is_and_where_it_stands_in_both_languages(address: str) -> None:
    markup = read(address).markup
    described = re.search(r'<meta name="description" content="([^"]{30,200})">', markup)
    assert described, address
    assert f'<link rel="canonical" href="http://127.0.0.1:8400{address}">' in markup
    for code in ("id", "en"):
        assert f'hreflang="{code}" href="http://127.0.0.1:8400{address}?lang={code}"' in markup
    assert 'class="breadcrumbs"' in markup
    assert markup.count("<h1") == 1


def test_the_canonical_address_forgets_what_was_asked() -> None:
    assert '<link rel="canonical" href="http://127.0.0.1:8400/iuran/">' in asked("/iuran/").markup


def test_a_language_is_chosen_by_the_address_and_the_question_stays() -> None:
    client = Client()
    answer = client.get("/iuran/?wage=5000000&month_0=2&month_1=2026&lang=en", secure=True)
    assert answer["Location"] == "/iuran/?wage=5000000&month_0=2&month_1=2026"
    page = client.get(answer["Location"], secure=True).content.decode()
    assert '<html lang="en">' in page
    assert "of wage Rp5,000,000" in page


def test_the_front_page_leads_to_all_three() -> None:
    markup = read("/").markup
    for address in ("/iuran/", "/simulasi-jht/", "/aturan/"):
        assert f'href="{address}"' in markup
