"""Arrays as they are bound to kept statements: whatever is in them comes back as it was."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lindung.lib import statements
from tests.often import often

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
MOMENT = st.integers(-(2**40), 2**40).map(lambda number: datetime.fromtimestamp(number / 256, UTC))
ARRAYS = st.one_of(
    st.tuples(st.just(kind), st.lists(st.none() | values, max_size=5))
    for kind, values in {
        "bigint": st.integers(-(2**63), 2**63 - 1),
        "text": TEXT | st.sampled_from(["NULL", "", "{}", '"', "\\", "a,b", " "]),
        "boolean": st.booleans(),
        "bytea": st.binary(max_size=20),
        "date": st.dates(date(1900, 1, 1), date(2200, 1, 1)),
        "timestamptz": MOMENT,
    }.items()
)


@pytest.mark.hypothesis
@pytest.mark.django_db
@settings(max_examples=often(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ARRAYS, st.booleans())
def test_what_an_array_holds_comes_back_as_it_was(array: tuple[str, list[object]], keep: bool) -> None:
    kind, given = array
    back = statements.run(f"SELECT value FROM unnest(%s::{kind}[]) AS value", [given], keep=keep)
    assert [bytes(value) if isinstance(value, memoryview) else value for (value,) in back] == given


@pytest.mark.django_db
def test_an_array_of_what_nobody_foresaw_is_refused() -> None:
    with pytest.raises(KeyError, match="object"):
        statements.run("SELECT %s::text[]", [[object()]])
