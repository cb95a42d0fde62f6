from django.apps import AppConfig


class EmployerConfig(AppConfig):
    name = "lindung.channels.employer"
    label = "employer_door"
