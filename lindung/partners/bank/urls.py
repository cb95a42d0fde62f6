"""The simulated bank: its counter, one page that shows, and acts when it is posted; and its statements."""

from django.urls import path

from lindung.partners.bank.pages import counter
from lindung.partners.bank.statement_pages import days, statement_file
from lindung.partners.bank.status_pages import status, token

app_name = "bank_simulator"
urlpatterns = [
    path("", counter, name="counter"),
    path("statements/", days, name="statements"),
    path("statement", statement_file, name="statement"),
    path("v1.0/access-token/b2b", token, name="token"),
    path("v1.0/transfer-va/status", status, name="status"),
]
