"""Production: no simulator, no invented person, no shifted clock, no partner on this machine."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "LINDUNG_ENV": "production",
    "LINDUNG_PUBLIC_ADDRESS": "https://lindung.example",
    "LINDUNG_STAFF_ADDRESS": "https://petugas.lindung.example",
    "LINDUNG_MACHINES_ADDRESS": "https://mesin.lindung.example",
    "LINDUNG_MAIL_ADDRESS": "mail.lindung.example:25",
    "LINDUNG_SMS_ADDRESS": "https://sms.contoh.example",
    "LINDUNG_DUKCAPIL_ADDRESS": "https://dukcapil.contoh.example:8443",
    "LINDUNG_DUKCAPIL_CUSTOMER_ID": "CONTOH",
    "LINDUNG_DUKCAPIL_USER_ID": "lindung",
    "LINDUNG_DUKCAPIL_PASSWORD_FILE": __file__,  # any file will do: it is read, and sent to nobody
    "LINDUNG_DUKCAPIL_IP_USER": "10.1.2.3",
    "LINDUNG_DUKCAPIL_CA_FILE": __file__,
}


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if name != "LINDUNG_NOW"}
    return subprocess.run(
        [sys.executable, "-c", code], env={**own, **GOOD, **environment}, capture_output=True, text=True, timeout=60
    )


WALK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "lindung.config.settings"
import django; django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import procrastinate.contrib.django as queue
queue.app.perform_import_paths()
parts = {m: set(m.split(".")) for m in sys.modules if m.startswith("lindung")}
bad = [m for m in parts if m.startswith("lindung.nation") or {"simulator", "simulated"} & parts[m]]
print(bad)
assert not bad
"""


@pytest.mark.parametrize("door", ["public", "staff", "machines", "worker"])
def test_no_simulator_and_no_invented_person_is_loaded(door: str) -> None:
    result = python(WALK, LINDUNG_DOOR=door)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    "module",
    ["lindung.nation", *(f"lindung.partners.{partner}.simulator" for partner in ("bank", "dukcapil", "mail", "sms"))],
)
def test_simulators_and_the_nation_refuse_to_be_imported(module: str) -> None:
    result = python(f"from lindung.config.cli import django_setup; django_setup(); import {module}")
    assert result.returncode != 0
    assert "production" in result.stderr


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"LINDUNG_NOW": "+60"}, "LINDUNG_NOW"),
        ({"LINDUNG_SMS_ADDRESS": "http://127.0.0.1:8403/sms"}, "LINDUNG_SMS_ADDRESS"),
        ({"LINDUNG_DUKCAPIL_ADDRESS": "https://127.0.0.1:8403/dukcapil"}, "LINDUNG_DUKCAPIL_ADDRESS"),
        ({"LINDUNG_DUKCAPIL_ADDRESS": "http://dukcapil.contoh.example"}, "https://"),
        ({"LINDUNG_DUKCAPIL_PASSWORD_FILE": ""}, "LINDUNG_DUKCAPIL_PASSWORD_FILE"),
        ({"LINDUNG_DUKCAPIL_PASSWORD_FILE": os.devnull}, "LINDUNG_DUKCAPIL_PASSWORD_FILE"),
        ({"LINDUNG_DUKCAPIL_CA_FILE": ""}, "LINDUNG_DUKCAPIL_CA_FILE"),
        ({"LINDUNG_DUKCAPIL_CA_FILE": "/nowhere/ca.pem"}, "LINDUNG_DUKCAPIL_CA_FILE"),
        ({"LINDUNG_DUKCAPIL_BIRTH_FORMAT": "MM-DD-YYYY"}, "LINDUNG_DUKCAPIL_BIRTH_FORMAT"),
        ({"LINDUNG_KEYS_FILE": ""}, "LINDUNG_KEYS_FILE"),
        ({"LINDUNG_ENV": "prod"}, "LINDUNG_ENV"),
    ],
)
def test_settings_refuse_what_production_must_not_have(environment: dict[str, str], named: str) -> None:
    result = python("import lindung.config.settings", **environment)
    assert result.returncode != 0
    assert named in result.stderr
