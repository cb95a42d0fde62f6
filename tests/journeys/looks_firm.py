"""Firms that register themselves, their users and what waits for a second person. Used by ``looks_seed``."""

from datetime import datetime, timedelta
from typing import Any

from lindung.access import firm_users
from lindung.access import services as access
from lindung.access.links import invitation_links, new_link
from lindung.access.trail import SYSTEM, Actor
from lindung.law import Month
from lindung.registry import firm_queries
from lindung.registry import services as registry
from lindung.registry.models import FirmApplication
from lindung.registry.services import Applicant, NewFirm, NewSite
from lindung.uploads import approvals
from lindung.uploads import services as uploads
from tests import builders
from tests.evidence import files
from tests.journeys.seed import PASSWORD

TENUN = NewFirm(
    name="PT Contoh Tenun Jaya",
    legal_form="PT",
    line_of_business="garments",
    size="medium",
    npwp="0987654321098765",
    nib="",
    street="Jalan Contoh 1, Kelurahan Contoh",
    regency="Kota Contoh",
    province_code="99",
    sites=(NewSite("site", "Gudang Barat", "Kota Contoh"), NewSite("division", "Bagian Celup", "Kota Lain")),
)


def firms(this: Month, clerk: str, officer: int, looks: int, now: datetime) -> dict[str, Any]:
    """Facts by name: ``company`` registered itself, ``two`` needs two persons, ``alone`` has one; applications."""
    company = registry.register_firm(actor=SYSTEM, firm=TENUN, now=now)
    me = _everything(clerk, company, now)
    registry.set_terms(
        actor=Actor("account", officer),
        employer_id=company,
        from_on=this.next().first_on,
        size="medium",
        jkk_class="III",
        programmes=None,
        reason="Bagian celup memakai bahan kimia.",
        now=now,
    )
    papers = _papers(company, me, Actor("account", officer), now)
    two = builders.firm(now=now, workers=4, from_on=this.plus(-3).first_on)
    _everything(clerk, two.id, now)
    budi = _joined(two.id, "Budi Pengisi", ["firm_entry", "firm_approval"], now)
    _invited(two.id, "Citra Pembaca", ["firm_reader"], now)
    firm_users.need_two_persons(actor=me, employer_id=two.id, now=now)
    months = [this.plus(-back).first_on for back in (3, 2, 1)]
    theirs, mine, returned = (_month(two, month, now) for month in months)
    approvals.propose_upload(actor=budi, upload_id=theirs, now=now)
    approvals.propose_upload(actor=me, upload_id=mine, now=now)
    approvals.propose_upload(actor=me, upload_id=returned, now=now)
    approvals.return_upload(actor=budi, upload_id=returned, reason="Upah dua orang belum naik.", now=now)
    asking = builders.firm(now=now, workers=0, from_on=this.first_on)
    _everything(clerk, asking.id, now)
    dewi = _joined(asking.id, "Dewi Administrator", ["firm_entry", "firm_admin"], now)
    firm_users.need_two_persons(actor=dewi, employer_id=asking.id, now=now)
    firm_users.ask_for_one_person(actor=dewi, employer_id=asking.id, now=now)
    return {
        "company": company,
        "papers": papers,
        "two": two.id,
        "asking": asking.id,
        "budi": budi.id,
        "approvals": {"theirs": theirs, "mine": mine, "returned": returned},
        "examined": _examined(now),
        "applications": [_applied(number, now) for number in range(looks + 1)],
        "joins": [_join(clerk, this, now) for _ in range(looks + 1)],
        "asked_in": _link(_invited(two.id, "Eko Baru", ["firm_reader"], now), now),
    }


def _papers(company: int, clerk: Actor, officer: Actor, now: datetime) -> dict[str, int]:
    """A paper in each state: ``missing``, ``waits``, ``returned``, ``accepted``."""
    for kind in ("licence", "workers"):
        registry.ask_for_paper(
            actor=officer, employer_id=company, kind=kind, wanted_by_on=now.date() - timedelta(days=2), now=now
        )
    papers = {paper.kind: paper.id for paper in firm_queries.papers(company)}

    def sent(kind: str, content: bytes) -> int:
        return registry.send_file(
            actor=clerk, employer_id=company, document_id=papers[kind], content=content, now=now
        ).id

    sent("deed", files.pdf(b"(satu)"))
    sent("deed", files.jpeg())
    reason = "Halaman 3 tidak terbaca. Foto ulang di tempat terang, semua sudutnya terlihat."
    registry.return_file(
        actor=officer, employer_id=company, file_id=sent("licence", files.pdf()), reason=reason, now=now
    )
    registry.accept_file(actor=officer, employer_id=company, file_id=sent("npwp", files.png()), now=now)
    return {
        "missing": papers["nib"],
        "late": papers["workers"],
        "waits": papers["deed"],
        "returned": papers["licence"],
        "accepted": papers["npwp"],
    }


def _everything(email: str, employer_id: int, now: datetime) -> Actor:
    link = access.invite(
        actor=SYSTEM, display_name="Rina Personalia", names={"email": email}, role="hr", scope_id=employer_id, now=now
    )
    return Actor("account", link.account_id)


def _invited(employer_id: int, name: str, roles: list[str], now: datetime) -> int:
    email = f"{name.split()[0].lower()}{employer_id}@contoh.example"
    return firm_users.invite_user(
        actor=SYSTEM, employer_id=employer_id, name=name, email=email, roles=roles, now=now
    ).pk


def _link(invitation_id: int, now: datetime) -> str:
    return invitation_links([invitation_id], now)[invitation_id].token


def _joined(employer_id: int, name: str, roles: list[str], now: datetime) -> Actor:
    token = _link(_invited(employer_id, name, roles, now), now)
    return Actor("account", access.set_first_password(token=token, password=PASSWORD, now=now).account_id)


def _join(clerk: str, this: Month, now: datetime) -> str:
    """A link by which the clerk may take up work for one more firm."""
    firm = builders.firm(now=now, workers=0, from_on=this.first_on)
    invitation = firm_users.invite_user(
        actor=SYSTEM, employer_id=firm.id, name="Rina", email=clerk, roles=["firm_reader"], now=now
    )
    return _link(invitation.pk, now)


def _month(firm: builders.Firm, month_on: Any, now: datetime) -> int:
    people = zip(firm.people["kpj"], firm.told["name"], strict=True)
    rows = "\n".join(["KPJ;NAMA_LENGKAP;UPAH", *(f"{kpj};{name};6000000" for kpj, name in people), ""])
    upload_id = uploads.receive_upload(
        actor=SYSTEM,
        employer_id=firm.id,
        kind="wage_report",
        period=month_on,
        file_name="upah.csv",
        content=rows.encode(),
        now=now,
    ).id
    uploads.check_upload(upload_id=upload_id, now=now)
    return upload_id


def _applied(number: int, now: datetime) -> str:
    """A link that confirms the application of a firm of its own."""
    firm = NewFirm(**{**{name: getattr(TENUN, name) for name in NewFirm.__slots__}, "npwp": "", "sites": TENUN.sites})
    registry.apply_for_firm(
        firm=firm,
        applicant=Applicant("Rina Pendiri", f"pendiri{number}@tenun.example", "+628001234567"),
        address=f"look {number}",
        now=now,
    )
    return new_link(now=now, application_id=FirmApplication.objects.latest("id").pk).token


def _examined(now: datetime) -> int:
    """An application that has the number of a firm that is registered."""
    registry.apply_for_firm(
        firm=TENUN,
        applicant=Applicant("Tono Peniru", "tono@peniru.example", "+628007654321"),
        address="look examined",
        now=now,
    )
    application_id = FirmApplication.objects.latest("id").pk
    token = new_link(now=now, application_id=application_id).token
    registry.confirm_application(token=token, password=PASSWORD, now=now)
    return application_id
