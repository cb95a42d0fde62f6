"""A file that a firm sends with a form of one box, whatever it is about; and the list of those it has sent."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lindung.channels.employer import standing, steps
from lindung.channels.employer.firm import actor_of
from lindung.channels.employer.forms import WageFileForm, WorkerFileForm, refusal_words
from lindung.channels.shared.components import Column, Link, Table
from lindung.channels.shared.files import was_cut_off
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts
from lindung.uploads import services
from lindung.uploads.limits import Refused
from lindung.uploads.queries import UploadView


def receive_file(
    request: HttpRequest,
    firm: EmployerFacts,
    form: WageFileForm | WorkerFileForm,
    *,
    kind: str,
    period: date,
    project_id: int | None = None,
) -> HttpResponseRedirect | None:
    """Take the file and lead to its page; None where it is not taken, which is told at the form's box then."""
    (box,) = form.fields
    if not form.is_valid():
        if was_cut_off(request, box):
            form.errors[box] = form.error_class([refusal_words(Refused("too_big"))])
        return None
    sent = cast(UploadedFile, form.cleaned_data[box])
    try:
        received = services.receive_upload(
            actor=actor_of(request),
            employer_id=firm.id,
            kind=kind,
            period=period,
            project_id=project_id,
            file_name=sent.name or "",
            content=sent.read(),
            now=clock.now(),
        )
    except services.AlreadyUploaded as earlier:
        address = reverse("employer:upload", args=[firm.id, earlier.upload_id])
        return HttpResponseRedirect(f"{address}?again=1")
    except Refused as refused:
        form.add_error(box, refusal_words(refused))
        return None
    return HttpResponseRedirect(reverse("employer:upload", args=[firm.id, received.id]))


def sent_table(firm: EmployerFacts, uploads: Sequence[UploadView], titles: Mapping[str, str] | None = None) -> Table:
    """Files with how they stand; ``titles`` by kind where a list has more than one."""
    kind = [Column(_("Jenis"))] if titles else []
    columns = [Column(_("Berkas")), *kind, Column(_("Keadaan")), Column(_("Dikirim")), Column(_("Acuan"), "figure")]
    rows: list[list[object]] = [
        [
            Link(upload.title, reverse("employer:upload", args=[firm.id, upload.id])),
            *([titles[upload.kind]] if titles else []),
            steps.upload_status(upload),
            standing.moment_wib(upload.sent_at),
            upload.reference,
        ]
        for upload in uploads
    ]
    return Table(_("Berkas yang sudah dikirim"), columns, rows)
