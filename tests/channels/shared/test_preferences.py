"""Language and colours by a link, and what every page is told of its door."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from lindung.channels.shared.context import door
from lindung.channels.shared.preferences import THEME_COOKIE, Preferences


def answer(address: str) -> HttpResponse:
    return Preferences(lambda request: HttpResponse("page"))(RequestFactory().get(address))


def test_a_chosen_language_is_kept_and_leads_back_to_the_same_page() -> None:
    response = answer("/people/?name=siti&lang=en")
    assert (response.status_code, response["Location"]) == (302, "/people/?name=siti")
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie.value == "en"
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_chosen_colours_are_kept_and_can_be_given_back_to_the_device() -> None:
    assert answer("/?theme=dark").cookies[THEME_COOKIE].value == "dark"
    assert answer("/?theme=").cookies[THEME_COOKIE]["max-age"] == 0


@pytest.mark.parametrize("address", ["/?lang=xx", "/?theme=pink", "/?lang=en%0d%0aSet-Cookie:x"])
def test_what_is_not_on_offer_sets_nothing(address: str) -> None:
    cookies = answer(address).cookies
    assert not any(cookie.value for cookie in cookies.values())


def test_a_path_of_two_slashes_leads_to_no_other_host() -> None:
    request = RequestFactory().get("/?lang=en")
    request.path = "//bank.example/"
    assert Preferences(lambda request: HttpResponse())(request)["Location"] == "/%2Fbank.example/"


def test_other_pages_and_sent_forms_pass_untouched() -> None:
    assert answer("/people/?name=siti").content == b"page"
    posted = Preferences(lambda request: HttpResponse("page"))(RequestFactory().post("/?lang=en", {}))
    assert posted.content == b"page"
    assert not posted.cookies


def request_at(address: str = "/", **attributes: object) -> HttpRequest:
    request = RequestFactory().get(address)
    for name, value in attributes.items():
        setattr(request, name, value)
    return request


def test_a_page_without_a_door_is_a_public_one() -> None:
    known = door(request_at())
    assert (known["door"], known["account_name"], known["theme"]) == ("public", "", "")


@pytest.mark.parametrize("name", ["member", "employer", "staff", "simulator"])
def test_each_door_has_a_title(name: str) -> None:
    known = door(request_at(door=name))
    assert known["door"] == name
    assert known["door_title"]


def test_the_simulators_and_unknown_doors_are_not_taken_for_anything_else() -> None:
    assert door(request_at(door="simulators"))["door"] == "simulator"
    assert door(request_at(door="machines"))["door"] == "public"


def test_the_other_language_is_offered_with_the_search_kept() -> None:
    with translation.override("id"):
        languages = door(request_at("/people/?name=siti"))["languages"]
    assert [(each["code"], each["current"]) for each in languages] == [("id", True), ("en", False)]
    assert languages[1]["url"] == "?name=siti&lang=en"


def test_nobody_can_put_a_theme_of_his_own_into_the_page() -> None:
    request = request_at()
    request.COOKIES[THEME_COOKIE] = '"><script>'
    assert door(request)["theme"] == ""
