"""The ministry's one address that we use, and the pages of the simulated registry."""

from django.urls import path

from lindung.partners.dukcapil import pages
from lindung.partners.dukcapil.simulator import FAULTS, verify
from lindung.partners.simulated import control

app_name = "dukcapil"
urlpatterns = [
    path("", pages.desk, name="desk"),
    path("new/", pages.new, name="new"),
    path("people/<int:number>/", pages.person, name="person"),
    path("habits/", pages.manners, name="habits"),
    path("_control", control(FAULTS)),
    path("dukcapil/get_json/<str:customer_id>/<str:method>", verify),
]
