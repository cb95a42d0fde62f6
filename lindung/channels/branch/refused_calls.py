"""Calls that claimed to be a bank's and were refused: how many, why, and when last."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from lindung.access.refused_calls import RefusedCalls, refused_calls
from lindung.channels.shared.components import Column, Status, Table
from lindung.channels.shared.formats import moment
from lindung.lib.clock import WIB

_DAYS_SHOWN = 31
_DAYS_TO_ACT = 7
_CLASH = ("40418", "40900")
_PAYMENT = "25"


def refused_table(today: date) -> Table | None:
    """A row for each day, bank and cause of the last month; None where nothing was refused."""
    found = refused_calls(since=today - timedelta(days=_DAYS_SHOWN))
    services = {"24": _("Tanya tagihan"), _PAYMENT: _("Pembayaran"), "73": _("Minta izin masuk")}
    rows = [
        [
            row.day_on,
            row.bank_name or _("Tidak dikenal"),
            services.get(row.service, row.service),
            _cause(row),
            row.calls,
            moment(row.last_at.astimezone(WIB)),
        ]
        for row in found
    ]
    columns = [Column(_("Hari"), "date"), Column(_("Mengaku sebagai")), Column(_("Panggilan"))]
    columns += [Column(_("Sebab")), Column(_("Kali"), "count"), Column(_("Terakhir"))]
    return Table(_("Panggilan bank yang ditolak, 31 hari terakhir"), columns, rows) if rows else None


def clashes(today: date) -> int:
    """How often banks named one payment's reference with two contents, in the days in which it is to be asked about."""
    found = refused_calls(since=today - timedelta(days=_DAYS_TO_ACT))
    return sum(row.calls for row in found if _is_clash(row))


def _is_clash(row: RefusedCalls) -> bool:
    return row.service == _PAYMENT and row.code in _CLASH


def _cause(row: RefusedCalls) -> Status:
    if row.code in _CLASH:
        return Status(_("Nomor acuan sama, isinya lain"), "danger")
    if row.code == "40101":
        return Status(_("Izin masuk salah atau habis"), "quiet")
    return Status(_("Tanda tangan, waktu atau alamat salah"), "needs-you")
