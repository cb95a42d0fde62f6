"""People who are to be registered: every fault of the file at once, who is new and who has a card already.

They become ``registry`` rows that wait for the civil registry. A wrong row need not hold up the right ones: the file
can be booked in parts. Columns all the way: no loop over workers. Nothing is written here.
"""

from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from django.db import connection

from lindung.lib.crypto import blind_index_column
from lindung.registry import known
from lindung.registry.deadlines import REGISTRATION_DAYS
from lindung.registry.kpj import FEWEST_DIGITS, MOST_DIGITS
from lindung.registry.placing import lock_firm
from lindung.registry.queries import EmployerFacts
from lindung.registry.services import PROPOSED
from lindung.uploads.choices import BLOOD, CITIZEN, IDENTITY, MARRIED, SEX, read_choices
from lindung.uploads.cleaning import digits, plain_name, tidy
from lindung.uploads.contacts import bad_contacts, read_emails, read_phones
from lindung.uploads.dates import read_dates
from lindung.uploads.findings import FoundFaults, fault_counts, findings_of
from lindung.uploads.kinds.aliases import columns
from lindung.uploads.kinds.file_faults import twins
from lindung.uploads.kinds.forms import BESIDE, write_form
from lindung.uploads.kinds.kind import Checked, Order
from lindung.uploads.kinds.own_workers import refuse_future_month
from lindung.uploads.kinds.worker_forms import NEW_WORKERS_FORM
from lindung.uploads.kinds.worker_rows import (
    FirmFacts,
    WorkerFile,
    bad_choices,
    bad_work,
    contract_end,
    missing_columns,
    settled,
    shared_columns,
    too_long,
    with_work_days,
)
from lindung.uploads.kinds.worker_rows import (
    book as book,
)
from lindung.uploads.layouts import Layout
from lindung.uploads.names import bad_names, read_names
from lindung.uploads.niks import birth_in_nik, odd_niks, read_niks, unusable_niks
from lindung.uploads.progress import Meter, Step
from lindung.uploads.sheet import Sheet, field_texts

_NAMES: Final = ("name", "first_name", "middle_name", "last_name")
LAYOUT: Final = Layout(
    kind="new_workers",
    sheet="data_tk_baru",
    fields=columns(
        "employee_no", *_NAMES, "title", "home_area", "home_phone", "office_area", "office_phone", "office_extension",
        "phone", "email", "birth_place", "birth_on", "mother_name", "identity_kind", "nik", "kpj", "identity_until",
        "sex", "letters_to", "member_on", "married", "blood", "npwp", "country", "wage", "address", "postal_code",
        "location", "contract", "from_on", "contract_until_on",
    ),
    needed={
        "name": ("name", "first_name"),
        "nik": ("nik",),
        "birth": ("birth_on",),
        "sex": ("sex",),
        "start": ("from_on",),
        "wage": ("wage",),
    },
    content=(*_NAMES, "nik", "birth_on", "mother_name", "from_on", "wage"),
    identifiers=("nik", "birth_on"),
    totals=("employee_no", *_NAMES, "nik"),
    numbers_as_text=("nik", "npwp"),
    beside=BESIDE,
)  # fmt: skip
CHECKING: Final[tuple[Step, ...]] = ("reading", "matching", "judging", "saving")
BOOKING: Final[tuple[Step, ...]] = ("booking", "enrolling")
IN_PARTS: Final = True
ONE_A_MONTH: Final = False
refuse_month = refuse_future_month

_USUAL: Final = {"contract": "STATUS_PEGAWAI", "married": "STATUS_KAWIN", "mother_name": "NAMA_IBU_KANDUNG"}
_LONGEST: Final = {"title": 40, "birth_place": 80, "address": 300, "home_phone": 40, "office_phone": 40}
_KPJ: Final = f"^[0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}}$"
_NO_NPWP: Final = "^0*$"


def month_facts(*, employer: EmployerFacts, period: date, today: date) -> FirmFacts:
    """The firm and the day. Whom we know is asked when it is known who is in the file."""
    return FirmFacts(employer, period, today)


def file_rows(sheet: Sheet) -> WorkerFile:
    """Clean a sheet's fields, judge its NIK and index them."""
    fields = field_texts(sheet, LAYOUT)
    nik = read_niks(fields["nik"], fields["nik_is_number"])
    identity = read_choices(fields["identity_kind"], IDENTITY)
    foreign = identity["choice"] == "PASPOR"
    country = read_choices(fields["country"], CITIZEN)
    sex, married, blood = (
        read_choices(fields[name], words) for name, words in (("sex", SEX), ("married", MARRIED), ("blood", BLOOD))
    )
    rows = shared_columns(fields).with_columns(
        name=_whole_name(fields),
        mother_name=_mothers(fields["mother_name"]),
        kpj=digits(fields["kpj"]),
        identity_unread=identity["unread"],
        sex=sex["choice"],
        sex_unread=sex["unread"],
        married=married["choice"],
        married_unread=married["unread"],
        blood=blood["choice"],
        blood_unread=blood["unread"],
        citizen=~country["unread"].fill_null(value=False),
        npwp=digits(fields["npwp"]),
        postal_code=digits(fields["postal_code"]),
        title=tidy(fields["title"]),
        birth_place=tidy(fields["birth_place"]),
        address=tidy(fields["address"]),
        home_phone=_joined(fields, "home_area", "home_phone"),
        office_phone=_joined(fields, "office_area", "office_phone", "office_extension"),
        identity_until=tidy(fields["identity_until"]),
        letters_to=tidy(fields["letters_to"]),
        member_on=tidy(fields["member_on"]),
    )
    nik = nik.with_columns(
        nik=pl.when(~foreign.fill_null(value=False)).then(pl.col("nik")),
        nik_fault=pl.when(foreign).then(pl.lit("passport")).otherwise(pl.col("nik_fault")),
    )
    rows = pl.concat([rows, nik, read_phones(fields["phone"]), read_emails(fields["email"])], how="horizontal")
    usable = rows.filter(pl.col("nik").is_not_null()).select("row_no", "nik")
    indexes = pl.Series(blind_index_column("nik", usable["nik"].to_list()), dtype=pl.Binary)
    indexed = usable.select("row_no", nik_index=indexes)
    return WorkerFile(sheet, fields, rows.join(indexed, on="row_no", how="left", maintain_order="left"))


def _whole_name(fields: pl.DataFrame) -> pl.Series:
    """The name; of an older form its three parts with single blanks between."""
    parts = pl.concat_str([pl.col(part) for part in _NAMES[1:]], separator=" ", ignore_nulls=True)
    whole = pl.when(pl.col("name").str.strip_chars() != "").then(pl.col("name")).otherwise(parts)
    return read_names(fields.select(whole.alias("name"))["name"])


def _mothers(column: pl.Series) -> pl.Series:
    """A mother's name; null where a sign or words say that nobody knows it."""
    names = read_names(column)
    unknown = plain_name(names).is_in(["", "TIDAK TAHU", "TIDAK DIKETAHUI", "TIDAK ADA", "TDK TAHU", "UNKNOWN", "NN"])
    # Signs and emoji without a letter are left for the judge of names; dashes and dots mean nothing.
    return pl.select(pl.when(~(unknown & ~names.str.contains(r"[^\p{L}\p{N}\s.\-_/]"))).then(names)).to_series()


def _joined(fields: pl.DataFrame, *names: str) -> pl.Series:
    parts = [tidy(fields[name]).alias(name) for name in names]
    return pl.select(pl.concat_str(parts, separator=" ", ignore_nulls=True).replace("", None)).to_series()


def check(file: WorkerFile, *, facts: FirmFacts, meter: Meter) -> Checked:
    """Check a file's rows, and against whom we know. Raises ``Refused``."""
    sheet = file.sheet
    total = sheet.cells.height
    meter.move("matching", 0, total)
    people = _known(facts.employer.id, file.rows)
    meter.move("judging", 0, total)
    found = FoundFaults(sheet)
    missing_columns(found, sheet, _USUAL)
    birth = _births(found, file, facts.today)
    rows = with_work_days(found, file, today=facts.today, birth_on=birth).join(
        people, on="row_no", how="left", maintain_order="left"
    )
    _names(found, rows, sheet)
    unusable_niks(found, rows)
    odd_niks(found, rows, today=facts.today)
    found.add(rows.filter("identity_unread"), "identity_unread")
    bad_work(found, rows, sheet, needed=("contract",))
    bad_choices(found, rows, sheet, ("sex", "married"))
    bad_contacts(found, rows)
    found.add(rows.filter(_silent("phone") & _silent("email")), "no_contact")
    _details(found, rows)
    _same_people(found, rows)
    _known_people(found, rows)
    settled(found, sheet)
    _late(found, rows, facts.today)
    meter.move("judging", total, total)

    accepted = rows.filter(~pl.col("row_no").is_in(found.rows_with_errors().implode()))
    all_faults = found.frame()
    preview = _preview(accepted)
    kinds = dict(preview.group_by("kind").len().iter_rows())
    summary: dict[str, Any] = {
        "rows": total,
        "empty_rows": sheet.notes.get("empty_rows", 0),
        "workers": accepted.height,
        **{kind: kinds.get(kind, 0) for kind in ("new", "known", "again")},
        **fault_counts(all_faults),
    }
    return Checked(summary, findings_of(sheet, all_faults, preview), _proposed(accepted))


def _known(employer_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """What we have of the people in the file: ``placing.FOUND`` by ``row_no``, ``open_state`` of their rows here."""
    told = rows.filter(pl.col("nik_index").is_not_null())
    row_nos, indexes = told["row_no"].to_list(), told["nik_index"].to_list()
    people = known.known_people(employer_id=employer_id, rows=row_nos, nik_indexes=indexes)
    waiting = known.open_rows_by_nik(employer_id=employer_id, rows=row_nos, nik_indexes=indexes)
    named = told.filter(pl.col("kpj").str.contains(_KPJ))
    cards = known.known_cards(employer_id=employer_id, rows=named["row_no"].to_list(), kpjs=named["kpj"].to_list())
    frame = told.select("row_no", row=pl.col("row_no").cast(pl.Int64))
    for part in (
        people.rename({"kpj": "own_kpj"}),
        waiting.rename({"state": "open_state"}),
        cards.select("row", card_person="person_id"),
    ):
        frame = frame.join(part, on="row", how="left", maintain_order="left")
    return frame.drop("row")


def _births(found: FoundFaults, file: WorkerFile, today: date) -> pl.DataFrame:
    """Birth dates as read; where only the year is told, the day that the NIK tells of that year."""
    read = read_dates(file.fields["birth_on"], today=today, past=True)
    read = read.insert_column(0, file.fields["row_no"]).with_columns(file.rows["nik"])
    told = pl.when(pl.col("fault") == "date_incomplete").then(birth_in_nik(pl.col("year")))
    read = read.with_columns(told=told)
    estimated = read.filter(pl.col("told").is_not_null())
    found.add(estimated, "birth_estimated", read_on=pl.col("told").dt.to_string("%Y-%m-%d"))
    return read.with_columns(
        on=pl.coalesce("on", "told"), fault=pl.when(pl.col("told").is_null()).then(pl.col("fault"))
    )


def _names(found: FoundFaults, rows: pl.DataFrame, sheet: Sheet) -> None:
    field = "name" if "name" in sheet.letters else "first_name"
    found.add(rows.filter(pl.col("name").is_null()), "name_missing", field)
    bad_names(found, rows, "name", field)
    bad_names(found, rows, "mother_name", "mother_name")
    if "mother_name" in sheet.letters:
        found.add(rows.filter(pl.col("mother_name").is_null()), "mother_missing")
    same = plain_name(rows["mother_name"]) == plain_name(rows["name"])
    found.add(rows.filter(same.fill_null(value=False)), "mother_same")


def _silent(name: str) -> pl.Expr:
    """Nothing is told, which is another thing than something that cannot be used."""
    return pl.col(name).is_null() & (pl.col(f"{name}_fault").is_null() | (pl.col(f"{name}_fault") == "phone_landline"))


def _details(found: FoundFaults, rows: pl.DataFrame) -> None:
    found.add(rows.filter("blood_unread"), "blood_unread")
    npwp = pl.col("npwp")
    found.add(rows.filter(~npwp.str.contains("^(?:[0-9]{15,16}|0*)$")), "npwp_unread")
    found.add(rows.filter(~pl.col("postal_code").str.contains("^[0-9]{5}$")), "postal_unread")
    too_long(found, rows, _LONGEST)


def _same_people(found: FoundFaults, rows: pl.DataFrame) -> None:
    """One NIK in two rows, and what looks like one person with two NIK."""
    plain = rows.filter(pl.col("nik").is_not_null())
    plain = plain.with_columns(plain=plain_name(plain["name"]).fill_null(""))
    other = pl.col("other_row")
    twice = twins(plain, "nik")
    names = twice.select(other_row="row_no", other_plain="plain")
    twice = twice.join(names, on="other_row", how="left", maintain_order="left")
    alike = pl.col("plain") == pl.col("other_plain")
    found.add(twice.filter(alike), "same_nik", other_row=other)
    found.add(twice.filter(~alike), "same_nik_other_name", other_row=other)
    once = plain.join(twice, on="row_no", how="anti", maintain_order="left")
    once = once.filter((pl.col("plain") != "") & pl.col("birth_on").is_not_null())
    found.add(twins(once, "plain", "birth_on"), "same_person_other_nik", other_row=other)


def _known_people(found: FoundFaults, rows: pl.DataFrame) -> None:
    """What the firm itself has with these people; of anybody else's nothing is said."""
    works = pl.col("employment_id").is_not_null()
    found.add(rows.filter(works), "works_here", "nik", kpj=pl.col("own_kpj"))
    returns = rows.filter(~works & (pl.col("left_on") > pl.col("from_on")))
    last_on = (pl.col("left_on") - timedelta(days=1)).dt.to_string("%Y-%m-%d")
    found.add(returns, "left_here", last_on=last_on)
    found.add(rows.filter(~works & (pl.col("open_state") == "waiting")), "waits_here", "nik")
    # The same answer for a card of somebody else's and for one that does not exist.
    named = rows.filter(pl.col("kpj").is_not_null() & pl.col("nik").is_not_null())
    found.add(named.filter(pl.col("card_person").ne_missing(pl.col("person_id")) | _no_card()), "kpj_unfit")


def _no_card() -> pl.Expr:
    return pl.col("card_person").is_null()


def _late(found: FoundFaults, rows: pl.DataFrame, today: date) -> None:
    late = rows.filter(pl.col("from_on") + timedelta(days=REGISTRATION_DAYS) < today).height
    if late:
        found.add_cell(0, "registered_late", count=late)


def _preview(accepted: pl.DataFrame) -> pl.DataFrame:
    """Who is new, who has a card (told only where the firm knows his name and birth date), who is sent again."""
    plain = [plain_name(accepted[name]) for name in ("name", "name_known")]
    known_to_the_firm = (plain[0] == plain[1]).fill_null(value=False)
    member = pl.col("person_id").is_not_null() & (pl.col("birth_on") == pl.col("birth_on_known")) & known_to_the_firm
    kind = pl.when(pl.col("open_state").is_not_null()).then(pl.lit("again")).when(member).then(pl.lit("known"))
    return accepted.select(
        pl.col("row_no").cast(pl.UInt32),
        kind.otherwise(pl.lit("new")).alias("kind"),
        "name",
        kpj=pl.lit(None, pl.String),
        employee_no=pl.col("employee_no").fill_null(""),
        on="from_on",
        wage_rupiah="wage_rupiah",
        detail=pl.lit(""),
        before_rupiah=pl.lit(None, pl.Int64),
    )


def _proposed(accepted: pl.DataFrame) -> pl.DataFrame:
    """The rows as the registry takes them."""
    rows = accepted.with_columns(
        contract_until_on=contract_end(),
        details=_told_besides(accepted),
        kpj=pl.when(~_no_card() & (pl.col("card_person") == pl.col("person_id"))).then(pl.col("kpj")),
        **{name: pl.col(name).fill_null("") for name in ("mother_name", "employee_no", "contract", "location")},
    )
    return rows.select(pl.col(name).cast(kind) for name, kind in PROPOSED.items())


def _told_besides(accepted: pl.DataFrame) -> pl.Series:
    """What else was told of each, as JSON; null where it is nothing. What could not be read is left out."""
    usable = {
        "marital": pl.col("married"),
        "blood_group": pl.col("blood"),
        "npwp": pl.when(pl.col("npwp").str.contains("^[0-9]{15,16}$") & ~pl.col("npwp").str.contains(_NO_NPWP)).then(
            pl.col("npwp")
        ),
        "postal_code": pl.when(pl.col("postal_code").str.contains("^[0-9]{5}$")).then(pl.col("postal_code")),
        "home_phone": pl.coalesce("home_phone", "landline"),
        **{
            name: pl.col(name)
            for name in (
                "title", "birth_place", "address", "office_phone", "identity_until", "letters_to", "member_on"
            )
        },
    }  # fmt: skip
    told = pl.struct(value.alias(name) for name, value in usable.items()).struct.json_encode()
    told = told.str.replace_all(r'"\w+":null,?', "").str.replace(",}$", "}")
    return accepted.select(told=pl.when(told != "{}").then(told))["told"]


def facts_changed(order: Order, rows: pl.DataFrame) -> bool:
    """Whether somebody in the file came to work here since it was checked. Nobody else is let in meanwhile."""
    with connection.cursor() as cursor:
        lock_firm(cursor, order.employer_id)
    indexes = blind_index_column("nik", rows["nik"].to_list())
    people = known.known_people(employer_id=order.employer_id, rows=range(rows.height), nik_indexes=indexes)
    starts = rows.select(row=pl.int_range(pl.len(), dtype=pl.Int64), from_on="from_on")
    here = people.join(starts, on="row").filter(
        pl.col("employment_id").is_not_null() | (pl.col("left_on") > pl.col("from_on"))
    )
    return not here.is_empty()


def template(*, employer: EmployerFacts, period: date) -> bytes:
    """The scheme's form for new workers as .xlsx, empty, with this firm's places to choose from."""
    return write_form(sheet=LAYOUT.sheet, columns=NEW_WORKERS_FORM, employer=employer)
