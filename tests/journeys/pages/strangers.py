"""What anybody sees before he signs in: the front page, the law's pages, signing in, refusals."""

from urllib.parse import urlencode

from tests.channels.public.law_pages import ASKED, FORMS
from tests.journeys.acts import BRAKED, WRONG, too_late, typed
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import LAW_ROUTES, SEGMENT, START


def asked_at(form: str) -> str:
    """The address of an answer of the law."""
    return f"{form}?{urlencode(ASKED[form])}"


VISITS = [
    Visit("front page", "public", "/", "/"),
    Visit("gallery", "public", "/gallery/", "/gallery/"),
    Visit("contributions, nothing asked", "public", "/iuran/", "/iuran/"),
    Visit("contributions, no class", "public", "/iuran/", "/iuran/", act=typed(wage="12 juta")),
    Visit("contributions, impossible", "public", "/iuran/", "/iuran/", status=422, act=typed(wage="banyak")),
    *(Visit(f"answer of {form}", "public", LAW_ROUTES.get(form, SEGMENT), asked_at(form)) for form in FORMS),
    Visit("simulation, nothing asked", "public", "/simulasi-jht/", "/simulasi-jht/"),
    Visit("simulation, nothing told", "public", "/simulasi-jht/", "/simulasi-jht/", status=422, act=typed()),
    Visit("rules", "public", "/aturan/", "/aturan/"),
    Visit("timeline of rules", "public", "/aturan/linimasa/", "/aturan/linimasa/"),
    Visit("rules of a programme", "public", "/aturan/<slug:programme>/", "/aturan/jp/"),
    *(
        Visit(f"rule {name}", "public", "/aturan/<slug:programme>/<slug:name>/", f"/aturan/{name}/")
        for name in ("jp/wage_ceiling", "bpu/income_bands")
    ),
    Visit("no such rule", "public", "", "/aturan/jp/tidak-ada/", status=404),
    Visit("first password", "public", START, "/start/{link}/"),
    Visit("weak password", "public", START, "/start/{link}/", status=422, act=typed(password="pendek")),
    Visit("password set", "public", START, "/start/{link}/", act=typed(password="lima ekor gajah ungu")),
    Visit("link spent", "public", START, "/start/tidak-ada/", status=410),
    Visit("member signs in", "public", "/member/sign-in/", "/member/sign-in/"),
    Visit("member, wrong password", "public", "/member/sign-in/", "/member/sign-in/", status=422, act=WRONG),
    Visit("employer signs in", "public", "/employer/sign-in/", "/employer/sign-in/"),
    Visit("employer, wrong password", "public", "/employer/sign-in/", "/employer/sign-in/", status=422, act=WRONG),
    Visit("officer signs in", "staff", "/sign-in/", "/sign-in/"),
    Visit("officer, wrong password", "staff", "/sign-in/", "/sign-in/", status=422, act=WRONG),
    Visit("too many tries", "public", "/member/sign-in/", "/member/sign-in/", status=429, act=BRAKED),
    Visit("form left open too long", "public", "/member/sign-in/", "/member/sign-in/", status=403, act=too_late),
    Visit("no such page", "public", "", "/tidak-ada/", status=404),
    Visit("no such page for staff", "staff", "", "/tidak-ada/", "officer", status=404),
]
