"""Addresses of the staff door."""

from django.urls import path

from lindung.channels.branch import deposits, home, statements, suspense
from lindung.channels.shared.sign_in import sign_in_urls

app_name = "staff"
urlpatterns = [
    *sign_in_urls("staff"),
    path("", home.home, name="home"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<int:bank_id>/<int:year>-<int:month>-<int:day>/", statements.day, name="statement-day"),
    path("suspense/", suspense.suspense, name="suspense"),
    path("suspense/<int:item_id>/", suspense.item, name="suspense-item"),
    path("deposits/", deposits.deposits, name="deposits"),
    path("deposits/<slug:receipt_number>/", deposits.receipt, name="deposit"),
]
