"""Every kind of file that employers send. A new one is a module here and a name in the list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lindung.uploads.kinds import continuing_workers, corrections, exits, new_workers, wage_correction, wage_report
from lindung.uploads.kinds.kind import Kind
from lindung.uploads.kinds.project_wages import ProjectWages

_MODULES: Final[tuple[Kind, ...]] = (
    wage_report,
    new_workers,
    continuing_workers,
    exits,
    corrections,
    wage_correction,
    ProjectWages(),
)
KINDS: Final[Mapping[str, Kind]] = {module.LAYOUT.kind: module for module in _MODULES}
"""By the code that an upload carries."""


def kind_of(code: str, project_id: int | None) -> Kind:
    """The kind that judges an upload; of one that is about a project, for that project."""
    found = KINDS[code]
    return replace(found, project_id=project_id) if isinstance(found, ProjectWages) and project_id else found
