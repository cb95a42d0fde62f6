"""The look of every door, as an application so that templates, tags and static files are found."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "lindung.channels.shared"
    label = "shared"
