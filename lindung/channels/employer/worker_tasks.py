"""What a firm has to do about its workers now, as lines of its first page."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lindung.channels.employer import steps
from lindung.channels.employer.file_kinds import file_kinds
from lindung.channels.employer.workers import workers_url
from lindung.channels.shared.components import Kind, Task
from lindung.channels.shared.formats import count, long_date
from lindung.contributions.left_unreported import LeftUnreported
from lindung.registry.deadlines import report_exit_by
from lindung.registry.queries import EmployerFacts
from lindung.uploads.queries import UploadView


def worker_tasks(
    firm: EmployerFacts, counts: Mapping[str, int], gone: LeftUnreported, files: Sequence[UploadView], today: date
) -> list[Task]:
    """The most urgent first; none where nothing is to be done. ``files`` are those about workers, newest first."""
    if not any(counts.values()) and not files:
        return [Task(_("Daftarkan pekerja"), workers_url(firm), _("Mulai di sini"), "needs-you")]
    # A file that was sent again in another shape makes the older one of its kind nobody's business.
    newest = {upload.kind: upload for upload in reversed(files)}.values()
    tasks = [
        _file(firm, upload) for upload in newest if upload.state in ("received", "checked", "proposed", "confirmed")
    ]
    if number := counts["to_correct"]:
        url = workers_url(firm, state="mend")
        tasks.append(Task(_("Perbaiki pendaftaran pekerja"), url, _people(number), "needs-you"))
    leavers = reverse("employer:leavers", args=[firm.id])
    if gone.first_contract_until_on is not None:
        due_on = report_exit_by(gone.first_contract_until_on)
        kind: Kind = "danger" if today > due_on else "needs-you"
        hint = _("Paling lambat %(day)s") % {"day": long_date(due_on)}
        title = _("Laporkan keluar yang kontraknya berakhir")
        tasks.append(Task(title, leavers, _people(gone.contracts_over), kind, hint=hint))
    if number := gone.total - gone.contracts_over:
        hint = _("Sudah keluar? Laporkan.")
        title = _("Periksa pekerja yang hilang dari dua tagihan terakhir")
        tasks.append(Task(title, leavers, _people(number), "needs-you", hint=hint))
    if number := counts["to_resolve"]:
        url = workers_url(firm, state="mend")
        tasks.append(Task(_("Ingatkan pekerja mengurus catatannya di Dukcapil"), url, _people(number), "info"))
    if number := counts["waiting"]:
        url = workers_url(firm, state="waiting")
        tasks.append(Task(_("Menunggu jawaban Dukcapil"), url, _people(number), "info"))
    return tasks


def _file(firm: EmployerFacts, upload: UploadView) -> Task:
    status = steps.upload_status(upload)
    url = reverse("employer:upload", args=[firm.id, upload.id])
    title = _("Berkas: %(kind)s") % {"kind": file_kinds()[upload.kind].title}
    return Task(title, url, status.word, status.kind, hint=upload.file_name)


def _people(number: int) -> str:
    return ngettext("%(number)s pekerja", "%(number)s pekerja", number) % {"number": count(number)}
