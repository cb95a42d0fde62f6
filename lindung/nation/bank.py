"""The simulated bank, known to the platform as a bank that may call."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from lindung.access.partners import caller_by_client_id, register_partner
from lindung.access.trail import SYSTEM
from lindung.partners.bank.simulator import credentials


def register_simulated_bank(*, folder: Path, now: datetime) -> int:
    """Make the bank's keys in the data folder if they are not there, register it once, and give its id."""
    bank = credentials(folder)
    known = caller_by_client_id(client_id=bank.client_id)
    if known is not None:
        return known.id
    return register_partner(
        actor=SYSTEM,
        code=bank.code,
        name=bank.name,
        client_id=bank.client_id,
        partner_id=bank.partner_id,
        service_codes=[bank.service_code],
        public_key_pem=bank.public_key_pem,
        secret=bank.secret,
        now=now,
        status_address=f"{settings.SIMULATOR_ADDRESS}/bank",
    )
