"""Why somebody stops working in a firm: the codes of a report of exits, and what a later claim may call it.

Of the scheme's own list two codes are known with some confidence (public forms and code): A1 and A4. The others are
ours, made so that every cause that the law of benefits knows can be told apart; they begin with L and are doubtful as
codes, not as causes. A list from the scheme replaces them.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class ExitCause:
    """One cause. ``claim`` is what the law of the old-age programme calls it, empty where it pays nothing for it."""

    code: str
    text: str | Promise
    ours: bool
    claim: str


DEATH: Final = "L5"

CAUSES: Final = {
    cause.code: cause
    for cause in (
        ExitCause("A1", _("Mengundurkan diri"), False, "RESIGN"),
        ExitCause("A4", _("Usia pensiun"), False, "AGE56"),
        ExitCause("L1", _("Diberhentikan perusahaan (PHK)"), True, "LAYOFF"),
        ExitCause("L2", _("Kontrak kerja (PKWT) berakhir"), True, "PKWT_END"),
        ExitCause("L3", _("Cacat total tetap"), True, "TPD"),
        ExitCause("L4", _("Meninggalkan Indonesia selamanya"), True, "LEAVE"),
        ExitCause(DEATH, _("Meninggal dunia"), True, "DEATH"),
        ExitCause("L6", _("Pindah ke perusahaan lain dalam satu grup"), True, ""),
    )
}
