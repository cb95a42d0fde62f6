"""Every page that anybody can see, who sees it, and the looks it can have."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.platform import Platform

Door = Literal["public", "staff", "simulators"]
Seed = dict[str, Any]
Act = Callable[[Page, Seed], None]


@dataclass(frozen=True)
class Look:
    """A way of looking at all pages. ``scripts`` off is for whoever has switched them off; nothing may need them."""

    width: int = 360
    scheme: Literal["light", "dark"] = "light"
    language: Literal["id", "en"] = "id"
    forced_colors: bool = False
    scripts: bool = True

    def __str__(self) -> str:
        parts = [f"{self.width}px", self.scheme, self.language]
        return " ".join(parts + ["forced colours"] * self.forced_colors + ["no scripts"] * (not self.scripts))

    def open(self, browser: Browser, address: str, cookies: list[Any]) -> BrowserContext:
        """A browser with this look, in which somebody is signed in."""
        context = browser.new_context(
            viewport={"width": self.width, "height": 800},
            color_scheme=self.scheme,
            forced_colors="active" if self.forced_colors else "none",
            java_script_enabled=self.scripts,
            locale="id-ID",
        )
        language = {"name": "lindung-language", "value": self.language, "url": address, "secure": True}
        context.add_cookies([*cookies, language])
        return context


FIRST = Look()
ALL = [
    *(
        Look(width, scheme, language)
        for width in (360, 1280)
        for scheme in ("light", "dark")
        for language in ("id", "en")
        if (width, scheme, language) != (360, "light", "id")
    ),
    Look(360, forced_colors=True),
    Look(1280, forced_colors=True),
    Look(360, scripts=False),
]
"""Every other look."""


@dataclass(frozen=True)
class Visit:
    """One sight of one page. ``route`` is the pattern it belongs to, empty for refusals; ``{}`` in ``path`` are facts
    of the seed. ``act`` does something on the page before it is looked at."""

    name: str
    door: Door
    route: str
    path: str
    who: Literal["stranger", "clerk", "member", "newcomer", "officer"] = "stranger"
    status: int = 200
    act: Act | None = None

    def address(self, platform: Platform, seed: Seed) -> str:
        return platform.address(self.door) + self.path.format(**seed)


def _typed(**fields: str) -> Act:
    """Fill in fields by their names (values may name facts of the seed) and press the form's first button."""

    def act(page: Page, seed: Seed) -> None:
        for name, value in fields.items():
            page.locator(f"main [name={name}]").first.fill(value.format(**seed))
        page.locator("main form button").first.click()

    return act


def _pressed(words: str) -> Act:
    def act(page: Page, seed: Seed) -> None:
        page.locator(f"main form[action*='{words}'] button").first.click()

    return act


def _too_late(page: Page, seed: Seed) -> None:
    """The form's guard is gone, as after a night in an open tab."""
    page.context.clear_cookies(name="__Host-csrf-public")
    _typed(name="siapa@contoh.example", password="rahasia")(page, seed)


def _first_letter(page: Page, seed: Seed) -> None:
    page.locator("tbody a").first.click()


WRONG = _typed(name="tak-dikenal-{look}@contoh.example", password="bukan kata sandinya")
BRAKED = _typed(name="{braked}", password="bukan kata sandinya")
FIRM, UPLOAD, BILL = "/employer/{old}/", "/employer/{busy}/uploads/", "/employer/{old}/bills/"
START, ROUTE = "/start/<str:token>/", "/employer/<int:employer_id>/"
UPLOAD_ROUTE, BILL_ROUTE = f"{ROUTE}uploads/<int:upload_id>/", f"{ROUTE}bills/<int:bill_id>/"
MONTH_ROUTE = "/member/months/<int:employer_id>/<int:year>-<int:month>/"
VISITS = [
    Visit("front page", "public", "/", "/"),
    Visit("gallery", "public", "/gallery/", "/gallery/"),
    Visit("first password", "public", START, "/start/{link}/"),
    Visit("weak password", "public", START, "/start/{link}/", status=422, act=_typed(password="pendek")),
    Visit("password set", "public", START, "/start/{link}/", act=_typed(password="lima ekor gajah ungu")),
    Visit("link spent", "public", START, "/start/tidak-ada/", status=410),
    Visit("member signs in", "public", "/member/sign-in/", "/member/sign-in/"),
    Visit("member, wrong password", "public", "/member/sign-in/", "/member/sign-in/", status=422, act=WRONG),
    Visit("employer signs in", "public", "/employer/sign-in/", "/employer/sign-in/"),
    Visit("employer, wrong password", "public", "/employer/sign-in/", "/employer/sign-in/", status=422, act=WRONG),
    Visit("officer signs in", "staff", "/sign-in/", "/sign-in/"),
    Visit("officer, wrong password", "staff", "/sign-in/", "/sign-in/", status=422, act=WRONG),
    Visit("too many tries", "public", "/member/sign-in/", "/member/sign-in/", status=429, act=BRAKED),
    Visit("form left open too long", "public", "/member/sign-in/", "/member/sign-in/", status=403, act=_too_late),
    Visit("no such page", "public", "", "/tidak-ada/", status=404),
    Visit("no such page for staff", "staff", "", "/tidak-ada/", "officer", status=404),
    Visit("no such simulator", "simulators", "", "/tidak-ada/", status=404),
    Visit("another firm", "public", "", "/employer/999999/", "clerk", status=404),
    Visit("a month of somebody else", "public", "", "/member/months/{fresh}/2026-01/", "member", status=404),
    Visit("choice of firm", "public", "/employer/", "/employer/", "clerk"),
    Visit("firm's month", "public", ROUTE, FIRM, "clerk"),
    Visit("firm's month, done", "public", ROUTE, FIRM + "?month={paid_month}", "clerk"),
    Visit("firm with files", "public", ROUTE, "/employer/{busy}/", "clerk"),
    Visit("firm's first month", "public", ROUTE, "/employer/{fresh}/", "clerk"),
    Visit("report wages", "public", f"{ROUTE}wages/", "/employer/{busy}/wages/?month={next_month}", "clerk"),
    Visit("report the first wages", "public", f"{ROUTE}wages/", "/employer/{fresh}/wages/", "clerk"),
    Visit("report without a file", "public", f"{ROUTE}wages/", "/employer/{fresh}/wages/", "clerk", 422, act=_typed()),
    *(
        Visit(f"file {name}", "public", UPLOAD_ROUTE, f"{UPLOAD}{{files[{name}]}}/", "clerk")
        for name in ("booked", "faulty", "refused", "cancelled", "working")
    ),
    Visit("file clean and sent again", "public", UPLOAD_ROUTE, UPLOAD + "{files[clean]}/?again=1", "clerk"),
    Visit("file working, standing still", "public", UPLOAD_ROUTE, UPLOAD + "{files[working]}/?still=1", "clerk"),
    Visit(
        "warnings not read", "public", UPLOAD_ROUTE, UPLOAD + "{files[clean]}/", "clerk", 422, act=_pressed("confirm")
    ),
    Visit("faults", "public", f"{UPLOAD_ROUTE}faults/", UPLOAD + "{files[faulty]}/faults/", "clerk"),
    Visit("faults, page 2", "public", f"{UPLOAD_ROUTE}faults/", UPLOAD + "{files[faulty]}/faults/?page=2", "clerk"),
    Visit("warnings", "public", f"{UPLOAD_ROUTE}faults/", UPLOAD + "{files[clean]}/faults/?severity=warning", "clerk"),
    Visit("changes", "public", f"{UPLOAD_ROUTE}changes/", UPLOAD + "{files[clean]}/changes/", "clerk"),
    Visit(
        "who is missing", "public", f"{UPLOAD_ROUTE}changes/", UPLOAD + "{files[clean]}/changes/?kind=missing", "clerk"
    ),
    Visit("bills", "public", f"{ROUTE}bills/", BILL, "clerk"),
    Visit("no bills yet", "public", f"{ROUTE}bills/", "/employer/{fresh}/bills/", "clerk"),
    *(
        Visit(f"bill {name}", "public", BILL_ROUTE, f"{BILL}{{bills[{name}][id]}}/", "clerk")
        for name in ("paid", "paid_late", "late", "expired", "due")
    ),
    Visit("bill, standing still", "public", BILL_ROUTE, BILL + "{bills[due][id]}/?still=1", "clerk"),
    Visit("bill by worker", "public", f"{BILL_ROUTE}workers/", BILL + "{bills[paid][id]}/workers/", "clerk"),
    Visit("bill by many workers", "public", f"{BILL_ROUTE}workers/", "{big_bill}workers/", "clerk"),
    Visit("member's home", "public", "/member/", "/member/", "member"),
    Visit("new member's home", "public", "/member/", "/member/", "newcomer"),
    Visit("member's months", "public", "/member/months/", "/member/months/", "member"),
    Visit("new member's months", "public", "/member/months/", "/member/months/", "newcomer"),
    Visit("month paid", "public", MONTH_ROUTE, "/member/months/{old}/{paid_month}/", "member"),
    Visit("month not paid", "public", MONTH_ROUTE, "/member/months/{old}/{late_month}/", "member"),
    Visit("agency", "staff", "/", "/", "officer"),
    Visit("simulators", "simulators", "/", "/"),
    Visit("bank's counter", "simulators", "/bank/", "/bank/"),
    Visit("bank, no number", "simulators", "/bank/", "/bank/", status=422, act=_typed(number="nomor")),
    Visit("bank, a bill found", "simulators", "/bank/", "/bank/", act=_typed(number="{bills[due][number]}")),
    Visit("bank, a bill past its day", "simulators", "/bank/", "/bank/", act=_typed(number="{bills[expired][number]}")),
    Visit("mail", "simulators", "/mail/", "/mail/"),
    Visit("mail to one", "simulators", "/mail/", "/mail/?to={told}"),
    Visit("no mail", "simulators", "/mail/", "/mail/?to=siapa-pun"),
    Visit("a letter", "simulators", "/mail/<slug:letter_id>/", "/mail/?to={told}", act=_first_letter),
    Visit("texts", "simulators", "/sms/", "/sms/"),
]
NO_PAGES = {
    "public": {
        "/member/sign-out/": "POST alone",
        "/employer/sign-out/": "POST alone",
        f"{ROUTE}wages/template/": "a workbook",
        f"{UPLOAD_ROUTE}annotated/": "a workbook",
        f"{UPLOAD_ROUTE}confirm/": "shows the page of the file",
        f"{UPLOAD_ROUTE}cancel/": "POST alone",
        f"{BILL_ROUTE}reissue/": "POST alone",
        f"{BILL_ROUTE}receipt/": "a PDF",
    },
    "staff": {"/sign-out/": "POST alone"},
    "simulators": {
        "/mail/_control": "for tests",
        "/sms/_control": "for tests",
        "/sms/v2/send-otp": "for machines",
    },
    "machines": {
        "/snap/v1.0/access-token/b2b": "for machines",
        "/snap/v1.0/transfer-va/inquiry": "for machines",
        "/snap/v1.0/transfer-va/payment": "for machines",
    },
}
"""Routes that show no page of their own, each with the reason."""
