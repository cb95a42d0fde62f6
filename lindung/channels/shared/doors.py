"""The doors: which addresses belong to which, and the cookie each one has of its own."""

from django.conf import settings

_PUBLIC_DOORS = {"/member/": "member", "/employer/": "employer"}


def door_of(path: str) -> str:
    """The door that an address belongs to: ``member``, ``employer``, ``public``, ``staff`` and so on."""
    if settings.DOOR == "public" or settings.DOOR == "command":
        for prefix, name in _PUBLIC_DOORS.items():
            if path.startswith(prefix):
                return name
        return "public"
    return str(settings.DOOR)


def cookie_name(door: str) -> str:
    """``__Host-`` ties a cookie to this host and to TLS (or this machine); the door's name keeps it there."""
    return f"__Host-{door}"
