"""A page of a list, and what is typed to search one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list, pages counted from 1; ``total`` counts the items of all pages."""

    items: Sequence[Item]
    page: int
    pages: int
    total: int


def place(total: int, page: int, size: int) -> tuple[int, int, int]:
    """The page there is nearest to ``page``, how many there are, and how many items lie before it."""
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    return page, pages, (page - 1) * size


def contains(search: str) -> str:
    """A pattern for ILIKE that finds what was typed anywhere, with no character of it meaning more than itself."""
    typed = " ".join(search.split())
    for special in ("\\", "%", "_"):
        typed = typed.replace(special, "\\" + special)
    return f"%{typed}%"


def starts(search: str) -> str:
    """A pattern for LIKE that finds numbers starting with the digits that were typed, gaps or not."""
    digits = "".join(search.split()).replace("-", "").replace(".", "")
    return f"{digits}%" if digits.isascii() and digits.isdigit() else "no number"
