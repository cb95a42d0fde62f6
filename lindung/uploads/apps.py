from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "lindung.uploads"
    label = "uploads"
