from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "lindung.contact"
    label = "contact"
