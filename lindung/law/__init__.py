"""The law: contributions, penalties and due dates, as data and pure functions. Start with README.md.

Importing this package loads neither NumPy nor a single parameter.
"""

from lindung.law.errors import ImpossibleFact, LawError, NotInForce, NotYetComputed
from lindung.law.month import Month
from lindung.law.programmes import Programme

__all__ = ["ImpossibleFact", "LawError", "Month", "NotInForce", "NotYetComputed", "Programme"]
