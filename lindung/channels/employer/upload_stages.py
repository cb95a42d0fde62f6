"""The work on a file, step by step, with how far the running one is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lindung.channels.shared.components import Status, Task
from lindung.uploads.queries import UploadView


@dataclass(frozen=True, slots=True)
class Stages:
    """The steps of the work, each done, running or waiting; how far the running one is, 0 of 0 where nobody knows."""

    tasks: list[Task]
    rows_done: int
    rows_total: int
    label: str


def stages_of(found: UploadView) -> Stages:
    """How far the work is, as true as it was written down a moment ago."""
    states = {
        "done": Status(_("Selesai"), "good"),
        "running": Status(_("Sedang berjalan"), "info"),
        "waiting": Status(_("Menunggu"), "quiet"),
    }
    tasks = [Task(str(stage.text), "", states[stage.state].word, states[stage.state].kind) for stage in found.stages]
    running = next((stage.step for stage in found.stages if stage.state == "running"), "")
    if not running or found.progress is None:
        return Stages(tasks, 0, 0, "")
    return Stages(tasks, found.progress.rows_done, found.progress.rows_total, _labels()[running])


def _labels() -> dict[str, str]:
    return {
        "reading": _("baris dibaca"),
        "matching": _("baris dicocokkan"),
        "judging": _("baris diperiksa"),
        "law": _("baris dihitung"),
        "saving": _("baris disimpan"),
        "booking": _("baris diperiksa"),
        "posting": _("baris dibukukan"),
        "enrolling": _("pekerja didaftarkan"),
        "ending": _("pekerja dicatat keluar"),
        "changing": _("pekerja diubah"),
    }
