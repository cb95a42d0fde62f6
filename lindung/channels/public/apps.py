from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "lindung.channels.public"
    label = "public_door"
