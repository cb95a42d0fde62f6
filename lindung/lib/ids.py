"""Row identities drawn from database sequences, singly or in blocks.

Member-owned rows carry ``(person_id, id)`` keys, which no automatic field can fill, and encrypted fields are
bound to their row's id: so ids are drawn before the rows are written.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection


def draw(cursor: Any, sequence: str, count: int = 1) -> npt.NDArray[np.int64]:
    """``count`` ids, ascending, from a sequence. The cursor is any DB-API cursor inside a transaction."""
    cursor.execute(
        "SELECT array_agg(id ORDER BY id) FROM (SELECT nextval(%s) AS id FROM generate_series(1, %s)) drawn",
        [sequence, count],
    )
    drawn: npt.NDArray[np.int64] = np.array(cursor.fetchone()[0] or [], dtype=np.int64)
    return drawn


def next_of(sequence: str) -> int:
    """The next id of a sequence, on Django's own connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        return int(cursor.fetchone()[0])
