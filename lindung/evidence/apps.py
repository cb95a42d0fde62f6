from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "lindung.evidence"
    label = "evidence"
