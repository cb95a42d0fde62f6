"""The alphabet of short messages (3GPP TS 23.038): what fits into 160 places, and what does not exist there."""

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "^{}\\[~]|€\f"
ONE_PART = 160
PART_OF_SEVERAL = 153


class NotGsm7(ValueError):
    """The text holds a character that the alphabet has not; it would be sent at 70 characters a part."""


def septets(text: str) -> int:
    """The places a text takes: one a character, two for the extended ones. Raises ``NotGsm7``."""
    count = 0
    for character in text:
        if character in _BASIC:
            count += 1
        elif character in _EXTENDED:
            count += 2
        else:
            raise NotGsm7(f"U+{ord(character):04X}")
    return count


def parts(text: str) -> int:
    """How many messages a text is sent and paid as. Raises ``NotGsm7``."""
    length = septets(text)
    return 1 if length <= ONE_PART else -(-length // PART_OF_SEVERAL)
