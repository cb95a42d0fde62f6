"""Addresses that need no account."""

from django.urls import path

from lindung.channels.public import front, start
from lindung.channels.shared.access import public
from lindung.channels.shared.gallery import gallery

app_name = "public"
urlpatterns = [
    path("", front.front, name="front"),
    path("start/<str:token>/", start.start, name="start"),
    path("gallery/", public(gallery), name="gallery"),
]
