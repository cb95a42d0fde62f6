"""A month's wages in, a bill and the number to pay it to out: the shapes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class WageRows:
    """One month's wages as columns of equal length, one row per worker, persons ascending and not repeated."""

    person_id: npt.NDArray[np.int64]
    employment_id: npt.NDArray[np.int64]
    membership_id: npt.NDArray[np.int64]
    wage_rupiah: npt.NDArray[np.int64]
    jp_liable: npt.NDArray[np.bool_]
    jkp_member: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class IssuedBill:
    """A bill and the number to pay it to."""

    bill_id: int
    number: str
    customer_no: str
    amount_rupiah: int
