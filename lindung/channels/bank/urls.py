"""The addresses banks call, at the machines' door."""

from django.urls import path

from lindung.channels.bank.inquiry import inquiry
from lindung.channels.bank.payment import payment
from lindung.channels.bank.tokens import token

app_name = "bank"
urlpatterns = [
    path("snap/v1.0/access-token/b2b", token, name="token"),
    path("snap/v1.0/transfer-va/inquiry", inquiry, name="inquiry"),
    path("snap/v1.0/transfer-va/payment", payment, name="payment"),
]
