"""Where a number can be paid at the simulated bank."""

from django.conf import settings
from django.utils.http import urlencode


def simulator_url(virtual_account: str) -> str:
    """The page that pays it; empty where no simulator runs."""
    address = settings.SIMULATOR_ADDRESS
    return f"{address}/bank/?{urlencode({'va': virtual_account})}" if address else ""
