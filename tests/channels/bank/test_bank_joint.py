"""A bank asks about and pays one number that is for several bills."""

from dataclasses import replace
from datetime import date

import pytest

from lindung.channels.bank.bills import bill_details, free_texts
from lindung.contributions.order_queries import PayablePart
from lindung.lib.snap import parse_amount
from lindung.partners.bank.simulator import BankSession
from tests import builders
from tests.channels.bank.bank_door import Hand
from tests.channels.bank.test_bank_inquiry import a_payable
from tests.contributions.money import bills, join, owed_by


def test_a_bank_names_every_month_and_pays_them_all_at_once(bank: BankSession, hand: Hand) -> None:
    firm = builders.firm(now=hand())
    for month in (8, 9, 10):
        builders.bill(firm, date(2026, month, 1), hand())
    number = join(firm, hand())
    asked = bank.inquire(number.customer_no, reference="together")
    assert asked.status == 200, asked.json
    assert asked.amount_rupiah == number.amount_rupiah
    details = asked.bill["billDetails"]
    assert [detail["billName"] for detail in details] == ["Iuran Agu 2026", "Iuran Sep 2026", "Iuran Okt 2026"]
    assert [detail["billNo"] for detail in details] == [bill.number for bill in bills(firm)]
    assert sum(parse_amount(detail["billAmount"]["value"]) for detail in details) == number.amount_rupiah
    assert bank.pay(number.customer_no, number.amount_rupiah - 1, reference="short").code == "4042513"
    paid = bank.pay(number.customer_no, number.amount_rupiah, reference="together")
    assert paid.code == "2002500"
    (receipt,) = {detail["billerReferenceId"] for detail in paid.bill["billDetails"]}
    assert {bill.receipt_number for bill in bills(firm)} == {receipt}
    assert owed_by(firm) == 0
    assert bank.pay(number.customer_no, number.amount_rupiah, reference="another").code == "4042514"


@pytest.mark.parametrize("count", [2, 5, 6, 24])
def test_what_is_named_fits_every_bank_and_adds_up(count: int) -> None:
    parts = tuple(
        PayablePart("9" * 18, date(2024 + place // 12, place % 12 + 1, 1), 10**9 + place) for place in range(count)
    )
    total = sum(part.amount_rupiah for part in parts)
    joint = replace(a_payable(kind="months", months=count, amount_rupiah=total, penalty_rupiah=7), parts=parts)
    details = bill_details(joint)
    assert len(details) == min(count, 5)
    assert sum(parse_amount(detail["billAmount"]["value"]) for detail in details) == total
    assert [detail["billCode"] for detail in details] == [f"{place:02d}" for place in range(1, len(details) + 1)]
    assert all(0 < len(detail["billName"]) <= 20 for detail in details)
    assert all(0 < len(text) <= 18 for detail in details for text in detail["billDescription"].values())
    assert all(0 < len(text) <= 32 for line in free_texts(joint) for text in line.values())
