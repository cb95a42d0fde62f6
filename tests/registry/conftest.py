"""What other tests committed to this database is not counted."""

import pytest

from tests.registry import makers


@pytest.fixture(autouse=True)
def _count_from_here(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        makers.count_from_here()
