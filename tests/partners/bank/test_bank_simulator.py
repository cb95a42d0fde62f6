"""The simulated bank: its own key and secret, its page, and its faults on the wire."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import Client

from lindung.contributions.models import Payment
from lindung.contributions.queries import payable
from lindung.contributions.services import IssuedBill, StatementRefused
from lindung.contributions.statement_files import Issuer, read_statement
from lindung.lib.snap import rsa_public_key
from lindung.partners.bank.scenarios import SCENARIOS
from lindung.partners.bank.simulator import SERVICE_CODE, Credentials, credentials
from lindung.partners.bank.statements import PLANTED
from tests.channels.bank.bank_door import Hand

ENDINGS = {
    "twice": ["2002400", "2002500", "4042514"],
    "repeated": ["2002400", "2002500", "4042518"],
    "ten": ["2002400", *["2002500"] * 10],
    "lost": ["2002400", "", "2002500"],
    "unasked": ["2002400", "2002500"],
    "amount": ["2002400", "4042513"],
    "signature": ["4012400"],
    "stale": ["4012400"],
    "conflict": ["2002400", "4092400"],
    "unpadded": ["2002400"],
    "unknown": ["4042412"],
    "mistyped": ["4042411"],
}
"""What each button's calls come to, after the token's."""


def press(browser: Client, number: str, do: str, **more: str) -> str:
    response = browser.post("/bank/", {"number": number, "amount": "", "asked": "", "do": do, **more})
    assert response.status_code == 200
    return response.content.decode()


def endings(page: str) -> list[str]:
    """The response codes on a page, in order; empty for an answer that was not read."""
    lines = re.findall(r"<strong>\d+\. POST [^<]*</strong> <span class=\"status[^>]*>.*?</svg>([^<]*)", page)
    return [code[0] if (code := re.findall(r"^\d{7}", line)) else "" for line in lines]


def asked_of(page: str) -> str:
    found = re.search(r'name="asked" value="([^"]*)"', page)
    return found[1] if found else ""


def test_the_bank_of_a_folder_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = credentials(tmp_path)
    file = tmp_path / "bank-simulator.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o400
    assert credentials(tmp_path) == first
    assert first.service_code == SERVICE_CODE == "77123"
    assert rsa_public_key(first.public_key_pem).key_size == 2048
    assert first.secret not in repr(first)
    assert "PRIVATE" not in repr(first)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_many_who_make_it_at_once_get_the_same_bank(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(credentials, [tmp_path] * 4))
    assert len({own.client_id for own in made}) == 1


@pytest.mark.parametrize("module", ["simulator", "scenarios", "pages", "statements", "statement_pages", "urls"])
def test_production_refuses_to_load_it(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import lindung.partners.bank.{module}"],
        env={**os.environ, "LINDUNG_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "refused in production" in done.stderr


def test_the_page_shows_its_form_and_every_scenario_and_calls_nobody(browser: Client) -> None:
    response = browser.get("/bank/", {"va": "77123 1000000123455"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="77123 1000000123455"' in page
    for name, scenario in SCENARIOS.items():
        assert f'name="do" value="{name}"' in page
        assert str(scenario.title) in page
    assert endings(page) == []
    assert 'style="' not in page
    assert "<script" not in page


def test_a_bill_is_asked_about_and_paid_with_its_own_reference(
    browser: Client, register: Callable[[], int], bill: IssuedBill
) -> None:
    register()
    spaced = f"77123 {bill.customer_no[:4]} {bill.customer_no[4:8]} {bill.customer_no[8:]}"
    page = press(browser, spaced, "inquire")
    assert endings(page) == ["2007300", "2002400"]
    assert "PT Contoh Maju Bersama" in page
    assert "Rp1.177.200" in page
    asked = asked_of(page)
    paid = press(browser, spaced, "pay", asked=asked)
    assert endings(paid) == ["2007300", "2002500"]
    payment = Payment.objects.get(bill_id=bill.bill_id)
    assert payment.reference == asked.split("/")[2]
    assert payment.receipt_number in paid
    again = press(browser, spaced, "pay", asked=asked_of(paid))
    assert endings(again) == ["2007300", "4042514"]


def test_an_inquiry_of_one_number_is_not_used_for_another(
    browser: Client, register: Callable[[], int], bill: IssuedBill
) -> None:
    register()
    page = press(browser, bill.customer_no, "pay", asked="1000000123455/5/some-reference")
    assert endings(page) == ["2007300", "2002400", "2002500"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_ends_as_its_button_says(
    browser: Client, register: Callable[[], int], bill: IssuedBill, name: str
) -> None:
    register()
    page = press(browser, f"77123{bill.customer_no}", name)
    assert endings(page) == ["2007300", *ENDINGS[name]]
    assert Payment.objects.filter(bill_id=bill.bill_id).count() == ENDINGS[name].count("2002500") // (
        10 if name == "ten" else 1
    )


def test_late_payment_is_taken_with_the_earlier_inquiry_and_refused_without(
    browser: Client, register: Callable[[], int], bill: IssuedBill, hand: Hand
) -> None:
    register()
    asked = asked_of(press(browser, bill.customer_no, "inquire"))
    found = payable(bill.customer_no, hand())
    assert found
    hand.moment = found.expires_at
    assert endings(press(browser, bill.customer_no, "pay")) == ["2007300", "4042419"]
    blind = press(browser, bill.customer_no, "unasked", amount=f"{bill.amount_rupiah:,}".replace(",", "."))
    assert endings(blind) == ["2007300", "4042519"]
    assert endings(press(browser, bill.customer_no, "pay", asked=asked)) == ["2007300", "2002500"]


def test_secrets_are_masked_on_the_page(
    browser: Client, register: Callable[[], int], bill: IssuedBill, own: Credentials
) -> None:
    register()
    page = press(browser, bill.customer_no, "inquire")
    assert own.secret not in page
    assert re.search(r"authorization</th><td><code>Bearer •{8}\S{4}<", page)
    assert re.search(r"x-signature</th><td><code>•{8}\S{4}<", page)
    assert re.search(r"accessToken&quot;: &quot;•{8}\S{4}&quot;", page)


def test_a_bank_we_do_not_know_is_told_so(browser: Client, bill: IssuedBill) -> None:
    assert endings(press(browser, bill.customer_no, "inquire")) == ["4017300"]


def test_a_silent_door_is_said_in_words(browser: Client, settings: object, bill: IssuedBill) -> None:
    settings.PORT = 1  # type: ignore[attr-defined]
    page = press(browser, bill.customer_no, "inquire")
    assert "Pintu mesin tidak menjawab" in page


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"number": ""}, "Isi nomor VA."),
        ({"number": "77123 ABC"}, "hanya berisi angka"),
        ({"number": "77123", "amount": "seribu"}, "dengan angka saja"),
    ],
)
def test_what_cannot_be_sent_is_said_at_the_field(browser: Client, data: dict[str, str], why: str) -> None:
    response = browser.post("/bank/", {"do": "inquire", **data})
    assert response.status_code == 422
    assert why in response.content.decode()


def test_the_statement_lists_what_was_taken_and_what_is_planted(
    browser: Client, register: Callable[[], int], bill: IssuedBill, hand: Hand
) -> None:
    partner_id = register()
    press(browser, bill.customer_no, "lost")
    press(browser, bill.customer_no, "twice")
    page = browser.get("/bank/statements/")
    assert page.status_code == 200
    addresses = [
        address.replace("&amp;", "&")
        for address in re.findall(r'href="(/bank/statement\?[^"]*)"', page.content.decode())
    ]
    today = [address for address in addresses if f"date={hand().date()}" in address]
    assert len(today) == len(PLANTED)
    code = credentials(Path(os.environ["LINDUNG_DATA"])).code
    issuer = Issuer(code, [SERVICE_CODE])
    payment = Payment.objects.get(partner_id=partner_id)
    sums = {}
    for address in today:
        content = browser.get(address).content
        planted = address.partition("planted=")[2]
        if planted == "cut":
            with pytest.raises(StatementRefused):
                read_statement(content, issuer=issuer, now=hand())
            continue
        read = read_statement(content, issuer=issuer, now=hand())
        sums[planted] = (read.lines.height, read.total_rupiah)
        if not planted:
            assert read.lines["reference"].to_list() == [payment.reference]
            assert read.lines["customer_no"].to_list() == [bill.customer_no]
    whole = bill.amount_rupiah
    assert sums == {
        "": (1, whole),
        "uncalled": (2, whole + 1_250_000),
        "missing": (0, 0),
        "amount": (1, whole - 6_500),
        "twice": (2, 2 * whole),
        "order": (1, whole),
    }


@pytest.mark.parametrize("query", ["date=gestern", "date=2099-01-01", "planted=nothing"])
def test_a_statement_that_cannot_be_made_is_refused(browser: Client, query: str) -> None:
    assert browser.get(f"/bank/statement?{query}").status_code == 400
