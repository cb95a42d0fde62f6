"""Addresses that need no account."""

from django.urls import path

from lindung.channels.public import contributions, firm_registration, front, jht_simulation, parameters, start, timeline
from lindung.channels.shared.access import public
from lindung.channels.shared.gallery import gallery

app_name = "public"
urlpatterns = [
    path("", front.front, name="front"),
    path("start/<str:token>/", start.start, name="start"),
    path("daftar/", firm_registration.register, name="register-firm"),
    path("daftar/<str:token>/", firm_registration.confirm, name="confirm-firm"),
    path("iuran/", contributions.contributions, name="contributions"),
    path("iuran/<slug:segment>/", contributions.contributions, name="contributions-of"),
    path("simulasi-jht/", jht_simulation.simulation, name="simulation"),
    path("aturan/", parameters.parameters, name="parameters"),
    path("aturan/linimasa/", timeline.timeline, name="timeline"),
    path("aturan/<slug:programme>/", parameters.parameters, name="parameters-of"),
    path("aturan/<slug:programme>/<slug:name>/", parameters.one_parameter, name="parameter"),
    path("gallery/", public(gallery), name="gallery"),
]
