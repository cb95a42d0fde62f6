"""How often a property is asked: once as often as its test says for a change, twenty times as often by night."""

import os

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "change")
_TIMES = {"change": 1, "night": 20}


def often(examples: int) -> int:
    """For ``max_examples``: a number written there plainly would be the same by night."""
    return examples * _TIMES[PROFILE]
