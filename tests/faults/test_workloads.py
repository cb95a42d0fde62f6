"""The workload of payments, small: late, repeated, forged and changed calls, for one bill and for several under one
number, while the database is killed."""

import subprocess
import sys

import pytest

from tests.night.__main__ import ROOT

pytestmark = pytest.mark.faults


@pytest.mark.timeout(600)
def test_payments_under_kills_are_neither_lost_nor_doubled() -> None:
    argv = [sys.executable, "-m", "bench.payments", "--payments", "80", "--senders", "16", "--kills", "2"]
    told = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "acknowledged 80, stored 80, lost 0, doubled 0" in told.stdout
    assert "99 bills of 5 workers wait to be paid, 24 of them by 5 joint numbers" in told.stdout
    assert "bills to be paid 99, lost 0, doubled 0" in told.stdout
    assert "wrongly taken 0" in told.stdout
