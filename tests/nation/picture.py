"""Everything that the platform holds about people, work, bills and money, told without ids: by NIK, NPP and month."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection

from lindung.contact.addresses import open_address
from lindung.ledger.chart import account
from lindung.lib.crypto import blind_index, decrypt
from lindung.lib.damm import is_valid

Picture = dict[str, list[Any]]
_ROOM = 10**12


def picture() -> Picture:
    """One sorted list of rows for each table."""
    niks = {row[0]: _nik(*row) for row in _rows("SELECT id, nik_encrypted FROM registry_person")}
    npps = dict(_rows("SELECT id, npp FROM registry_employer"))
    cards = {
        card: (niks[person], since)
        for card, person, since in _rows("SELECT id, person_id, since_on FROM registry_membership")
    }
    bills = {i: (npps[e], p) for i, e, p in _rows("SELECT id, employer_id, period FROM contributions_bill")}
    orders, projects = _orders(niks, npps)
    numbers = _numbers(bills, orders)
    payments = {
        i: bills[b] if o is None else orders[o]
        for i, b, o in _rows("SELECT id, bill_id, order_id FROM contributions_payment")
    }

    def key(text: str) -> Any:
        kind, _, what = text.partition(":")
        known: dict[str, Callable[[], Any]] = {
            "bill": lambda: bills[int(what)],
            "payment": lambda: payments[int(what)],
            "penalty": lambda: numbers[what],
        }
        return kind, known[kind]()

    entries = {i: key(text) for i, text in _rows("SELECT id, key FROM ledger_entry")}

    def held(holder: int, number: int) -> Any:
        if holder:
            return niks[holder], cards[number // 10], number % 10
        owed = number // _ROOM * _ROOM == account("receivable", 1) - 1
        return ("agency", number // _ROOM, npps[number % _ROOM] if owed else number % _ROOM)

    return {
        "persons": sorted(_persons()),
        "directory": sorted(niks[p] for p, in _rows("SELECT person_id FROM registry_nikindex")),
        "employers": sorted(
            (*row[:4], json.loads(row[4]), row[5])
            for row in _rows("SELECT npp, name, size, jkk_class, programmes, since_on FROM registry_employer")
        ),
        "cards": sorted(
            (niks[person], since, segment, len(kpj), is_valid(kpj))
            for person, since, segment, kpj in _rows(
                "SELECT m.person_id, since_on, segment, k.kpj FROM registry_membership m"
                " JOIN registry_kpjindex k ON k.membership_id = m.id AND k.person_id = m.person_id AND k.kpj = m.kpj"
            )
        ),
        "work": sorted(
            (niks[person], npps[employer], cards[card], *rest)
            for person, employer, card, *rest in _rows(
                "SELECT person_id, employer_id, membership_id, employee_no, from_on, until_on IS NULL,"
                " coalesce(until_on, from_on), jkp_member, ended_by, coalesce(exit_reported_at, 'epoch')"
                " FROM registry_employment"
            )
        ),
        "addresses": sorted(
            (niks[person], kind, open_address(person, kind, value), bytes(index))
            for person, kind, value, index in _rows(
                "SELECT person_id, kind, value_encrypted, value_index FROM contact_address"
            )
        ),
        "bills": sorted(_bills(bills, payments), key=repr),
        "lines": sorted(
            (niks[person], npps[employer], bills[bill], cards[card], *rest)
            for person, employer, bill, card, *rest in _rows(
                "SELECT l.person_id, l.employer_id, bill_id, l.membership_id, l.period, revision, wage_rupiah,"
                " jht_employer, jht_worker, jp_employer, jp_worker, jkk, jkm, jkp_from_jkk, jkp_from_jkm, jp_liable,"
                " l.jkp_member, e.from_on FROM contributions_billline l JOIN registry_employment e"
                " ON e.person_id = l.person_id AND e.id = l.employment_id"
            )
        ),
        "numbers": sorted(
            ((numbers[number], *rest)
            for number, *rest in _rows(
                "SELECT customer_no, contribution_rupiah, penalty_rupiah, months_late, opened_at::text,"
                " expires_at::text, closed_at::text FROM contributions_virtualaccount"
            )),
            key=repr,
        ),
        "payments": sorted(
            ((
                payments[payment],
                numbers[number],
                reference == f"history-{number}",
                receipt == f"KW-{month}-{payment:09d}",
                bank == f"H{order or payment:011d}",
                npps.get(employer),
                *rest,
            )
            for payment, order, number, reference, receipt, bank, month, employer, *rest in _rows(
                "SELECT id, order_id, customer_no, reference, receipt_number, bank_reference,"
                " to_char(paid_at AT TIME ZONE 'Asia/Jakarta', 'YYYYMM'), employer_id, partner_id, amount_rupiah,"
                " penalty_rupiah, channel, paid_at FROM contributions_payment"
            )),
            key=repr,
        ),
        "orders": sorted(_order_rows(orders, cards, projects), key=repr),
        "order lines": sorted(
            ((orders[order], cards[card], *rest)
            for order, card, *rest in _rows(
                "SELECT order_id, membership_id, period, base_rupiah, jht, jkk, jkm, jkk_jkm, paid"
                " FROM contributions_orderline"
            )),
            key=repr,
        ),
        "projects": sorted(
            (npps[employer], number == f"JK{year}{project:08d}", *rest)
            for project, number, year, employer, *rest in _rows(
                "SELECT id, number, to_char(registered_at AT TIME ZONE 'Asia/Jakarta', 'YYYY'), employer_id, name,"
                " work_order_no, work_order_on, from_on, until_on, contract_rupiah, vat_rate::text, net_rupiah, jkk,"
                " jkm, amount_rupiah, pattern, law::text, registered_at FROM contributions_project"
            )
        ),
        "stages": sorted(
            (projects[project], *rest)
            for project, *rest in _rows(
                "SELECT project_id, stage_no, due_on, jkk, jkm, amount_rupiah, withdrawn_at IS NULL"
                " FROM contributions_projectstage"
            )
        ),
        "entries": sorted(
            ((entries[i], *rest)
            for i, *rest in _rows("SELECT id, kind, happened_at, line_count, credit_rupiah FROM ledger_entry")),
            key=repr,
        ),
        "ledger lines": sorted(
            ((held(holder, number), entries[entry], line_no, amount)
            for holder, number, entry, line_no, amount in _rows(
                "SELECT holder_id, account_no, entry_id, line_no, amount_rupiah FROM ledger_line"
            )),
            key=repr,
        ),
        "balances": sorted(
            ((held(holder, number), balance, version, entries[entry])
            for holder, number, balance, version, entry in _rows(
                "SELECT holder_id, account_no, balance_rupiah, version, entry_id FROM ledger_balance"
            )),
            key=repr,
        ),
        "trail": sorted(
            _trail({"employer": npps, "bill": bills, "entry": entries, "person": niks, "order": {0: "", **orders},
                    "project": projects}, cards, key), key=repr
        ),
    }  # fmt: skip


def _rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _nik(person_id: int, sealed: Any) -> str:
    return decrypt(sealed, f"registry_person.nik_encrypted:{person_id}").decode()


def _persons() -> list[Any]:
    found = []
    for person, nik, index, mother, *rest in _rows(
        "SELECT id, nik_encrypted, nik_index, mother_name_encrypted, name, birth_on, sex, citizen, identity,"
        " merged_into IS NULL, created_at FROM registry_person"
    ):
        known = _nik(person, nik)
        mother_name = decrypt(mother, f"registry_person.mother_name_encrypted:{person}").decode()
        found.append((known, bytes(index) == blind_index("nik", known), mother_name, *rest))
    return found


def _orders(niks: dict[int, str], npps: dict[int, str]) -> tuple[dict[int, Any], dict[int, Any]]:
    """Each order as who ordered and when, each project as its firm and work order."""
    projects = {
        i: (npps[employer], work_order)
        for i, employer, work_order in _rows("SELECT id, employer_id, work_order_no FROM contributions_project")
    }
    orders = {
        i: (niks[person] if person else projects[project], at)
        for i, person, project, at in _rows("SELECT id, person_id, project_id, ordered_at FROM contributions_order")
    }
    return orders, projects


def _order_rows(orders: dict[int, Any], cards: dict[int, Any], projects: dict[int, Any]) -> list[Any]:
    found = []
    numbers = dict(_rows("SELECT number, id FROM contributions_order"))
    project_numbers = dict(_rows("SELECT number, id FROM contributions_project"))
    for order, number, month, kind, card, payment, said, *rest in _rows(
        "SELECT id, number, to_char(ordered_at AT TIME ZONE 'Asia/Jakarta', 'YYYYMM'), kind, membership_id, payment_id,"
        " facts, law::text, employer_id IS NULL, stage_no, from_on, until_on, months, jht, jkk, jkm, jkk_jkm,"
        " amount_rupiah, paid_at::text, withdrawn_at::text FROM contributions_order"
    ):
        facts = json.loads(said)
        if "prolongs" in facts:
            facts["prolongs"] = orders[numbers[facts["prolongs"]]]
        if "project_no" in facts:
            facts["project_no"] = projects[project_numbers[facts["project_no"]]]
        as_numbered = number[1:] == f"{month}{order:09d}"
        paid = payment is not None
        found.append(
            (orders[order], kind, number[0], as_numbered, card and cards[card], paid, sorted(facts.items()), *rest)
        )
    return found


def _numbers(bills: dict[int, Any], orders: dict[int, Any]) -> dict[str, Any]:
    """Each customer number as its bill or order, and whether it is the first or second of it."""
    told: dict[str, Any] = {}
    for number, bill, order, place in _rows(
        "SELECT customer_no, bill_id, order_id, row_number() OVER (PARTITION BY bill_id, order_id ORDER BY opened_at)"
        " FROM contributions_virtualaccount"
    ):
        what = bills[bill] if order is None else orders[order]
        told[number] = (what, place, len(number), is_valid(number), number[0])
    return told


def _bills(bills: dict[int, Any], payments: dict[int, Any]) -> list[Any]:
    found = []
    for bill, number, payment, *rest in _rows(
        "SELECT id, number, payment_id, period, revision, upload_id, worker_count, wage_rupiah, jht_employer,"
        " jht_worker, jp_employer, jp_worker, jkk, jkm, jkp_from_jkk, jkp_from_jkm, amount_rupiah, law, jkk_class,"
        " programmes, due_on, issued_at, paid_at FROM contributions_bill"
    ):
        period = bills[bill][1]
        found.append((bills[bill], number == f"{period:%Y%m}{bill:09d}", payment and payments[payment], *rest))
    return found


def _trail(things: dict[str, Any], cards: dict[int, Any], key: Callable[[str], Any]) -> list[Any]:
    """Acts in the order of time for each thing; numbers inside details become what they stand for."""
    found = []
    for act, kind, thing, text, *rest in _rows(
        "SELECT act, object_kind, object_id, detail, actor_kind, actor_id, happened_at,"
        " row_number() OVER (PARTITION BY object_kind, object_id ORDER BY id) FROM access_trailevent"
        " WHERE object_kind <> 'nation'"
    ):
        detail = json.loads(text)
        named = things[kind][thing]
        if "key" in detail:
            detail["key"] = key(detail["key"])
        for word in ("number", "receipt"):
            if word in detail:
                detail[word] = len(detail[word])
        if "membership" in detail:
            detail["membership"] = cards[detail["membership"]]
        found.append((act, kind, named, sorted(detail.items()), *rest))
    return found
