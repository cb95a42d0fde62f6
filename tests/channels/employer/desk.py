"""What the tests of the employers' door share: a signed-in payroll clerk, wage files, bills and payments."""

import html
import re
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from lindung.access import services as access
from lindung.access.trail import SYSTEM, Actor
from lindung.contributions import services as contributions
from lindung.contributions.services import IssuedBill
from lindung.uploads import services as uploads
from tests import builders

PASSWORD = "sembilan kucing biru"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
CLERK = Actor("account", 1)


def clerk(*employer_ids: int, now: datetime) -> Client:
    """A browser in which somebody is signed in who reports for these firms."""
    email = f"hr-{'-'.join(map(str, employer_ids))}@gaji.example"
    for employer_id in employer_ids:
        link = access.invite(
            actor=SYSTEM, display_name="Sari", names={"email": email}, role="hr", scope_id=employer_id, now=now
        )
    access.set_first_password(token=link.token, password=PASSWORD, now=now)
    client = Client()
    client.post("/employer/sign-in/", {"name": email, "password": PASSWORD})
    return client


def words(response: HttpResponse) -> str:
    """The text of a page as it is read, without markup and runs of blanks."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    assert "‹" not in text, "a template names something that its page was not given"
    return re.sub(r"\s+", " ", html.unescape(text))


def wage_file(firm: builders.Firm, *, wage: str = "10000000", only: int | None = None) -> bytes:
    """A CSV with a row for every worker of the firm, or for the first ``only``."""
    rows = zip(firm.people["kpj"], firm.told["name"], strict=True)
    lines = [f"{kpj};{name};{wage}" for kpj, name in list(rows)[:only]]
    return "\n".join(["KPJ;NAMA_LENGKAP;UPAH", *lines, ""]).encode()


def as_sent(content: bytes, name: str = "upah.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def received(firm: builders.Firm, content: bytes, now: datetime, *, period: date = NOVEMBER) -> int:
    """A file in our hands, unchecked."""
    return uploads.receive_upload(
        actor=CLERK,
        employer_id=firm.id,
        kind="wage_report",
        period=period,
        file_name="upah.csv",
        content=content,
        now=now,
    ).id


def checked(firm: builders.Firm, content: bytes, now: datetime, *, period: date = NOVEMBER) -> int:
    """A file that the background has read and checked."""
    upload_id = received(firm, content, now, period=period)
    uploads.check_upload(upload_id=upload_id, now=now)
    return upload_id


def pay(issued: IssuedBill, at: datetime) -> None:
    contributions.receive_payment(
        actor=Actor("partner", 1),
        partner_id=1,
        reference=f"ref-{issued.customer_no}",
        customer_no=issued.customer_no,
        amount_rupiah=issued.amount_rupiah,
        channel="6011",
        bank_reference="B-77",
        paid_at=at,
        inquired_at=at,
        now=at,
    )
