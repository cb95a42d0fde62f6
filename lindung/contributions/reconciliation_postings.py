"""What banks say turned into balanced lines. Pure: nothing here touches the database.

The account of a bank then stands at what its statements say; what nothing explains stands in suspense, an account
for every item.
"""

from collections.abc import Sequence

from lindung.ledger.chart import account
from lindung.ledger.services import AgencyLine


def suspense_moved(partner_id: int, moved: Sequence[tuple[int, int]]) -> list[AgencyLine]:
    """(item, rupiah more than before): into suspense out of the bank's account, or back."""
    return [
        AgencyLine(account("bank", partner_id), -sum(rupiah for _item, rupiah in moved)),
        *(AgencyLine(account("suspense", item), rupiah) for item, rupiah in moved),
    ]


def suspense_paired(item_id: int, other_id: int, amount_rupiah: int) -> list[AgencyLine]:
    """Two items that explain each other: one has as much as the other lacks."""
    return [
        AgencyLine(account("suspense", item_id), -amount_rupiah),
        AgencyLine(account("suspense", other_id), amount_rupiah),
    ]


def difference_explained(item_id: int, amount_rupiah: int) -> list[AgencyLine]:
    """What a bank kept, or gave too much, for a reason that two officers know."""
    return [
        AgencyLine(account("suspense", item_id), -amount_rupiah),
        AgencyLine(account("bank_difference"), amount_rupiah),
    ]
