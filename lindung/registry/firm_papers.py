"""Which papers a firm is asked for, and until when. The days and the lists are ours, no statute's."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from lindung.registry.firm_models import FirmDocument, LegalForm

DAYS_FOR_PAPERS: Final = 30
"""Long enough for a small firm to find them; work goes on meanwhile."""

_Kind = FirmDocument.Kind
_WITH_A_DEED: Final = frozenset(
    {LegalForm.COMPANY, LegalForm.PARTNERSHIP, LegalForm.FIRM, LegalForm.COOPERATIVE, LegalForm.FOUNDATION}
)


def papers_of(legal_form: str) -> Collection[str]:
    """The kinds of paper that a firm of this legal form is asked for when it is registered."""
    own = _Kind.DEED if legal_form in _WITH_A_DEED else _Kind.IDENTITY
    return (_Kind.NIB, _Kind.NPWP, own)


def papers_wanted_by(asked_on: date) -> date:
    """The last day for papers that are asked for today."""
    return asked_on + timedelta(days=DAYS_FOR_PAPERS)


def reason_place(file_id: int) -> str:
    """Where the reason of a returned file stands, for its seal."""
    return f"registry_firmdocumentfile.reason_encrypted:{file_id}"
