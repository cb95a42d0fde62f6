"""New workers of a firm: proposed by it, matched by the civil registry, enrolled."""

from dataclasses import dataclass

import polars as pl

PROPOSED = {
    "row_no": pl.UInt32,
    "nik": pl.String,
    "name": pl.String,
    "birth_on": pl.Date,
    "sex": pl.String,
    "mother_name": pl.String,
    "email": pl.String,
    "phone": pl.String,
    "employee_no": pl.String,
    "from_on": pl.Date,
    "contract": pl.String,
    "contract_until_on": pl.Date,
    "location": pl.String,
    "wage_rupiah": pl.Int64,
    "details": pl.String,
    "kpj": pl.String,
    "citizen": pl.Boolean,
}
"""What a firm tells of a worker. ``row_no`` is the row in its list, ``sex`` L or P, ``phone`` E.164, ``contract`` PKWT
or PKWTT, ``contract_until_on`` excluded, ``details`` a JSON object of texts. Never null are ``row_no``, ``name``,
``birth_on``, ``from_on``; ``nik`` and ``sex`` only where ``kpj`` says whose card it is."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What became of a list: how many wait for the civil registry, work here at once, or must be looked at."""

    batch_id: int
    waiting: int
    employed: int
    to_correct: int
