"""Which page of a long list is asked for, and the row of pages below it."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

ROWS_A_PAGE = 50


def page_number(request: HttpRequest) -> int:
    """The page in the address, counted from 1; 1 for anything that is no such number."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def pages_of(total: int, number: int, size: int = ROWS_A_PAGE) -> "Page[int]":
    """The row of pages of a list of which only one page was read."""
    return Paginator(range(total), size).get_page(number)
