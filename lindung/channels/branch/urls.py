"""Addresses of the staff door."""

from django.urls import path

from lindung.channels.branch import home
from lindung.channels.shared.sign_in import sign_in_urls

app_name = "staff"
urlpatterns = [*sign_in_urls("staff"), path("", home.home, name="home")]
