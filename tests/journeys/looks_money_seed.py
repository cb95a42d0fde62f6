"""Something to see on the officers' money pages: a bank's days with every outcome, items of every standing, a slip."""

from datetime import datetime, timedelta

from lindung.access import services as access
from lindung.access.models import Partner
from lindung.access.refused_calls import count_refused_call
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import services
from lindung.contributions.models import Contradiction, SuspenseItem
from lindung.contributions.reconciliation_queries import issuer_of
from lindung.law import Month
from lindung.lib.clock import wib_date
from tests import builders
from tests.contributions.statements import Bank, day, file, line, noon, pay


def money(bank_id: int, officer_id: int, now: datetime) -> dict[str, object]:
    """Facts for ``looks.py``; ``officer_id`` is the account that looks."""
    at = Bank(bank_id, issuer_of(bank_id).code)
    link = access.invite(
        actor=SYSTEM,
        display_name="Petugas Kedua",
        names={"email": f"petugas-kedua{officer_id}@contoh.example"},
        role="officer",
        scope_id=0,
        now=now,
    )
    other = Actor("account", link.account_id)
    mine = Actor("account", officer_id)
    on, period = day(now, 4), Month.of(wib_date(now)).first_on
    firms = [builders.firm(now=now, workers=1) for _ in range(4)]
    refs = [f"LOOK{officer_id}-{number}" for number in range(4)]
    bills = [builders.bill(firm, period, now - timedelta(days=5)) for firm in firms]
    for bill, ref in zip(bills[:3], refs, strict=False):
        pay(at, bill.customer_no, bill.amount_rupiah, noon(on), ref=ref)
    rows = [
        line(noon(on), bills[0].amount_rupiah, ref=refs[0], customer_no=bills[0].customer_no),
        line(noon(on), bills[1].amount_rupiah - 6_500, ref=refs[1], customer_no=bills[1].customer_no),
        line(noon(on), bills[0].amount_rupiah, ref=f"{refs[0]}x", customer_no=bills[0].customer_no),
        line(noon(on), 2_500_000, journal="880012", customer_no=bills[3].customer_no),
        line(noon(on), 750_000, journal="880013"),
        line(noon(on), 1_000_000, journal="880014"),
    ]
    for code, calls in (("40100", 14), ("40418", 1)):
        for _call in range(calls):
            count_refused_call(named=Partner.objects.get(pk=bank_id).partner_id, service="25", code=code, now=now)
    for number in range(2):
        services.keep_contradiction(
            call=services.ContradictingCall(
                partner_id=bank_id,
                reference=refs[number],
                external_id=f"4471{officer_id}{number}",
                content_sha256=bytes([number] * 32),
                customer_no=bills[3].customer_no,
                amount_rupiah=bills[number].amount_rupiah * 10,
                channel="6011",
                bank_reference="880077",
                taken_at_told=noon(on).isoformat(),
            ),
            now=now,
        )
    kept = Contradiction.objects.filter(partner_id=bank_id).order_by("id").values_list("id", flat=True)
    contradicted = dict(zip(("open", "closed"), kept, strict=True))
    services.close_contradiction(
        actor=mine,
        contradiction_id=contradicted["closed"],
        note="Bank salah mengetik jumlahnya, surat 12/OPS tanggal 20 November. Uangnya tidak pernah ditarik.",
        now=now,
    )
    for content in (file(at, on, rows), file(at, on + timedelta(days=1), [])):
        services.receive_statement(actor=mine, partner_id=bank_id, content=content, now=now)
    found = {item.amount_rupiah: item.pk for item in SuspenseItem.objects.filter(partner_id=bank_id, closed_at=None)}
    short, difference = found[-bills[2].amount_rupiah], found[-6_500]
    for item_id, way, firm, actor in (
        (found[2_500_000], "deposit", firms[3], other),
        (found[bills[0].amount_rupiah], "deposit", firms[0], mine),
        (found[1_000_000], "deposit", firms[0], other),
        (difference, "difference", None, mine),
    ):
        proposal = services.propose_explanation(
            actor=actor,
            item_id=item_id,
            way=way,
            employer_id=firm.id if firm else None,
            meant_for="",
            other_id=None,
            reason="Surat bank nomor 17 tanggal kemarin: uang setoran tunai perusahaan ini",
            now=now,
        )
        if item_id == found[1_000_000]:
            services.approve_explanation(actor=mine, item_id=item_id, proposal_id=proposal, now=now)
    slip = services.book_slip(
        actor=mine,
        partner_id=bank_id,
        slip_no=f"SLIP-{officer_id}",
        employer_id=firms[3].id,
        amount_rupiah=300_000,
        channel="6010",
        paid_on=wib_date(now),
        meant_for="",
        now=now,
    )
    return {
        "contradicted": contradicted,
        "bank_day": f"/statements/{bank_id}/{on.year}-{on.month}-{on.day}/",
        "items": {
            "short": short,
            "difference": difference,
            "to_approve": found[2_500_000],
            "own": found[bills[0].amount_rupiah],
            "fresh": found[750_000],
            "done": found[1_000_000],
        },
        "receipt": slip.receipt_number,
        "payer": firms[2].npp,
        "debtor": firms[3].npp,
        "bank_id": bank_id,
    }
