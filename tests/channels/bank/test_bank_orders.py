"""A bank asks about and pays the numbers of orders: the same two services, other words."""

from datetime import date

from lindung.contributions.services import IssuedOrder
from lindung.partners.bank.simulator import BankSession
from tests import builders
from tests.channels.bank.bank_door import Hand
from tests.contributions.self_payers import SelfPayer, project
from tests.contributions.test_projects import bill_stage


def _told(bank: BankSession, order: IssuedOrder) -> dict[str, object]:
    exchange = bank.inquire(order.customer_no, reference=f"inq-{order.customer_no}")
    assert exchange.status == 200, exchange.json
    data = exchange.json["virtualAccountData"]
    assert isinstance(data, dict)
    assert data["totalAmount"] == {"value": f"{order.amount_rupiah}.00", "currency": "IDR"}
    return data


def test_a_self_payers_order_is_named_by_its_months_and_paid_once(bank: BankSession, hand: Hand) -> None:
    siti = SelfPayer(hand())
    order = siti.order(12, hand())
    told = _told(bank, order)
    assert siti.kpj not in str(told)
    assert told["billDetails"][0]["billDescription"] == {  # type: ignore[index]  # the answer is plain JSON
        "english": "BPU 12 mo 11/2026",
        "indonesia": "BPU 12 bln 11/2026",
    }
    paid = bank.pay(order.customer_no, order.amount_rupiah, reference="pay-1")
    assert paid.status == 200, paid.json
    again = bank.pay(order.customer_no, order.amount_rupiah, reference="pay-2")
    assert again.status == 404
    assert siti.orders()[0].state(hand()) == "paid"


def test_a_package_and_a_stage_are_named_too(bank: BankSession, hand: Hand) -> None:
    ani = SelfPayer(hand(), "PMI")
    told = _told(bank, ani.package(24, date(2026, 12, 1), hand()))
    assert told["billDetails"][0]["billDescription"]["indonesia"] == "Paket PMI 24 bln"  # type: ignore[index]  # JSON
    firm = builders.firm(now=hand())
    told = _told(bank, bill_stage(firm.id, project(firm.id, hand()), 1, hand()))
    assert str(told["virtualAccountName"]).startswith("PT Contoh")
    assert told["freeTexts"][0]["indonesia"].startswith("Bayar paling lambat")  # type: ignore[index]  # plain JSON
