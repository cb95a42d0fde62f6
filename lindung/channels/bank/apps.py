from django.apps import AppConfig


class BankConfig(AppConfig):
    name = "lindung.channels.bank"
    label = "bank_door"
