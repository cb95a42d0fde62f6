"""django-hordak's fastest way: transactions and legs by ``bulk_create``. Run by ``bench.posting --peer`` alone.

Its own interpreter, its own tables in a database whose URL stands in the environment. Prints postings a second, by the
wall and of processor time of client and server.
"""

import os
import time
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import django
from django.conf import settings

POSTINGS = 3_000
_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak"]


def main(url: str) -> None:
    parts = urlsplit(url)
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username,
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parse_qs(parts.query)["host"][0],
    }
    settings.configure(
        SECRET_KEY="a peer's",
        INSTALLED_APPS=_APPS,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DEFAULT_CURRENCY="IDR",
        CURRENCIES=["IDR"],
        HORDAK_DECIMAL_PLACES=0,
        DATABASES={"default": database},
    )
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    from hordak.models import Account, Leg, Transaction  # type: ignore[import-not-found] # in the peer's interpreter
    from moneyed import Money  # type: ignore[import-not-found] # likewise

    def account(name: str, kind: str) -> Account:
        return Account.objects.create(name=name, type=kind, currencies=["IDR"])

    source = account("clearing", "AS")
    members = [account(f"member {number}", "LI") for number in range(POSTINGS)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    began, used = time.perf_counter(), _processor(backend)
    with transaction.atomic():
        entries = Transaction.objects.bulk_create([Transaction() for _ in members], batch_size=1_000)
        legs = []
        for entry, member in zip(entries, members, strict=True):
            legs.append(Leg(transaction=entry, account=source, debit=Money(285_000, "IDR")))
            legs.append(Leg(transaction=entry, account=member, credit=Money(285_000, "IDR")))
        Leg.objects.bulk_create(legs, batch_size=1_000)
    print(POSTINGS / (time.perf_counter() - began), POSTINGS / (_processor(backend) - used))


def _processor(backend: int) -> float:
    fields = Path(f"/proc/{backend}/stat").read_text().rpartition(") ")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(os.environ["PEER_DATABASE_URL"])
