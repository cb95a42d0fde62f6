"""Addresses of the member's door, under /member/."""

from django.urls import path

from lindung.channels.member import home, months
from lindung.channels.shared.sign_in import sign_in_urls

app_name = "member"
urlpatterns = [
    *sign_in_urls("member"),
    path("", home.home, name="home"),
    path("months/", months.all_months, name="months"),
    path("months/<int:employer_id>/<int:year>-<int:month>/", months.one_month, name="month"),
]
