"""Where the law is silent or may be read in two ways: the reading that the code takes, and how sure it is.

Each stands beside no number, so it is not a parameter; the one function that acts on it names it here.
"""

from __future__ import annotations

from dataclasses import dataclass

from lindung.law.parameters import Confidence
from lindung.law.wording import Words


@dataclass(frozen=True, slots=True)
class Reading:
    """A choice of ours. ``doubt`` is what a screen shows; ``where`` is the function that decides."""

    where: str
    article: str
    confidence: Confidence
    doubt: Words


ROUNDING = Reading(
    where="law/money.py: round_half_up, law/formula.py: Share",
    article="-",
    confidence="low",
    doubt=Words(
        id="Pembulatan tidak diatur: tiap bagian dibulatkan ke rupiah terdekat (setengah ke atas) "
        "per pekerja per bulan.",
        en="The law does not fix rounding: each share is rounded half up to the rupiah, per worker per month.",
    ),
)
DUE_ON_WORKING_DAY = Reading(
    where="law/arrears.py: due",
    article="PP 44/2015 Pasal 22 ayat 1",
    confidence="medium",
    doubt=Words(
        id="Bergeser ke hari kerja berikutnya bila jatuh pada Sabtu, Minggu atau hari libur: "
        "dibaca dari sumber sekunder.",
        en="Moved to the next working day when it falls on a weekend or holiday: read in a secondary source.",
    ),
)
FEBRUARY_WITHOUT_A_30TH = Reading(
    where="law/arrears.py: due",
    article="PP 49/2020 Pasal 4 ayat 1",
    confidence="low",
    doubt=Words(
        id="Februari tidak mempunyai tanggal 30: dipakai hari terakhirnya.",
        en="February has no 30th: its last day is taken.",
    ),
)
STARTED_MONTHS_COUNT = Reading(
    where="law/arrears.py: months_late",
    article="PP 44/2015 Pasal 22",
    confidence="medium",
    doubt=Words(
        id="Bulan keterlambatan yang baru mulai dihitung satu bulan penuh: bacaan yang lazim, tidak tertulis.",
        en="A month of delay that has begun counts as a whole month: the usual reading, not written.",
    ),
)
PENALTY_IS_SIMPLE = Reading(
    where="law/arrears.py: penalty",
    article="PP 44/2015 Pasal 22",
    confidence="medium",
    doubt=Words(
        id="Denda dihitung sederhana (tidak berbunga) dari seluruh iuran yang belum dibayar, "
        "kedua bagian: praktik lazim.",
        en="The penalty is simple, not compound, on the whole unpaid contribution, both shares: usual practice.",
    ),
)
LAST_JP_MONTH = Reading(
    where="law/programmes/jp.py: youngest_stopped_birth_month",
    article="PP 45/2015 Pasal 15",
    confidence="low",
    doubt=Words(
        id="Iuran JP terakhir adalah untuk bulan saat usia pensiun tercapai, karena pensiun "
        "dibayar mulai bulan berikutnya.",
        en="The last JP contribution is for the month in which the pension age is reached, as the pension "
        "is paid from the next month.",
    ),
)
PENSION_AGE_STAYS_REACHED = Reading(
    where="law/programmes/jp.py: youngest_stopped_birth_month",
    article="PP 45/2015 Pasal 15",
    confidence="medium",
    doubt=Words(
        id="Siapa yang sudah mencapai usia pensiun tidak kembali wajib JP ketika usia pensiun naik.",
        en="Whoever has reached the pension age does not owe JP again when the age rises.",
    ),
)

ALL: dict[str, Reading] = {
    name.lower(): reading for name, reading in sorted(globals().items()) if isinstance(reading, Reading)
}
