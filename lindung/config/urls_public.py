"""Port N: the public pages, the members' door and the employers' door."""

from django.urls import include, path

urlpatterns = [
    path("", include("lindung.channels.public.urls")),
    path("member/", include("lindung.channels.member.urls")),
    path("employer/", include("lindung.channels.employer.urls")),
]
