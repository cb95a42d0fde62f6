"""The law of contributions as data and pure functions. Start with README.md.

``answer`` explains any case of any topic. For wage earners ``assess`` computes a whole wage report, ``explain``
one worker, ``sql_expressions`` the same inside PostgreSQL; ``bpu``, ``jakon`` and ``pmi`` offer the same three
for their segments, ``development`` for the yearly crediting of JHT. ``simulate``, ``penalty``, ``due``,
``allocate`` and ``timeline`` are what their names say; ``parameters`` holds the numbers.

Importing this package loads neither NumPy nor a single parameter: each name is loaded on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from lindung.law.errors import ImpossibleFact, LawError, NotInForce, NotKnown, NotYetComputed
from lindung.law.month import Month
from lindung.law.programmes import Programme

if TYPE_CHECKING:
    from lindung.law import development, parameters
    from lindung.law.allocation import Debt, allocate, share_out
    from lindung.law.answers import Answer
    from lindung.law.arrears import due, months_late, penalty
    from lindung.law.chronicle import timeline
    from lindung.law.contributions import assess, explain, sql_expressions
    from lindung.law.lapse import claim_in_arrears, own_account_standing
    from lindung.law.lines import Line
    from lindung.law.reliefs import Relief
    from lindung.law.segments import answer, bpu, jakon, pmi
    from lindung.law.simulation import Convention, simulate

__all__ = [
    "Answer",
    "Convention",
    "Debt",
    "ImpossibleFact",
    "LawError",
    "Line",
    "Month",
    "NotInForce",
    "NotKnown",
    "NotYetComputed",
    "Programme",
    "Relief",
    "allocate",
    "answer",
    "assess",
    "bpu",
    "claim_in_arrears",
    "development",
    "due",
    "explain",
    "jakon",
    "months_late",
    "own_account_standing",
    "parameters",
    "penalty",
    "pmi",
    "share_out",
    "simulate",
    "sql_expressions",
    "timeline",
]

_FROM = {
    "allocation": ("Debt", "allocate", "share_out"),
    "answers": ("Answer",),
    "arrears": ("due", "months_late", "penalty"),
    "chronicle": ("timeline",),
    "contributions": ("assess", "explain", "sql_expressions"),
    "lapse": ("claim_in_arrears", "own_account_standing"),
    "lines": ("Line",),
    "reliefs": ("Relief",),
    "segments": ("answer",),
    "simulation": ("Convention", "simulate"),
}
_MODULES = {
    "bpu": "segments.bpu",
    "development": "development",
    "jakon": "segments.jakon",
    "parameters": "parameters",
    "pmi": "segments.pmi",
}


def __getattr__(name: str) -> object:
    """The public names that are loaded on first use."""
    if name in _MODULES:
        return import_module(f"{__name__}.{_MODULES[name]}")
    for module, names in _FROM.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
