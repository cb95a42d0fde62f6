"""What ``lindung migrate`` tells the server of the application's role."""

import logging

import pytest
from django.db import connection

from lindung.config import migrate
from lindung.config.migrate import APP_ROLE, set_plans


def _set_for_the_role() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(setconfig) FROM pg_db_role_setting WHERE setrole = %s::regrole", [APP_ROLE])
        return [setting for (setting,) in cursor.fetchall()]


@pytest.mark.django_db
def test_plans_are_kept_on_one_server_and_made_for_the_values_on_a_cluster() -> None:
    set_plans(distributed=True)
    assert _set_for_the_role() == []
    set_plans(distributed=False)
    assert _set_for_the_role() == ["plan_cache_mode=force_generic_plan"]


@pytest.mark.django_db
def test_an_owner_that_may_not_tell_the_role_says_who_should(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(rolname) FROM pg_roles WHERE rolsuper")
        (another,) = cursor.fetchone()
    monkeypatch.setattr(migrate, "APP_ROLE", another)
    with caplog.at_level(logging.WARNING, "lindung"):
        set_plans(distributed=False)
    assert f"ALTER ROLE {another} SET plan_cache_mode TO force_generic_plan" in caplog.text
