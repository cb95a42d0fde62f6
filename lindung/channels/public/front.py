"""The front page: who you are decides where you go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lindung.channels.shared.access import public


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Two doors, and what to know before any of them."""
    return render(request, "public/front.html")
