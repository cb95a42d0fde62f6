"""What somebody searches a list for: typed into a form, then carried in an address that only we can read.

People type names, card numbers and sometimes a NIK; an address ends up in logs and in a browser's history.
"""

import base64

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lindung.channels.shared.forms import HouseForm
from lindung.lib.crypto import CannotDecrypt, decrypt, encrypt

QUERY = "q"
_MOST_CHARACTERS = 100


class SearchForm(HouseForm):
    """One box for all that a worker may be known by."""

    summary_takes_focus = False
    searched = forms.CharField(
        label=_("Cari nama, KPJ, atau nomor pegawai"),
        max_length=_MOST_CHARACTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )


def typed(request: HttpRequest) -> str:
    """What was just searched for, cut to what a name or number can be; empty to see everything."""
    return " ".join(request.POST.get("searched", "").replace("\0", "").split())[:_MOST_CHARACTERS]


def sealed(employer_id: int, text: str) -> str:
    """A search as it may stand in an address of this firm."""
    closed = encrypt(text, _place(employer_id))
    return base64.urlsafe_b64encode(closed).decode().rstrip("=")


def searched(request: HttpRequest, employer_id: int) -> str:
    """The search that an address carries; empty for none, and for one that we did not seal for this firm."""
    closed = request.GET.get(QUERY, "")
    try:
        return decrypt(base64.urlsafe_b64decode(closed + "=" * (-len(closed) % 4)), _place(employer_id)).decode()
    except (CannotDecrypt, ValueError):
        return ""


def _place(employer_id: int) -> str:
    return f"employer_door.search:{employer_id}"
