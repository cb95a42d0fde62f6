"""The simulators' door: stand-ins for the outside world, and what they received. Raises in production."""

from django.urls import include, path
from django.views.generic import TemplateView

from lindung.lib.doors import open_door

urlpatterns = [
    path("", open_door(TemplateView.as_view(template_name="simulators/start.html")), name="start"),
    path("bank/", include("lindung.partners.bank.urls")),
    path("dukcapil/", include("lindung.partners.dukcapil.urls")),
    path("mail/", include("lindung.partners.mail.urls")),
    path("sms/", include("lindung.partners.sms.urls")),
]
