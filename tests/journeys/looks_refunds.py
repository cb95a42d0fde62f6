"""Credit asked back in every standing: on the way, decided, sent, returned; and two firms that may ask or may not."""

from datetime import datetime, timedelta
from typing import Any

from lindung.access import services as access
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import services
from lindung.law import Month
from lindung.lib.clock import wib_date
from lindung.registry import queries as registry
from tests import builders
from tests.contributions.money import deposit
from tests.contributions.refunds import answer, ask, send

OVER = 12_750_000
NAMES = ("to_look_at", "to_decide", "own", "to_send", "taken", "sent", "returned", "refused")


def refunds(clerk: str, officers: list[int], bank: int, now: datetime) -> dict[str, Any]:
    """Facts for ``looks.py``: the firms of this clerk and their requests. The first of the officers is who looks."""
    mine, other = (Actor("account", account) for account in officers)
    third = _user(f"petugas-tiga{officers[0]}@contoh.example", 0, now, role="officer")
    firms = {name: _with_credit(bank, now) for name in ("may_ask", "owing", *NAMES)}
    builders.bill(firms["owing"], Month.of(wib_date(now)).previous().first_on, now, wage_rupiah=400_000_000)
    users = {name: _user(clerk, firm.id, now) for name, firm in firms.items()}
    asked = {
        name: ask(
            firms[name],
            OVER if name != "to_decide" else 2_500_000,
            now - timedelta(days=6, hours=number),
            name="Budi Contoh Pemilik Rekening" if name == "to_look_at" else registry.employer(firms[name].id).name,
            account_no="1234567890" if name == "returned" else f"00{firms[name].id:08d}",
            actor=users[name],
        )
        for number, name in enumerate(NAMES)
    }
    reason = "Nama dan rekening cocok dengan akta dan rekening koran yang dikirim perusahaan"
    for name, by in (("to_decide", other), ("own", mine)):
        services.propose_refund(actor=by, refund_id=asked[name].id, pay=True, reason=reason, now=now)
    for name in ("to_send", "taken", "sent", "returned"):
        answer(asked[name], now - timedelta(days=3), by=(other, third), reason=reason)
    services.take_transfer(actor=third, refund_id=asked["taken"].id, now=now)
    send(asked["sent"], now - timedelta(days=2), by=mine)
    send(asked["returned"], now - timedelta(days=2), by=third)
    services.return_refund(
        actor=mine,
        refund_id=asked["returned"].id,
        reason="Bank menolak transfernya: rekening ini sudah ditutup sejak bulan lalu.",
        now=now,
    )
    no = "Nama pemilik rekening bukan nama perusahaan. Kirim rekening atas nama perusahaan."
    answer(asked["refused"], now, pay=False, by=(other, mine), reason=no)
    return {
        "refunds": {name: found.id for name, found in asked.items()},
        "refunding": {name: firm.id for name, firm in firms.items()},
        "may_ask_name": registry.employer(firms["may_ask"].id).name,
    }


def _with_credit(bank: int, now: datetime) -> builders.Firm:
    firm = builders.firm(now=now, workers=1)
    deposit(firm, OVER, now - timedelta(days=7), partner_id=bank, reference=f"look-over-{firm.id}")
    return firm


def _user(email: str, scope_id: int, now: datetime, *, role: str = "hr") -> Actor:
    link = access.invite(
        actor=SYSTEM, display_name="Rina Personalia", names={"email": email}, role=role, scope_id=scope_id, now=now
    )
    return Actor("account", link.account_id)
