"""What a firm may put right about its workers."""

import polars as pl

CORRECTIONS = {
    "person_id": pl.Int64,
    "employment_id": pl.Int64,
    "phone": pl.String,
    "email": pl.String,
    "address": pl.String,
    "location": pl.String,
    "employee_no": pl.String,
}
"""One row an employment; null leaves a thing as it is. ``phone`` is E.164."""
