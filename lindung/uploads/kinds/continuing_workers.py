"""People who have a card already and come to work here: their KPJ, name and birth date must belong together.

Of a number that does not fit no more is said than that, whether it is somebody else's card or nobody's.
"""

from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from django.db import connection

from lindung.registry import known, kpj
from lindung.registry.placing import lock_firm
from lindung.registry.queries import EmployerFacts
from lindung.registry.services import PROPOSED
from lindung.uploads.cleaning import digits
from lindung.uploads.dates import read_dates
from lindung.uploads.findings import FoundFaults, fault_counts, findings_of
from lindung.uploads.kinds.aliases import columns
from lindung.uploads.kinds.file_faults import twins
from lindung.uploads.kinds.forms import BESIDE, write_form
from lindung.uploads.kinds.kind import Checked, Order
from lindung.uploads.kinds.own_workers import refuse_future_month
from lindung.uploads.kinds.worker_forms import CONTINUING_WORKERS_FORM
from lindung.uploads.kinds.worker_rows import (
    FirmFacts,
    WorkerFile,
    bad_work,
    contract_end,
    settled,
    shared_columns,
    with_work_days,
)
from lindung.uploads.kinds.worker_rows import (
    book as book,
)
from lindung.uploads.layouts import Layout
from lindung.uploads.names import bad_names, read_names
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet, field_texts

LAYOUT: Final = Layout(
    kind="continuing_workers",
    sheet="data_tk_lanjutan",
    fields=columns(
        "kpj", "employee_no", "name", "birth_on", "wage", "location", "contract", "from_on", "contract_until_on"
    ),
    needed={"kpj": ("kpj",), "name": ("name",), "birth": ("birth_on",), "start": ("from_on",), "wage": ("wage",)},
    content=("kpj", "name", "birth_on", "from_on", "wage"),
    identifiers=("kpj", "birth_on"),
    totals=("kpj", "employee_no", "name"),
    numbers_as_text=("kpj",),
    beside=BESIDE,
)
CHECKING: Final[tuple[Step, ...]] = ("reading", "matching", "judging", "saving")
BOOKING: Final[tuple[Step, ...]] = ("booking", "enrolling")
IN_PARTS: Final = True
ONE_A_MONTH: Final = False
refuse_month = refuse_future_month

_NIK_DIGITS: Final = 16
_ONE_DAY: Final = timedelta(days=1)


def month_facts(*, employer: EmployerFacts, period: date, today: date) -> FirmFacts:
    """The firm and the day. Whose cards they are is asked when it is known which are in the file."""
    return FirmFacts(employer, period, today)


def file_rows(sheet: Sheet) -> WorkerFile:
    """Clean a sheet's fields and judge its card numbers: ``kpj_given`` (digits) and ``kpj_fault``."""
    fields = field_texts(sheet, LAYOUT)
    rows = shared_columns(fields).with_columns(name=read_names(fields["name"]), kpj_given=digits(fields["kpj"]))
    given = pl.col("kpj_given")
    length = given.str.len_chars()
    fault = (
        pl.when(given.is_null()).then(pl.lit("kpj_missing"))
        .when(given.str.contains("^[0-9]+$") & (length == _NIK_DIGITS)).then(pl.lit("kpj_is_nik"))
        .when(~given.str.contains("^[0-9]+$") | ~length.is_between(kpj.FEWEST_DIGITS, kpj.MOST_DIGITS))
        .then(pl.lit("kpj_form"))
    )  # fmt: skip
    return WorkerFile(sheet, fields, rows.with_columns(kpj_fault=fault))


def check(file: WorkerFile, *, facts: FirmFacts, meter: Meter) -> Checked:
    """Check a file's rows, and each card with its name and birth date. Raises ``Refused``."""
    sheet = file.sheet
    total = sheet.cells.height
    found = FoundFaults(sheet)
    birth = read_dates(file.fields["birth_on"], today=facts.today, past=True)
    birth = birth.insert_column(0, file.fields["row_no"])
    rows = with_work_days(found, file, today=facts.today, birth_on=birth)
    meter.move("matching", 0, total)
    rows = rows.join(_recognised(facts.employer.id, rows), on="row_no", how="left", maintain_order="left")
    meter.move("judging", 0, total)
    found.add(rows.filter(pl.col("name").is_null()), "name_missing")
    bad_names(found, rows, "name", "name")
    bad_work(found, rows, sheet, needed=("contract",))
    _cards(found, rows)
    settled(found, sheet)
    meter.move("judging", total, total)

    accepted = rows.filter(~pl.col("row_no").is_in(found.rows_with_errors().implode()))
    all_faults = found.frame()
    summary: dict[str, Any] = {
        "rows": total,
        "empty_rows": sheet.notes.get("empty_rows", 0),
        "workers": accepted.height,
        "continuing": accepted.height,
        **fault_counts(all_faults),
    }
    return Checked(summary, findings_of(sheet, all_faults, _preview(accepted)), _proposed(accepted))


def _recognised(employer_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """What the registry makes of each whole row, by ``row_no``: the card, the work here, what differs, an open row.

    A number with fewer digits than ours is looked for as it stands, and with the zeros that a spreadsheet may have
    dropped in front.
    """
    whole = rows.filter(
        pl.all_horizontal(pl.col("kpj_fault").is_null(), pl.col("name", "birth_on", "from_on").is_not_null())
    )
    given = pl.col("kpj_given")
    short = whole.filter(given.str.len_chars() < kpj.OUR_DIGITS).with_columns(given.str.zfill(kpj.OUR_DIGITS))
    asked = pl.concat([whole, short]).select(
        pl.col("row_no").cast(pl.Int64).alias("row"), "name", "birth_on", "from_on",
        nik_index=pl.lit(None, pl.Binary), kpj="kpj_given",
    )  # fmt: skip
    seen = known.recognised(employer_id=employer_id, rows=asked)
    seen = seen.sort(pl.col("differing") == "kpj", maintain_order=True).unique("row", keep="first")
    waiting = known.open_rows_by_kpj(
        employer_id=employer_id, rows=asked["row"].to_list(), kpjs=asked["kpj"].to_list()
    ).unique("row", keep="first")
    seen = seen.join(waiting.rename({"state": "open_state"}), on="row", how="left", maintain_order="left")
    return seen.select(
        pl.col("row").cast(pl.UInt32).alias("row_no"), "kpj_named", "membership_id", "employment_id", "left_on",
        "differing", "open_state",
    )  # fmt: skip


def _cards(found: FoundFaults, rows: pl.DataFrame) -> None:
    for code in rows["kpj_fault"].drop_nulls().unique(maintain_order=True):
        found.add(rows.filter(pl.col("kpj_fault") == code), code)
    cards = rows.filter(pl.col("kpj_fault").is_null())
    found.add(twins(cards, "kpj_given"), "same_kpj", other_row=pl.col("other_row"))
    given = cards["kpj_given"].to_list()
    strange = cards.with_columns(
        slip=pl.Series([kpj.check(number) == "doubtful" for number in given], dtype=pl.Boolean)
    )
    strange = strange.filter(pl.col("differing").is_in(["kpj", "birth_on"]))
    found.add(strange.filter("slip"), "kpj_slip")
    found.add(strange.filter(~pl.col("slip")), "kpj_no_match")
    fitting = cards.filter(~pl.col("differing").is_in(["kpj", "birth_on"]))
    works = pl.col("employment_id").is_not_null()
    found.add(fitting.filter(works), "works_here", "kpj", kpj=pl.col("kpj_named"))
    returns = fitting.filter(~works & (pl.col("left_on") > pl.col("from_on")))
    found.add(returns, "left_here", last_on=(pl.col("left_on") - _ONE_DAY).dt.to_string("%Y-%m-%d"))
    found.add(fitting.filter(~works & (pl.col("open_state") == "waiting")), "waits_here", "kpj")


def _preview(accepted: pl.DataFrame) -> pl.DataFrame:
    return accepted.select(
        pl.col("row_no").cast(pl.UInt32),
        kind=pl.lit("continuing"),
        name="name",
        kpj="kpj_named",
        employee_no=pl.col("employee_no").fill_null(""),
        on="from_on",
        wage_rupiah="wage_rupiah",
        detail=pl.lit(""),
        before_rupiah=pl.lit(None, pl.Int64),
    )


def _proposed(accepted: pl.DataFrame) -> pl.DataFrame:
    """The rows as the registry takes them: the card says who it is, so that no NIK travels."""
    rows = accepted.with_columns(
        kpj="kpj_named",
        mother_name=pl.lit(""),
        citizen=pl.lit(value=True),
        contract_until_on=contract_end(),
        **{name: pl.lit(None, pl.String) for name in ("nik", "sex", "email", "phone", "details")},
        **{name: pl.col(name).fill_null("") for name in ("employee_no", "contract", "location")},
    )
    return rows.select(pl.col(name).cast(kind) for name, kind in PROPOSED.items())


def facts_changed(order: Order, rows: pl.DataFrame) -> bool:
    """Whether a card no longer fits, or its owner came to work here meanwhile. From now on nobody else is let in."""
    with connection.cursor() as cursor:
        lock_firm(cursor, order.employer_id)
    asked = rows.with_row_index("row").select(
        pl.col("row").cast(pl.Int64), "name", "birth_on", "from_on", "kpj", nik_index=pl.lit(None, pl.Binary)
    )
    seen = known.recognised(employer_id=order.employer_id, rows=asked)
    return not seen.filter((pl.col("differing") != "") | pl.col("employment_id").is_not_null()).is_empty()


def template(*, employer: EmployerFacts, period: date) -> bytes:
    """The scheme's form for workers who have a card, as .xlsx, empty."""
    return write_form(sheet=LAYOUT.sheet, columns=CONTINUING_WORKERS_FORM, employer=employer)
