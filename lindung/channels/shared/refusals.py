"""Refusals that the framework makes for us, in the house's own words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose guard is old or missing (a night in an open tab): ask to load it again."""
    return render(request, "403.html", {"stale_form": True}, status=403)
