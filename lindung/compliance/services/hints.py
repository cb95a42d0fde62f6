"""A worker lets the agency know, without his name, that his firm reports lower wages than it pays."""

from datetime import datetime

from django.db import connection, transaction

from lindung.access import trail
from lindung.access.trail import SYSTEM
from lindung.compliance.months import worked_for
from lindung.compliance.services.refusals import CannotComplain
from lindung.lib.clock import wib_date
from lindung.lib.crypto import blind_index


@transaction.atomic
def hint_at_wages(*, person_id: int, employer_id: int, now: datetime) -> None:
    """Count this worker among those who say so of this firm; said again, he counts once, from today on.

    Nobody acts in the trail, and nothing of the wage is kept, so that no row leads back to him. Raises
    ``CannotComplain`` (``no_month``) for a firm that he never worked for.
    """
    if not worked_for(person_id=person_id, employer_id=employer_id):
        raise CannotComplain("no_month")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO compliance_wagehint (employer_id, person_index, given_on) VALUES (%s, %s, %s)"
            " ON CONFLICT (employer_id, person_index) DO UPDATE SET given_on = excluded.given_on",
            [employer_id, blind_index("wage hint", f"{employer_id}:{person_id}"), wib_date(now)],
        )
    trail.record(actor=SYSTEM, act="wage_hint_given", object_kind="employer", object_id=employer_id, now=now, detail={})
