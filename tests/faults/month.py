"""The steps of a firm's month, each as its own process does it: through the door, or as the worker's job.

Every step takes the facts of the month so far and gives what it learned. ``finish`` is what people and machines do
after a crash: everything once more from the beginning, as if they had heard nothing. ``owe``, ``join`` and
``finish_together`` are the same for two months that are owed and paid under one number.
"""

import os
import re
import time
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from lindung.config.selfcheck import run_checks
from lindung.config.tasks import requeue_jobs_of_dead_workers
from lindung.config.worker_limits import DEAD_AFTER_SECONDS, HEARTBEAT_SECONDS
from lindung.contact import delivery
from lindung.contributions.models import VirtualAccount
from lindung.lib import clock, snap
from lindung.nation.bank import register_simulated_bank
from lindung.partners.bank.simulator import INQUIRY_PATH, PAYMENT_PATH, BankSession, Exchange, credentials
from tests import builders
from tests.channels.bank.bank_door import MIDDLEWARE, Door
from tests.channels.employer import desk

Facts = dict[str, Any]

WORKERS, WAGE_RUPIAH = 5, 10_000_000
_REFERENCE = "the-bank-s-name-for-it"
_MOST_WORKERS = 10
# Three ranges of a batch rather than one.
delivery.RANGE_MESSAGES = 2


def seed(facts: Facts) -> Facts:
    """A firm that has one month to report, with a clerk who is signed in, and a bank."""
    now = clock.now()
    firm = builders.firm(now=now, workers=WORKERS, from_on=clock.wib_date(now).replace(day=1))
    client = desk.clerk(firm.id, now=now)
    register_simulated_bank(folder=_folder(), now=now)
    return {
        "employer_id": firm.id,
        "cookies": client.cookies.output(header="", sep=";"),
        "file": desk.wage_file(firm, wage=str(WAGE_RUPIAH)).decode(),
        "people": firm.people["person_id"].to_list(),
        "emails": firm.told["email"].to_list(),
        "phones": firm.told["phone"].to_list(),
        "written_at": snap.format_timestamp(now),
    }


def owe(facts: Facts) -> Facts:
    """A firm that owes two months, with a clerk who is signed in, and a bank."""
    now = clock.now()
    this = clock.wib_date(now).replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    firm = builders.firm(now=now, workers=WORKERS, from_on=before)
    bills = [builders.bill(firm, period, now, WAGE_RUPIAH).bill_id for period in (before, this)]
    client = desk.clerk(firm.id, now=now)
    register_simulated_bank(folder=_folder(), now=now)
    return {
        "employer_id": firm.id,
        "bills": bills,
        "cookies": client.cookies.output(header="", sep=";"),
        "people": firm.people["person_id"].to_list(),
        "emails": firm.told["email"].to_list(),
        "phones": firm.told["phone"].to_list(),
        "written_at": snap.format_timestamp(now),
    }


def join(facts: Facts) -> Facts:
    """The clerk asks for one number for all that waits; where nothing waits any more, the page says so."""
    address = f"/employer/{facts['employer_id']}/bills/together/"
    page = _browser(facts).get(address)
    if page.status_code == 302:
        return {}
    (shown,) = re.findall(r'name="shown" value="(\d+)"', page.content.decode())
    answer = _browser(facts).post(address, {"bill": facts["bills"], "shown": shown})
    assert answer.status_code == 302, answer.content.decode()
    return {}


def send(facts: Facts) -> Facts:
    """The clerk sends the file."""
    answer = _browser(facts).post(
        f"/employer/{facts['employer_id']}/wages/",
        {"wages": SimpleUploadedFile("upah.csv", facts["file"].encode())},
    )
    if answer.status_code == 200 and "Semua bulan sudah dilaporkan" in answer.content.decode():
        return {}  # the month has its bill, and nothing is asked for any more
    assert answer.status_code == 302, answer.content.decode()
    return {"upload_id": int(answer["Location"].split("/uploads/")[1].split("/")[0])}


def confirm(facts: Facts) -> Facts:
    """The clerk agrees to what the file comes to."""
    address = f"/employer/{facts['employer_id']}/uploads/{facts['upload_id']}/"
    answer = _browser(facts).post(f"{address}confirm/", {"read": "on"})
    assert (answer.status_code, answer.headers.get("Location")) == (302, address), answer.content.decode()
    return {}


def work(facts: Facts) -> Facts:
    """A worker takes jobs until none is left: with the settings of the real one, but without its housekeeping, which
    comes by the clock and would make no two runs alike."""
    assert isinstance(app.connector, DjangoConnector)
    app.periodic_registry.periodic_tasks.clear()
    app.with_connector(app.connector.get_worker_connector()).run_worker(
        concurrency=4,
        wait=False,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=DEAD_AFTER_SECONDS,
        install_signal_handlers=False,
    )
    return {}


def pay(facts: Facts) -> Facts:
    """The bank asks what is to be paid, and tells that it took the money."""
    return {"code": _told_of_payment(facts, external_id="2").code}


def finish(facts: Facts) -> Facts:
    """After a crash: dead workers' jobs go back to the queue, the clerk and the bank do again what they did."""
    requeue_jobs_of_dead_workers.defer(timestamp=0)
    _work_it_off(facts)
    facts = {**facts, **send(facts)}
    _work_it_off(facts)
    confirm(facts)
    return _paid_and_asked(facts)


def finish_together(facts: Facts) -> Facts:
    """The same where two months are owed: the clerk asks for the number again, and the bank tells again."""
    requeue_jobs_of_dead_workers.defer(timestamp=0)
    _work_it_off(facts)
    join(facts)
    return _paid_and_asked(facts)


def _paid_and_asked(facts: Facts) -> Facts:
    _work_it_off(facts)
    told = _told_of_payment(facts, external_id="2")
    asked_again = _told_of_payment(facts, external_id="3", advise=True)
    _work_it_off(facts)
    return {
        "codes": [told.code, asked_again.code],
        "receipts": [exchange.bill["billDetails"][0]["billerReferenceId"] for exchange in (told, asked_again)],
        "broken": [check.name for check in run_checks(time.monotonic) if check.rows],
    }


STEPS = {step.__name__: step for step in (seed, send, confirm, work, pay, finish, owe, join, finish_together)}


def _work_it_off(facts: Facts) -> None:
    """Workers, one after another, while there is work; a job that is put off for later is looked for in the end."""
    for _ in range(_MOST_WORKERS):
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE status = 'todo')")
            if not cursor.fetchone()[0]:
                return
        work(facts)


def _folder() -> Path:
    return Path(os.environ["LINDUNG_DATA"])


def _browser(facts: Facts) -> Client:
    client = Client()
    client.cookies = SimpleCookie(facts["cookies"])
    return client


def _told_of_payment(facts: Facts, *, external_id: str, advise: bool = False) -> Exchange:
    """What the machines' door answers to the bank. Said again it is the same call, to the letter: the bank wrote it
    down before it called."""
    settings.DOOR, settings.ROOT_URLCONF = "machines", "lindung.config.urls_machines"
    settings.MIDDLEWARE = MIDDLEWARE
    bank = BankSession(credentials(_folder()), "http://127.0.0.1", transport=httpx.WSGITransport(app=Door()))
    # Of one bill, or of several: then it is the firm's.
    number = VirtualAccount.objects.get(employer_id__isnull="bills" not in facts).customer_no
    asking = {**bank.inquiry_fields(number, reference=_REFERENCE), "trxDateInit": facts["written_at"]}
    asked = bank.call(INQUIRY_PATH, asking, external_id="1")
    assert asked.status == 200, asked.answer
    due_rupiah = snap.parse_amount(asked.bill["totalAmount"]["value"])
    paying = bank.payment_fields(number, due_rupiah, reference=_REFERENCE, advise=advise)
    written = {"trxDateTime": facts["written_at"], "referenceNo": "000000000001"}
    return bank.call(PAYMENT_PATH, {**paying, **written}, external_id=external_id)
