"""What every page knows without being told: its door, who is signed in, language and colours."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from lindung.access.permissions import permissions_over
from lindung.channels.shared.preferences import THEMES, chosen_theme


def door_titles() -> dict[str, str]:
    return {
        "public": "",
        "member": gettext("Akun peserta"),
        "employer": gettext("Meja perusahaan"),
        "staff": gettext("Meja petugas"),
        "simulator": gettext("Simulator"),
    }


def door(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Reads `request.door`, `.account` and `.sign_out_url` where middleware set them."""
    name = getattr(request, "door", None) or "public"
    titles = door_titles()
    if name not in titles:
        name = "simulator" if str(name).startswith("simulator") else "public"
    account = getattr(request, "account", None)
    match = getattr(request, "resolver_match", None)
    firm_id = match.kwargs.get("employer_id") if match else None
    theme = chosen_theme(request)
    current_language = get_language() or settings.LANGUAGE_CODE
    theme_names = {"": gettext("ikut perangkat"), "light": gettext("terang"), "dark": gettext("gelap")}
    return {
        "door": name,
        "door_title": titles[name],
        "account_name": str(getattr(account, "display_name", "") or account) if account else "",
        "sign_out_url": getattr(request, "sign_out_url", "") if account else "",
        "may": permissions_over(account.grants, firm_id) if account and firm_id else frozenset(),
        "theme": theme,
        "languages": [
            {
                "code": code,
                "name": label,
                "url": _address(request, "lang", code),
                "current": code == current_language,
            }
            for code, label in settings.LANGUAGES
        ],
        "themes": [
            {
                "name": theme_names[choice],
                "url": _address(request, "theme", choice),
                "current": choice == theme,
            }
            for choice in ("", *THEMES)
        ],
    }


def _address(request: HttpRequest, name: str, value: str) -> str:
    if not request.GET:
        return f"?{name}={value}"  # our own short words: nothing to quote
    query = request.GET.copy()
    query[name] = value
    return f"?{query.urlencode()}"
