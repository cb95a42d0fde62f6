"""Port N+1: the agency's own people. Their first password is set here too."""

from django.urls import include, path

urlpatterns = [path("", include("lindung.channels.branch.urls"))]
