"""Every kind of file that employers send. A new one is a module here and a name in the list."""

from collections.abc import Mapping
from typing import Final

from lindung.uploads.kinds import continuing_workers, corrections, exits, new_workers, wage_correction, wage_report
from lindung.uploads.kinds.kind import Kind

_MODULES: Final[tuple[Kind, ...]] = (wage_report, new_workers, continuing_workers, exits, corrections, wage_correction)
KINDS: Final[Mapping[str, Kind]] = {module.LAYOUT.kind: module for module in _MODULES}
"""By the code that an upload carries."""
