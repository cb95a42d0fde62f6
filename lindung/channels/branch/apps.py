from django.apps import AppConfig


class BranchConfig(AppConfig):
    name = "lindung.channels.branch"
    label = "branch_door"
