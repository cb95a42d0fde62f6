"""Addresses of the member's door, under /member/."""

from django.urls import path

from lindung.channels.member import complaints, home, months
from lindung.channels.shared.sign_in import sign_in_urls

app_name = "member"
urlpatterns = [
    *sign_in_urls("member"),
    path("", home.home, name="home"),
    path("months/", months.all_months, name="months"),
    path("months/<int:employer_id>/<int:year>-<int:month>/", months.one_month, name="month"),
    path("months/<int:employer_id>/<int:year>-<int:month>/complain/", complaints.complain, name="complain"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<int:complaint_id>/", complaints.complaint, name="complaint"),
]
