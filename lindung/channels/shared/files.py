"""Files that come in with a form: kept in memory, and cut off at the limit instead of being read to the end."""

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest

MOST_BYTES = 25 * 1024 * 1024


def was_cut_off(request: HttpRequest, name: str) -> bool:
    """Whether the reading of a request stopped at the limit: the file of this field is there, but not for us."""
    return name not in request.FILES and int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES


class BoundedMemoryUpload(MemoryFileUploadHandler):
    """Stops reading a request whose files are larger than any upload may be. Nothing touches a disk."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._seen += len(raw_data)
        if self._seen > MOST_BYTES:
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
