"""Addresses of the member's door, under /member/."""

from django.urls import path

from lindung.channels.member import (
    abroad,
    complaints,
    cover,
    home,
    leaving,
    months,
    orders,
    own_months,
    own_wages,
    pay,
    prolonging,
)
from lindung.channels.shared.sign_in import sign_in_urls

app_name = "member"
urlpatterns = [
    *sign_in_urls("member"),
    path("", home.home, name="home"),
    path("cover/", cover.cover, name="cover"),
    path("pay/", pay.pay, name="pay"),
    path("pay/abroad/", abroad.abroad, name="abroad"),
    path("pay/abroad/longer/", prolonging.prolong, name="prolong"),
    path("orders/<int:order_id>/", orders.order, name="order"),
    path("orders/<int:order_id>/receipt/", orders.receipt, name="order-receipt"),
    path("months/own/<int:membership_id>/<int:year>-<int:month>/", own_months.own_month, name="own-month"),
    path("months/", months.all_months, name="months"),
    path("months/<int:employer_id>/<int:year>-<int:month>/", months.one_month, name="month"),
    path("months/<int:employer_id>/<int:year>-<int:month>/complain/", complaints.complain, name="complain"),
    path("months/<int:employer_id>/wages/", own_wages.own_wages, name="own-wages"),
    path("months/<int:employer_id>/wages/file/", own_wages.wage_file, name="wage-file"),
    path("left/<int:employer_id>/", leaving.left, name="left"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<int:complaint_id>/", complaints.complaint, name="complaint"),
]
