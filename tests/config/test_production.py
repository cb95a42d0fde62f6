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
bad = [m for m in sys.modules if m.startswith("lindung.nation") or (m.startswith("lindung") and "simulat" in m)]
print(bad)
assert not bad
"""


@pytest.mark.parametrize("door", ["public", "staff", "machines", "worker"])
def test_no_simulator_and_no_invented_person_is_loaded(door: str) -> None:
    result = python(WALK, LINDUNG_DOOR=door)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    "module",
    ["lindung.nation", *(f"lindung.partners.{carrier}.simulator" for carrier in ("bank", "mail", "sms"))],
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
        ({"LINDUNG_KEYS_FILE": ""}, "LINDUNG_KEYS_FILE"),
        ({"LINDUNG_ENV": "prod"}, "LINDUNG_ENV"),
    ],
)
def test_settings_refuse_what_production_must_not_have(environment: dict[str, str], named: str) -> None:
    result = python("import lindung.config.settings", **environment)
    assert result.returncode != 0
    assert named in result.stderr
