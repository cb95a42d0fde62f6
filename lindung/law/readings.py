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


def _reading(where: str, article: str, confidence: Confidence, indonesian: str, english: str) -> Reading:
    return Reading(where, article, confidence, Words(indonesian, english))


ROUNDING = _reading(
    "law/money.py: round_half_up, law/formula.py: Share",
    "-",
    "low",
    "Pembulatan tidak diatur: tiap bagian dibulatkan ke rupiah terdekat (setengah ke atas) per pekerja per bulan.",
    "The law does not fix rounding: each share is rounded half up to the rupiah, per worker per month.",
)
DUE_ON_WORKING_DAY = _reading(
    "law/arrears.py: due",
    "PP 44/2015 Pasal 22 ayat 1",
    "medium",
    "Bergeser ke hari kerja berikutnya bila jatuh pada Sabtu, Minggu atau hari libur: dibaca dari sumber sekunder.",
    "Moved to the next working day when it falls on a weekend or holiday: read in a secondary source.",
)
FEBRUARY_WITHOUT_A_30TH = _reading(
    "law/arrears.py: due",
    "PP 49/2020 Pasal 4 ayat 1",
    "low",
    "Februari tidak mempunyai tanggal 30: dipakai hari terakhirnya.",
    "February has no 30th: its last day is taken.",
)
STARTED_MONTHS_COUNT = _reading(
    "law/arrears.py: months_late",
    "PP 44/2015 Pasal 22",
    "medium",
    "Bulan keterlambatan yang baru mulai dihitung satu bulan penuh: bacaan yang lazim, tidak tertulis.",
    "A month of delay that has begun counts as a whole month: the usual reading, not written.",
)
PENALTY_IS_SIMPLE = _reading(
    "law/arrears.py: penalty",
    "PP 44/2015 Pasal 22",
    "medium",
    "Denda dihitung sederhana (tidak berbunga) dari seluruh iuran yang belum dibayar, kedua bagian: praktik lazim.",
    "The penalty is simple, not compound, on the whole unpaid contribution, both shares: usual practice.",
)
LAST_JP_MONTH = _reading(
    "law/programmes/jp.py: youngest_stopped_birth_month",
    "PP 45/2015 Pasal 15",
    "low",
    "Iuran JP terakhir adalah untuk bulan saat usia pensiun tercapai, karena pensiun dibayar mulai bulan berikutnya.",
    "The last JP contribution is for the month in which the pension age is reached, as the pension "
    "is paid from the next month.",
)
PENSION_AGE_STAYS_REACHED = _reading(
    "law/programmes/jp.py: youngest_stopped_birth_month",
    "PP 45/2015 Pasal 15",
    "medium",
    "Siapa yang sudah mencapai usia pensiun tidak kembali wajib JP ketika usia pensiun naik.",
    "Whoever has reached the pension age does not owe JP again when the age rises.",
)

# The wage base
PART_MONTH = _reading(
    "law/wage_base.py: earned",
    "PP 44/2015 Pasal 19; PP 46/2015 Pasal 17; PP 45/2015 Pasal 29 ayat 1",
    "medium",
    "Bulan tidak penuh: JKK, JKM dan JHT atas upah sebulan menurut perjanjian, JP atas upah yang dibayar bulan "
    "itu dengan batas upah penuh; aturannya tidak mengenal hitungan per hari.",
    "A month that is not whole: JKK, JKM and JHT run on the monthly rate of the contract, JP on the wage paid in "
    "that month under the full ceiling; the law knows no proration.",
)
PART_MONTH_CHOSEN = _reading(
    "law/wage_base.py: earned",
    "-",
    "low",
    "Dasar bulan yang tidak penuh dipilih oleh penanya; banyak perangkat lunak memakai satu dasar untuk semua program.",
    "The base of the month that is not whole is the asker's choice; much payroll software uses one for all programmes.",
)
PAID_BY_CALENDAR_DAYS = _reading(
    "law/wage_base.py: earned",
    "-",
    "low",
    "Upah yang dibayar tidak disebut, jadi dihitung menurut hari kalender, dibulatkan ke sen.",
    "The wage paid was not given, so it is taken by calendar days, rounded to the sen.",
)
RAISE_IN_THE_MONTH = _reading(
    "law/wage_base.py: earned",
    "-",
    "low",
    "Kenaikan di tengah bulan tidak diatur: dipakai upah pada hari kerja terakhir bulan itu.",
    "The law is silent on a raise inside a month: the rate on its last employed day is taken.",
)
DAILY_JP = _reading(
    "law/wage_base.py: earned",
    "PP 45/2015 Pasal 29 ayat 1",
    "low",
    "Upah yang dibayar bulan itu tidak disebut: JP memakai dasar yang sama dengan JHT.",
    "The wage paid in the month was not given: JP takes the same base as JHT.",
)
HOURLY = _reading(
    "law/wage_base.py: earned",
    "-",
    "low",
    "Upah per jam tidak diatur: dipakai upah bulan itu.",
    "The law is silent on hourly pay: the wage of the month is taken.",
)
FEWER_MONTHS_ON_RECORD = _reading(
    "law/wage_base.py: earned",
    "PP 44/2015 Pasal 19",
    "low",
    "Bulan yang tercatat kurang dari yang disebut aturan: dirata-ratakan atas bulan yang ada.",
    "Fewer months are on record than the law averages: the average is over those there are.",
)
NOT_FIXED = _reading(
    "law/wage_base.py: earned",
    "-",
    "medium",
    "Lembur dan tunjangan tidak tetap tidak masuk upah: dari hukum pengupahan, tidak tertulis dalam aturan iuran.",
    "Overtime and allowances that are not fixed are not wage: from the law of wages, not written in that of "
    "contributions.",
)
MINIMUM_WAGE = _reading(
    "law/wage_base.py: earned",
    "-",
    "medium",
    "Upah di bawah upah minimum dapat dianggap pelaporan sebagian; dasar iuran tidak dinaikkan karena tidak ada "
    "pasal yang mengaturnya.",
    "A wage under the minimum may be treated as under-reporting; the base is not lifted, as no article does so.",
)
# Who owes
FOREIGNER_WITHOUT_JP = _reading(
    "law/segments/pu.py: read_worker",
    "PP 45/2015 Pasal 2",
    "medium",
    "Pekerja asing tidak dapat didaftarkan JP menurut BPJS Ketenagakerjaan, meskipun Pasal 2 PP 45/2015 tidak "
    "menyebut kewarganegaraan.",
    "The operator says that it cannot register foreigners in JP, although article 2 of PP 45/2015 names no "
    "nationality.",
)
FOREIGNER_SIX_MONTHS_TAKEN = _reading(
    "law/segments/pu.py: read_worker",
    "UU 24/2011 Pasal 14",
    "medium",
    "Lama bekerja di Indonesia tidak disebut: dianggap sudah enam bulan.",
    "The months of work in Indonesia were not given: six are taken to have passed.",
)
# Own-account workers
BAND_BELOW = _reading(
    "law/bases.py: BandedIncome",
    "PP 44/2015 Lampiran II",
    "low",
    "Penghasilan ini jatuh di antara dua golongan dalam lampiran: dipakai golongan di bawahnya.",
    "This income lies between two bands of the annex: the band below is taken.",
)
OWN_ACCOUNT_JHT = _reading(
    "law/segments/bpu.py: explain",
    "-",
    "medium",
    "JHT adalah pilihan; wajib bagi peserta BPU yang juga pemberi kerja, menurut sumber sekunder.",
    "JHT is a choice; for an own-account worker who is an employer it is mandatory, says a secondary source.",
)
SECTOR_NOT_GIVEN = _reading(
    "law/reliefs.py: own_account_part",
    "PP 50/2025 Pasal 4",
    "medium",
    "Bidang usaha tidak disebut: keringanan dihitung hanya bila semua bidang mendapatkannya pada bulan itu.",
    "The sector was not given: the relief is taken only where every sector has it in that month.",
)
# Construction
NET_OF_VAT_ROUNDED = _reading(
    "law/segments/jakon.py: read",
    "Permenaker 5/2021 Pasal 71",
    "low",
    "Nilai kontrak tanpa PPN dibulatkan ke rupiah terdekat.",
    "The contract value net of VAT is rounded to the nearest rupiah.",
)
RELIEF_BY_STAGE = _reading(
    "law/segments/jakon.py: explain",
    "PP 49/2020",
    "medium",
    "Keringanan hanya untuk tahap pembayaran yang jatuh pada bulan-bulan PP 49/2020.",
    "The relief reaches only the instalments that fall into the months of PP 49/2020.",
)
STAGES_SHARED_OUT = _reading(
    "law/segments/jakon.py: explain",
    "Permenaker 5/2021 Pasal 72",
    "low",
    "Pembulatan tiap tahap tidak diatur: tiap tahap dibulatkan atas jumlah berjalan, sehingga jumlahnya tepat.",
    "Rounding of stages is not fixed: each is rounded on the running sum, so that they add up.",
)
# Migrant workers
ODD_LENGTH = _reading(
    "law/segments/pmi.py: explain",
    "Permenaker 4/2023 Pasal 18 ayat 3",
    "medium",
    "Lama di antara dua paket dibaca menurut huruf: paket di bawahnya ditambah tiap bulan selebihnya, sehingga 23 "
    "bulan lebih mahal daripada 24; tagihan portal untuk lama seperti ini tidak diketahui.",
    "A length between two packages is read to the letter: the package below plus each month beyond it, so that 23 "
    "months cost more than 24; what the portal charges for such lengths is not known.",
)
ONE_PRICE_FOR_ALL = _reading(
    "law/segments/pmi.py: explain",
    "Permenaker 18/2018",
    "low",
    "Sebelum Permenaker 4/2023 satu harga untuk berapa pun lamanya; apakah yang berangkat perseorangan membayar "
    "iuran sebelum bekerja tidak terbaca.",
    "Before Permenaker 4/2023 one price whatever the length; whether those going alone paid the part before work was "
    "not read.",
)
# JHT development
WITHIN_THE_YEAR = _reading(
    "law/development.py: crediting",
    "-",
    "medium",
    "Cara membukukan hasil pengembangan dalam setahun tidak diatur: dihitung sederhana menurut bulan dan dikreditkan "
    "pada akhir tahun, seperti simulasi aplikasi peserta.",
    "How development is booked inside a year is in no law: it is simple by months and credited at year end, as the "
    "member app simulates it.",
)
CONSTANT_WAGE = _reading(
    "law/simulation.py: simulate",
    "-",
    "medium",
    "Simulasi memakai iuran dan tarif yang tetap; tarif yang dikreditkan diputuskan tiap tahun.",
    "The simulation keeps contribution and rate constant; the rate credited is decided every year.",
)
# Arrears
NO_FINE_FOR_OWN_ACCOUNT = _reading(
    "law/lapse.py: own_account_standing",
    "-",
    "medium",
    "Peserta BPU tidak dikenai denda: kepesertaannya menjadi tidak aktif.",
    "An own-account worker owes no fine: the cover lapses instead.",
)
NO_DUE_DAY_FOR_OWN_ACCOUNT = _reading(
    "law/segments/due_date.py: answer",
    "-",
    "low",
    "Tanggal jatuh tempo iuran BPU tidak ditemukan dalam aturan yang dibaca.",
    "No due day of an own-account contribution was found in the rules that were read.",
)
CONSTRUCTION_DUE_WITH_ITS_STAGE = _reading(
    "law/segments/due_date.py: answer",
    "Permenaker 5/2021 Pasal 72",
    "low",
    "Iuran jasa konstruksi dibayar sebelum atau bersama tahapnya: dibaca dari sumber sekunder, tanpa tanggal.",
    "A construction contribution is paid before or with its stage: read in a secondary source, which names no day.",
)
CONTRIBUTIONS_BEFORE_FINES = _reading(
    "law/allocation.py: allocate",
    "-",
    "low",
    "Urutan pembayaran yang kurang tidak diatur: iuran lebih dahulu, bulan tertua lebih dahulu, lalu denda.",
    "The law is silent on the order of a short payment: contributions first, the oldest month first, then fines.",
)
JHT_OF_UNPAID_MONTHS = _reading(
    "law/lapse.py: claim_in_arrears",
    "-",
    "low",
    "Yang sudah dibayar beserta hasilnya dapat diambil; bulan yang belum dibayar menjadi utang pemberi kerja.",
    "What was paid can be drawn with its development; the unpaid months are the employer's debt.",
)
JP_MONTHS_COUNT_WHEN_PAID = _reading(
    "law/lapse.py: claim_in_arrears",
    "PP 45/2015",
    "low",
    "Masa iuran JP dihitung hanya dari bulan yang sudah dibayar.",
    "Months of JP count only when they are paid.",
)
OWN_ACCOUNT_MONTH_OVER = _reading(
    "law/lapse.py: unpaid_months",
    "-",
    "low",
    "Bulan BPU dihitung belum dibayar begitu bulan itu lewat: harinya tidak ditemukan dalam aturan yang dibaca.",
    "An own-account month counts as unpaid once it is over: no day was found in the rules that were read.",
)
OWN_ACCOUNT_COVER_FROM_PAYMENT = _reading(
    "law/lapse.py: cover_from",
    "-",
    "low",
    "Perlindungan BPU dihitung berjalan lagi sejak hari iuran dibayar: harinya tidak ditemukan dalam aturan.",
    "Own-account cover is taken to run again from the day of payment: no day was found in the rules.",
)
FULL_JKM_AFTER_THREE_MONTHS = _reading(
    "law/lapse.py: cover_from",
    "-",
    "medium",
    "Santunan JKM penuh setelah tiga bulan dibayar berturut-turut, sebelumnya biaya pemakaman saja: dari brosur.",
    "The full death benefit after three months paid in a row, before that the funeral alone: from a brochure.",
)
PACKAGE_COVERS_ITS_CONTRACT = _reading(
    "law/lapse.py: package_standing",
    "-",
    "low",
    "Perlindungan PMI dihitung selama kontraknya; lamanya sebelum berangkat dan setelah pulang belum terbaca.",
    "A migrant worker's cover is counted over the contract; how long it runs before and after was not read.",
)
EMPLOYED_STAYS_ACTIVE = _reading(
    "law/lapse.py: employed_standing",
    "-",
    "medium",
    "Tidak ditemukan jumlah bulan tunggakan yang membuat pekerja PU tidak aktif: pemberi kerja yang menunggak.",
    "No number of unpaid months was found that makes an employed worker inactive: the arrears are the employer's.",
)
PROJECT_COVERED_BY_ITS_DATES = _reading(
    "law/lapse.py: project_standing",
    "Permenaker 5/2021 Pasal 72",
    "low",
    "Perlindungan proyek dihitung selama masa proyek, bila tahap yang sudah jatuh tempo dibayar.",
    "A project's cover is counted over its dates, while the stages that are due are paid.",
)

SKIPPED_MONTHS_UNCOVERED = _reading(
    "law/lapse.py: cover_from",
    "-",
    "low",
    "Tidak ada aturan yang mewajibkan bulan yang terlewat dibayar dulu. Siapa yang melewatinya tidak terlindungi untuk"
    " bulan itu, dan hitungan tiga bulan berturut-turut untuk santunan JKM penuh mulai lagi.",
    "No rule was found that makes anybody pay the months gone by first. Whoever leaves them out is not covered for"
    " them, and the three months in a row for the full death benefit begin anew.",
)
PROLONGED_BY_EXTRA_MONTHS = _reading(
    "law/segments/pmi.py: answer",
    "Permenaker 4/2023 Pasal 18 ayat 3",
    "low",
    "Kontrak yang diperpanjang dihitung sebagai bulan tambahan di atas paketnya, bukan sebagai paket baru.",
    "A contract that is prolonged is priced as months beyond its package, not as a new package.",
)
CHANGED_VALUE_REASSESSED = _reading(
    "law/allocation.py: reassess",
    "Permenaker 5/2021 Pasal 71-72",
    "low",
    "Nilai kontrak yang berubah dihitung ulang seluruhnya menurut aturan bulan proyek mulai. Selisihnya jatuh pada"
    " tahap yang belum dibayar, atau menjadi satu tahap lagi; yang terlanjur lebih dibayar menjadi saldo perusahaan.",
    "A changed contract value is assessed anew as a whole by the rules of the month in which the project begins. The"
    " difference falls on the stages that are not paid, or is one more stage; what was paid too much is credit.",
)
LISTED_WAGES_DECIDE = _reading(
    "law/segments/jakon.py: assess_wages",
    "PP 44/2015 Pasal 54 ayat 1; Permenaker 5/2021 Pasal 71",
    "low",
    "Bila upah pekerja didaftar, iurannya dari upah; bila tidak, dari nilai kontrak. Aturan tentang proyek yang"
    " berganti dasar di tengah jalan tidak ditemukan: dasarnya tetap sejak proyek didaftarkan.",
    "Where the workers' wages are listed the contribution is of the wages, else of the contract value. No rule was"
    " found on a project that changes its basis on the way: the basis stays as registered.",
)
LISTED_WAGES_DUE_LIKE_A_MONTH = _reading(
    "law/lapse.py: listed_project_standing",
    "PP 44/2015 Pasal 22 ayat 1",
    "low",
    "Hari bayar iuran proyek atas upah yang didaftar tidak ditemukan: dipakai tanggal 15 bulan berikutnya, seperti"
    " bulan pekerja lain. Denda untuk proyek tidak ditemukan dan tidak dikenakan.",
    "No day was found on which a project's contribution of listed wages is due: the 15th of the next month is taken, as"
    " for other workers. No fine for projects was found, and none is charged.",
)
LISTED_WAGES_REASSESSED = _reading(
    "law/allocation.py: reassess",
    "-",
    "low",
    "Daftar upah yang diperbaiki menggantikan daftar lama seluruhnya, menurut aturan bulannya. Kekurangannya menjadi"
    " satu pembayaran lagi; yang terlanjur lebih dibayar menjadi saldo perusahaan.",
    "A corrected list of wages takes the place of the old one as a whole, by the rules of its month. What is missing is"
    " one more payment; what was paid too much is the firm's credit.",
)
DAY_WAGE_OF_A_PROJECT = _reading(
    "law/wage_base.py: earned",
    "PP 44/2015 Pasal 19 ayat 3",
    "low",
    "Upah sehari pekerja proyek dikalikan 25, seperti upah harian lain, berapa pun hari kerjanya bulan itu: bahwa"
    " pasal itu berlaku juga bagi proyek tidak tertulis.",
    "A project worker's wage of a day is taken 25 times, like other daily wages, whatever days were worked in the"
    " month: that the article holds for projects too is not written.",
)

ALL: dict[str, Reading] = {
    name.lower(): reading for name, reading in sorted(globals().items()) if isinstance(reading, Reading)
}
