"""Files that a page hands out."""

from django.http import HttpResponse

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: bytes, name: str) -> HttpResponse:
    """An .xlsx to be saved under this name, which holds nobody's data."""
    return _attached(content, _EXCEL, f"{name}.xlsx")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF to be saved under this name, which holds nobody's data."""
    return _attached(content, "application/pdf", f"{name}.pdf")


def sent_paper(content: bytes, kind: str, name: str) -> HttpResponse:
    """A paper that somebody sent us, to be saved: whatever is in it, nothing of it runs or shows at our address."""
    answer = _attached(content, "application/octet-stream", f"{name}.{_ENDINGS[kind]}")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return answer


_ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
