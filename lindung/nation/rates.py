"""How the invented nation behaves: every rate and every noise there is, in one place.

All of them are assumptions, chosen so that a screen, a test or a measurement meets what real data bring. None is a
fact about a real country, and nothing may be concluded from them. Chances are in ten thousand unless said otherwise;
lists of weights count against their own sum.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sector:
    """A line of business. ``weight``: among firms. ``leaves``: chance in a month. ``pay``: steps of the bell."""

    name: str
    weight: int
    jkk_class: str
    leaves: int
    pay: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Habit:
    """How a firm reports and pays. ``late``: chance that a month is paid late, by up to ``most_days``.

    ``late_report``: chance that the month is reported only after the due date. ``stops``: pays no more from some
    month on. ``pays`` and ``reports``: whether it ever does. ``asks``: of months not paid whose number has expired,
    those for which a new number was asked on the last day.
    """

    name: str
    weight: int
    late: int = 0
    most_days: int = 1
    late_report: int = 0
    stops: bool = False
    pays: bool = True
    reports: bool = True
    asks: int = 0


# Assumption: weights as among small towns' firms; risk classes follow what such firms mostly have.
_SECTORS = (
    Sector("trade", 260, "I", 190, 0, ("Dagang", "Niaga", "Grosir", "Toko")),
    Sector("food", 120, "II", 240, -25, ("Boga", "Pangan", "Roti", "Katering")),
    Sector("garments", 60, "II", 260, -35, ("Garmen", "Tekstil", "Busana", "Konveksi")),
    Sector("transport", 70, "III", 210, 5, ("Logistik", "Angkutan", "Kargo")),
    Sector("building", 90, "IV", 340, 0, ("Bangunan", "Konstruksi", "Beton")),
    Sector("farming", 60, "III", 280, -60, ("Kebun", "Tani", "Sawit")),
    Sector("mining", 12, "V", 150, 120, ("Tambang", "Mineral", "Batu")),
    Sector("manufacture", 90, "III", 170, 15, ("Industri", "Logam", "Plastik", "Kimia")),
    Sector("electronics", 20, "II", 200, 30, ("Elektronik", "Komponen")),
    Sector("finance", 25, "I", 110, 110, ("Finansial", "Kredit", "Koperasi")),
    Sector("health", 45, "II", 120, 20, ("Medika", "Klinik", "Farma")),
    Sector("education", 60, "I", 90, -10, ("Pendidikan", "Edukasi", "Bimbingan")),
    Sector("hotels", 48, "I", 230, -10, ("Hotel", "Wisata", "Griya")),
    Sector("services", 40, "III", 300, -30, ("Jasa", "Pengamanan", "Kebersihan")),
)


@dataclass(frozen=True, slots=True)
class Rates:
    """See each line; the values given here are those of the usual nation."""

    # -- who is a member: wage earners, own-account, construction, migrants; assumption, shares of all members
    segments: tuple[int, int, int, int] = (8_150, 1_150, 500, 200)
    # assumption: members by age from 18 to 63, weights; young people dominate, few stay after 56
    ages: tuple[int, ...] = (
        60, 120, 180, 230, 265, 290, 305, 310, 312, 310, 306, 300, 292, 284, 276, 268, 260, 252, 244, 237, 230, 223,
        216, 209, 202, 195, 188, 181, 174, 167, 160, 153, 146, 138, 130, 121, 111, 99, 82, 58, 38, 27, 19, 13, 9, 6,
    )  # fmt: skip
    women: int = 4_150  # assumption: share of women
    other_origin: int = 700  # assumption: people whose name comes from another region than the one they live in
    no_mail: int = 3_800  # assumption: members who told no e-mail address
    no_phone: int = 300  # assumption: members with no phone of their own nor in the household
    own_phone: int = 8_200  # assumption: members with a phone of their own; the others share the household's
    mother_single_name: int = 4_500  # assumption: older women mostly have one name
    born_elsewhere: int = 1_800  # assumption: people born in another regency than the one their NIK names
    twins: int = 60  # assumption: of two siblings in one household
    # assumption: sizes of the households that follow each other; numbers over two are siblings of one mother
    households: tuple[int, ...] = (1, 2, 1, 3, 2, 1, 4, 2, 1, 1, 2, 4, 1, 2, 3)

    # -- firms
    sectors: tuple[Sector, ...] = _SECTORS
    # assumption, heavy tail: (weight, smallest, largest) number of first workers; within a row small ones are common
    sizes: tuple[tuple[int, int, int], ...] = (
        (5_000, 1, 4),
        (3_100, 5, 19),
        (1_350, 20, 99),
        (450, 100, 499),
        (85, 500, 1_999),
        (14, 2_000, 9_999),
        (1, 10_000, 30_000),
    )
    # assumption: the size of the law goes by capital or sales; here by heads, so many or more
    size_by_workers: tuple[tuple[str, int], ...] = (("large", 100), ("medium", 20), ("small", 5), ("micro", 0))
    extra_programmes: int = 3_500  # assumption: small and micro firms that have more programmes than they must
    founded_later: int = 500  # assumption: firms that begin within the months shown, not before
    # assumption: how firms report and pay; "silent" has workers and never says what they earn
    habits: tuple[Habit, ...] = (
        Habit("on time", 7_000, late=50, most_days=6),
        Habit("sometimes late", 1_500, late=1_800, most_days=40, late_report=300),
        Habit("often late", 850, late=6_500, most_days=110, late_report=2_500),
        Habit("stops paying", 350, late=1_500, most_days=60, late_report=500, stops=True),
        Habit("never pays", 200, pays=False, late_report=1_500, most_days=60),
        Habit("silent", 100, pays=False, reports=False),
    )
    month_left_out: int = 15  # assumption: a month that a firm forgets for good
    report_days: tuple[int, int] = (2, 13)  # assumption: day of the next month on which a firm is used to report
    report_wobble: int = 2  # assumption: and up to so many days later
    pay_within: int = 4  # assumption: days between report and payment of who pays in time

    # -- work
    starts_before: int = 7_600  # assumption: people at work in their first firm when the months shown begin
    first_day: int = 6_000  # assumption: who starts later, starts on the first of a month
    last_day: int = 5_500  # assumption: who leaves, leaves at the end of a month
    # assumption: months between two jobs with their weights; -1 is never again within the months shown
    gaps: tuple[tuple[int, int], ...] = (
        (0, 26), (1, 15), (2, 9), (3, 7), (4, 5), (5, 4), (6, 4), (8, 3), (10, 3), (12, 4), (-1, 20)
    )  # fmt: skip
    stops_at_age: int = 56  # assumption: who leaves a firm at this age or later takes no other job
    moves_region: int = 1_100  # assumption: next jobs in any region, not one's own
    second_job: int = 130  # assumption: people who take a second job beside the first
    second_job_after: int = 6  # assumption: within so many months of the first
    new_card: int = 3_800  # assumption: next jobs for which a new card (KPJ) was made instead of using the old one
    # assumption: why work ends before the age of stopping
    causes: tuple[tuple[str, int], ...] = (("resigned", 52), ("contract ended", 33), ("laid off", 15))
    exit_never_reported: int = 350  # assumption: ends of work that the firm never reports; it just stops paying

    # -- wages
    # assumption: how steep the curve of wages is (hundred-thousandths a step of the bell) and where its middle lies
    # against the region's least wage (per mille)
    wage_step: int = 330
    middle: int = 1_000
    firm_pay: int = 90  # assumption: firms differ by up to so many steps either way
    by_age: int = 3  # assumption: steps for each year of age over 18, up to 45
    managers: int = 260  # assumption: people who earn a multiple of the curve
    managers_pay: tuple[int, int] = (150, 500)  # assumption: of so many per cent, low ones common
    below_least: int = 2_300  # assumption: small and micro firms that pay less than the least wage
    lowest_share: int = 550  # assumption: and down to how much of it, per mille
    raises: tuple[int, int] = (30, 85)  # assumption: what a firm adds each January, per mille
    varying: int = 900  # assumption: people paid by day or piece, whose wage goes up and down from month to month
    varies_by: int = 100  # assumption: by up to so much, per mille
    # assumption: firms that tell less than they pay: nothing but the least wage, or 60 to 85 per cent
    tells_least: int = 600
    tells_part: int = 400

    # -- what is told of people
    misspelt: int = 650  # assumption: names told otherwise than the civil registry writes them
    misspelt_mother: int = 450  # assumption: the same of mothers' names
    misspelt_again: int = 4_500  # assumption: of second records, those whose name is told otherwise
    # assumption: next jobs for which a person was registered anew, under a NIK with a wrong digit
    mistyped_nik: int = 380
    # assumption: of one person in 64, those who have a second NIK and come back under it
    second_nik: int = 4_000
    wrong_birth: int = 1_200  # assumption: of such second records, those with day and month swapped

    # -- own-account workers, migrants, construction: who owes no monthly bill and orders
    bpu_income: tuple[int, int] = (900_000, 9_000_000)  # assumption: told incomes, low ones common
    bpu_at_once: tuple[tuple[int, int], ...] = ((1, 62), (2, 6), (3, 14), (6, 10), (12, 8))  # assumption: months paid
    bpu_with_jht: int = 4_500  # assumption: who also saves for old age (JHT)
    bpu_late: int = 1_300  # assumption: after each payment, those who pay on a month or two late
    bpu_lapses: int = 900  # assumption: after each payment, those who do not pay on
    bpu_returns: int = 3_000  # assumption: of those, who comes back after a gap
    bpu_pause: tuple[int, int] = (4, 12)  # assumption: of so many months
    project_workers: int = 40  # assumption: workers listed for one construction project
    project_value: tuple[int, int] = (60_000_000, 40_000_000_000)  # assumption: contract value net of VAT
    project_months: tuple[int, int] = (2, 18)  # assumption: how long a project lasts
    project_with_vat: int = 3_000  # assumption: contracts whose value is told with VAT
    project_at_once: int = 5_000  # assumption: projects paid at once, not in stages
    project_late: int = 1_800  # assumption: stages paid late, by up to so many days
    project_most_days: int = 45
    project_stops: int = 500  # assumption: stages that are not paid, nor any after them
    abroad_months: tuple[tuple[int, int], ...] = ((6, 8), (12, 14), (24, 78))  # assumption: contracts of migrants
    through_agency: int = 9_100  # assumption: migrants who go through a placement agency
    abroad_with_jht: int = 1_500  # assumption: migrants who also save for old age (JHT)
    abroad_prolonged: int = 2_000  # assumption: packages that are prolonged before they end
    abroad_extra: tuple[tuple[int, int], ...] = ((3, 30), (6, 40), (12, 30))  # assumption: by so many months
    order_lapses: int = 400  # assumption: orders of members that nobody pays


USUAL = Rates()

STEADY = replace(
    USUAL,
    segments=(1, 0, 0, 0),
    sectors=tuple(replace(sector, leaves=0, jkk_class="III") for sector in _SECTORS),
    extra_programmes=0,
    founded_later=0,
    habits=(Habit("on time", 1),),
    month_left_out=0,
    report_days=(2, 2),
    report_wobble=0,
    pay_within=0,
    starts_before=10_000,
    second_job=0,
    below_least=0,
    varying=0,
    tells_least=0,
    tells_part=0,
    misspelt=0,
    misspelt_mother=0,
    no_mail=500,
)
"""Everybody works, is told of rightly and paid for at once: ground for measurements, where nothing may be missing."""

UNPAID = replace(STEADY, habits=(Habit("asks, and has not paid yet", 1, pays=False, asks=10_000),))
"""The same, but every month still waits for its payment, with a number that is good on the last day."""
