"""What the answer of each segment's form looks like: one sum, who pays it, every line of it, what is doubtful."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lindung.channels.public.construction import WAGES, ConstructionForm
from lindung.channels.public.explained import PAYERS, certainty, lines_table, rules_used
from lindung.channels.public.migrant import MigrantForm
from lindung.channels.public.own_account import OwnAccountForm
from lindung.channels.public.wage_earner import RISKS, WageEarnerForm
from lindung.channels.shared.components import Column, SummaryRow, Table
from lindung.channels.shared.formats import month_name
from lindung.law import Answer


def of_wage_earner(form: WageEarnerForm) -> dict[str, Any]:
    """Total of the month, both shares, the due date, the fine; without a risk class the sum of every class."""
    one, month = form.answer, month_name(form.cleaned_data["month"])
    result = one.result
    label = _("Iuran %(month)s") % {"month": month}
    if form.by_class:
        label = _("Iuran %(month)s tanpa JKK") % {"month": month}
    rows = [
        SummaryRow(_("Dibayar pemberi kerja"), result["total_employer"], kind="amount"),
        SummaryRow(_("Dipotong dari upah pekerja"), result["total_worker"], kind="amount"),
        SummaryRow(_("Paling lambat dibayar"), form.due.due_on, source=form.due.article, kind="date"),
    ]
    answers = [one]
    tables = [
        lines_table(_("Rincian iuran"), [line for line in one.lines if line.billed], (_("Jumlah"), result["total"]))
    ]
    if beside := [line for line in one.lines if not line.billed]:
        tables.append(lines_table(_("Tidak menambah tagihan bulan ini"), beside))
    if form.late is not None:
        answers.append(form.late)
        rows.append(
            SummaryRow(_("Denda"), form.late.result["fine"], source=_("Ditanggung pemberi kerja"), kind="amount")
        )
        rows.append(SummaryRow(_("Iuran dan denda"), form.late.result["total"], kind="amount"))
        tables.append(lines_table(_("Rincian denda"), form.late.lines))
    return {
        **_shown(answers, label, result["total"], rows, tables),
        "sentences": [*one.sentences, *([form.late_unknown] if form.late_unknown else [])],
        "by_class": _by_class(form.by_class),
        "doubts": [*certainty([*answers, *form.by_class.values()])["doubts"], *form.due.doubts],
    }


def _by_class(answers: dict[str, Answer]) -> Table | None:
    """JKK and the whole sum for every risk class."""
    columns = [Column(_("Kelas risiko")), Column(_("JKK"), "amount"), Column(_("Seluruh iuran"), "amount")]
    rows = [[RISKS[one], each.result["jkk"], each.result["total"]] for one, each in answers.items()]
    return Table(_("Dengan JKK, menurut kelas risiko"), columns, rows) if rows else None


def of_own_account(form: OwnAccountForm) -> dict[str, Any]:
    """The sum of one month, and of all that is paid at once."""
    one, months = form.answer, form.cleaned_data["months"]
    result = one.result
    rows = [SummaryRow(_("Dasar iuran golongan ini"), result["base"], kind="amount")]
    note = _("sebulan, dibayar peserta sendiri")
    if months > 1:
        at_once = ngettext("Untuk %(count)s bulan sekaligus", "Untuk %(count)s bulan sekaligus", months)
        rows.append(SummaryRow(at_once % {"count": months}, result[f"total_{months}_months"], kind="amount"))
    table = lines_table(_("Rincian iuran sebulan"), one.lines, (_("Jumlah"), result["total"]))
    label = _("Iuran %(month)s") % {"month": month_name(form.cleaned_data["month"])}
    answers = [one, form.standing] if form.standing else [one]
    return _shown(answers, label, result["total"], rows, [table], note=note)


def of_construction(form: ConstructionForm) -> dict[str, Any]:
    """The one sum of a project and its stages, or the sum of a month."""
    one = form.answer
    result = one.result
    by_wage = form.cleaned_data["basis"] == WAGES
    rows = [SummaryRow(_("Yang membayar"), str(PAYERS["employer"]))]
    if "contract_net_of_vat" in result:
        rows.append(SummaryRow(_("Nilai kontrak tanpa PPN"), result["contract_net_of_vat"], kind="amount"))
    stages = [key for key in result if key.startswith("stage_")]
    rows += [
        SummaryRow(_("Tahap %(number)s") % {"number": key.removeprefix("stage_")}, result[key], kind="amount")
        for key in stages
    ]
    label = (
        _("Iuran %(month)s") % {"month": month_name(form.cleaned_data["month"])} if by_wage else _("Iuran proyek ini")
    )
    note = _("sebulan") if by_wage else _("satu kali untuk seluruh proyek")
    table = lines_table(_("Rincian iuran"), one.lines, (_("Jumlah"), result["total"]))
    return _shown([one], label, result["total"], rows, [table], note=note)


def of_migrant(form: MigrantForm) -> dict[str, Any]:
    """What is paid once for the contract; JHT a month beside it."""
    one, months = form.answer, form.cleaned_data["contract_months"]
    result = one.result
    rows = [SummaryRow(_("Yang membayar"), str(PAYERS["member"]))]
    if "jht" in result:
        rows.append(SummaryRow(_("JHT sebulan"), result["jht"], kind="amount"))
        all_of_it = ngettext("JHT selama %(count)s bulan", "JHT selama %(count)s bulan", months) % {"count": months}
        rows.append(SummaryRow(all_of_it, result[f"jht_{months}_months"], kind="amount"))
    table = lines_table(
        _("Rincian iuran"), [line for line in one.lines if line.key != "jht"], (_("Jumlah"), result["total"])
    )
    tables = [table]
    if beside := [line for line in one.lines if line.key == "jht"]:
        tables.append(lines_table(_("Tabungan JHT, tiap bulan"), beside))
    return _shown([one], _("Iuran kontrak ini"), result["total"], rows, tables, note=_("JKK dan JKM, dibayar sekali"))


def _shown(
    answers: list[Answer], label: str, total: Any, rows: list[SummaryRow], tables: list[Any], note: str = ""
) -> dict[str, Any]:
    return {
        "key_label": label,
        "key_rupiah": total,
        "key_note": note,
        "rows": rows,
        "tables": tables,
        "sentences": [sentence for one in answers for sentence in one.sentences],
        "rules": rules_used(answers),
        **certainty(answers),
    }
