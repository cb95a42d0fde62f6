"""Reading and judging telephone numbers and e-mail addresses as people type them."""

from typing import Final

import polars as pl
from django.conf import settings

from lindung.contact.addresses import is_address
from lindung.uploads.cleaning import tidy
from lindung.uploads.findings import FoundFaults

_MOST_SHARING: Final = 3
_TWO_NUMBERS: Final = r"[0-9].*(?:[/;,&]| atau | dan ).*[0-9]{6}"
_FORM: Final = r"^\+?[0-9]+$"
_HOME: Final = r"^(?:\+62|0062|62)0?|^0([1-9])|^(8)"
_ABROAD: Final = r"^(?:\+|00)[1-9][0-9]{7,14}$"
_FEWEST_DIGITS, _MOST_DIGITS = 9, 12  # after the zero or +62
# A mobile number; 868 is a satellite telephone's, 80 free and dear services.
_MOBILE: Final = r"^8[1-9]"
_SATELLITE: Final = r"^868"
_INVENTED: Final = r"^800"
_LANDLINE: Final = r"^[2-79]"

_MISTYPED: Final = {
    wrong: right
    for right, wrongs in {
        "gmail.com": "gmial.com gmai.com gmal.com gamil.com gnail.com gmaill.com gmail.con gmail.co gmail.cm gmail.om"
        " gmail.co.id gmail.id gmail.comm gmail.vom gmil.com g-mail.com",
        "yahoo.com": "yaho.com yahooo.com yhoo.com yahoo.con yahoo.co yahoo.cm ymial.com",
        "yahoo.co.id": "yaho.co.id yahooo.co.id yahoo.co.di yahoo.id",
        "hotmail.com": "hotmial.com hotmai.com hotmail.con hotmil.com hotmail.co",
        "outlook.com": "outlok.com outlook.con outloo.com",
    }.items()
    for wrong in wrongs.split()
}
_THROWAWAY: Final = [
    "mailinator.com", "yopmail.com", "guerrillamail.com", "10minutemail.com", "temp-mail.org", "tempmail.com",
    "sharklasers.com", "trashmail.com", "getnada.com", "maildrop.cc",
]  # fmt: skip


def read_phones(column: pl.Series) -> pl.DataFrame:
    """``phone`` in E.164 (null: none, or none that can be), ``phone_fault``, ``landline`` (E.164), ``phone_digits``."""
    number, national = pl.col("number"), pl.col("national")
    frame = pl.DataFrame({"written": tidy(column)})
    bare = pl.col("written").str.replace(r"^(?i)(?:hp|wa|telp?|no)[.: ]+", "").str.replace(r"\.0+$", "")
    frame = frame.with_columns(number=bare.str.replace_all(r"[\s().\-–_]", "").replace("", None))
    # 812... is 0812... whose zero a spreadsheet dropped.
    frame = frame.with_columns(national=pl.when(number.str.contains(_HOME)).then(number.str.replace(_HOME, "${1}${2}")))
    count = national.str.len_chars()
    mobile = national.str.contains(_MOBILE) & ~national.str.contains(_SATELLITE)
    if not settings.PRODUCTION:
        mobile |= national.str.contains(_INVENTED)
    landline = national.str.contains(_LANDLINE)
    rules = [
        ("phone_two", pl.col("written").str.contains(_TWO_NUMBERS)),
        ("phone_unreadable", ~number.str.contains(_FORM) | (national.is_null() & ~number.str.contains(_ABROAD))),
        ("phone_landline", landline),
        ("phone_not_mobile", national.is_not_null() & ~mobile),
        ("phone_length", ~count.is_between(_FEWEST_DIGITS, _MOST_DIGITS)),
    ]
    home = pl.concat_str(pl.lit("+62"), national)
    abroad = number.str.replace("^00", "+")
    return frame.with_columns(
        phone_fault=pl.coalesce([pl.when(rule & number.is_not_null()).then(pl.lit(code)) for code, rule in rules]),
    ).select(
        "phone_fault",
        phone=pl.when(pl.col("phone_fault").is_null()).then(pl.when(national.is_null()).then(abroad).otherwise(home)),
        landline=pl.when(pl.col("phone_fault") == "phone_landline").then(home),
        phone_digits=count + 1,
    )


def read_emails(column: pl.Series) -> pl.DataFrame:
    """``email`` (null: none, or none that can be) and ``email_fault``."""
    text = pl.col("text")
    plain = tidy(column).str.replace(r"^(?i)mailto:", "").str.replace(r"^.*<([^<>]+)>$", "${1}")
    frame = pl.DataFrame({"text": plain.str.replace(r"[ .,;]+$", "").str.replace(r"^[-.]*$", "").replace("", None)})
    domain = text.str.extract("(@[^@]*)$")
    local = text.str.replace("@[^@]*$", "")
    frame = frame.with_columns(pl.concat_str(local, domain.str.to_lowercase().fill_null("")).alias("text"))
    texts = frame["text"].drop_nulls().unique()
    good = texts.filter(pl.Series([is_address("email", one) for one in texts], dtype=pl.Boolean))
    two = text.str.contains(r"@.*[\s;,/]+.*@")
    return frame.with_columns(
        email_fault=pl.when(two)
        .then(pl.lit("email_two"))
        .when(~text.is_in(good.implode()))
        .then(pl.lit("email_unreadable"))
    ).select("email_fault", email=pl.when(pl.col("email_fault").is_null()).then(text))


def bad_contacts(found: FoundFaults, rows: pl.DataFrame) -> None:
    """What nobody can be reached by, and what looks mistyped; ``rows`` as the readers give them, with ``row_no``."""
    for fault in ("phone_fault", "email_fault"):
        for code in rows[fault].drop_nulls().unique(maintain_order=True):
            params = {"count": pl.col("phone_digits")} if code == "phone_length" else {}
            found.add(rows.filter(pl.col(fault) == code), code, **params)
    found.add(rows.filter(~pl.col("phone").str.starts_with("+62")), "phone_foreign")
    for name in ("phone", "email"):
        sharing = pl.len().over(pl.col(name).str.to_lowercase())
        found.add(rows.filter(pl.col(name).is_not_null() & (sharing > _MOST_SHARING)), f"{name}_shared", count=sharing)
    mailed = rows.filter(pl.col("email").is_not_null()).with_columns(domain=pl.col("email").str.extract("@(.*)$"))
    meant = pl.col("domain").replace_strict(_MISTYPED, default=None, return_dtype=pl.String)
    mistyped = mailed.with_columns(meant=meant).filter(pl.col("meant").is_not_null())
    found.add(mistyped, "email_typo", meant=pl.col("meant"))
    found.add(mailed.filter(pl.col("domain").is_in(_THROWAWAY)), "email_throwaway")
