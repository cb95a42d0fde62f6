"""Where the simulated bank is: a number is paid there, and its statements are had there."""

from django.conf import settings
from django.utils.http import urlencode


def simulator_url(virtual_account: str) -> str:
    """The page that pays it; empty where no simulator runs."""
    address = settings.SIMULATOR_ADDRESS
    return f"{address}/bank/?{urlencode({'va': virtual_account})}" if address else ""


def statements_url() -> str:
    """The page with its statements; empty where no simulator runs."""
    return f"{settings.SIMULATOR_ADDRESS}/bank/statements/" if settings.SIMULATOR_ADDRESS else ""
