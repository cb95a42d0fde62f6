from django.apps import AppConfig


class MemberConfig(AppConfig):
    name = "lindung.channels.member"
    label = "member_door"
