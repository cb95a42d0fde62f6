"""The simulated bank's counter: one page that shows, and acts when it is posted."""

from django.urls import path

from lindung.partners.bank.pages import counter

app_name = "bank_simulator"
urlpatterns = [path("", counter, name="counter")]
