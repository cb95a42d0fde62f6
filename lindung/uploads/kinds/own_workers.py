"""What files about a firm's workers have in common, whatever they say of them."""

from datetime import date

import polars as pl
from django.db import connection

from lindung.registry import known
from lindung.registry.placing import lock_firm
from lindung.registry.queries import EmployerFacts
from lindung.uploads.kinds.kind import Order
from lindung.uploads.limits import Refused


def refuse_future_month(*, employer: EmployerFacts, period: date, today: date) -> None:
    """Raise ``Refused`` for a month that has not begun: such a file belongs to the month in which it is sent."""
    if period > today:
        raise Refused("month_future", month=period.isoformat())


def some_work_ended(order: Order, rows: pl.DataFrame) -> bool:
    """Whether an ``employment_id`` of the rows ended meanwhile. Nobody else ends or begins any until this is done."""
    with connection.cursor() as cursor:
        lock_firm(cursor, order.employer_id)
    running = known.still_running(employer_id=order.employer_id, employment_ids=rows["employment_id"].to_list())
    return running != rows.height
