"""Port N+2: banks, which sign what they send."""

from django.urls import include, path

urlpatterns = [path("", include("lindung.channels.bank.urls"))]
