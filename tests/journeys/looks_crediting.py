"""Creditings of every state, for the looks; a member with development of his own."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from lindung.access.trail import Actor
from lindung.contributions import crediting_jobs, services
from lindung.contributions.crediting_queries import crediting_view
from tests.contributions.crediting_money import at, got

DECISION = "Keputusan percobaan Nomor 12/2026 tentang tarif hasil pengembangan (contoh, bukan keputusan sungguhan)"


def creditings_of_all_states(*, member: int, officer: int, other: int, now: datetime) -> dict[str, int]:
    """State -> crediting. In this process nothing about them is queued, so that each stays as it is."""
    crediting_jobs.jobs.enqueue = lambda *names, **ids: None
    got({member: 48_000_000}, at(date(2018, 4, 4)))
    by_other, by_officer = Actor("account", other), Actor("account", officer)
    found: dict[str, int] = {}

    def plan(name: str, year: int, actor: Actor = by_other) -> int:
        found[name] = services.plan_crediting(
            actor=actor, year=year, annual_rate=Decimal("0.0575"), citation=DECISION, now=now - timedelta(days=2)
        )
        return found[name]

    def start(crediting_id: int) -> None:
        services.rehearse_crediting(crediting_id=crediting_id, now=now - timedelta(days=1))
        view = crediting_view(crediting_id)
        assert view
        assert view.rehearsal
        services.start_crediting(
            actor=by_officer, crediting_id=crediting_id, rehearsal_id=view.rehearsal.id, now=now - timedelta(hours=3)
        )

    finished = plan("finished", 2024)
    start(finished)
    while services.credit_next_range(crediting_id=finished, now=now - timedelta(hours=2)):
        pass
    got({member: 1_200_000}, at(date(2024, 3, 3)))
    assert services.correct_next_range(crediting_id=finished, from_range=0, now=now - timedelta(hours=1))
    services.withdraw_crediting(actor=by_other, crediting_id=plan("withdrawn", 2021), now=now)
    start(plan("started", 2022))
    services.rehearse_crediting(crediting_id=plan("planned", 2025), now=now)
    services.rehearse_crediting(crediting_id=plan("own", 2021, by_officer), now=now)
    plan("computed", 2015)
    services.set_provisional_rate(
        actor=by_officer, year=now.year, annual_rate=Decimal("0.0525"), citation=DECISION, now=now
    )
    return found
