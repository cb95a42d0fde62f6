"""Every page that anybody can see, who sees it, and the looks it can have."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page

from tests.channels.public.law_pages import ASKED, FORMS
from tests.journeys.platform import Platform

Door = Literal["public", "staff", "simulators"]
Who = Literal[
    "stranger", "clerk", "member", "newcomer", "lapsed", "behind", "abroad", "paying", "complainer", "officer"
]
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
    who: Who = "stranger"
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


def _registered_firm(page: Page, seed: Seed) -> None:
    for name, value in (("legal_form", "PT"), ("line", "garments"), ("province", "99")):
        page.locator(f"[name={name}]").select_option(value)
    page.locator("[name=size][value=small]").check()
    told = {
        "name": "PT Contoh",
        "street": "Jalan 1",
        "regency": "Kota Contoh",
        "person": "Rina",
        "phone": "08001234567",
    }
    _typed(**told, email=f"look{seed['look']}@contoh.example")(page, seed)


def _bad_site(page: Page, seed: Seed) -> None:
    page.locator("details:has(form[action$='sites/']) summary").click()
    page.locator("main form[action$='sites/'] button").click()


def _one_bill(page: Page, seed: Seed) -> None:
    """All but one bill unticked, and a number asked for all the same."""
    for tick in page.locator("[name=bill]").all()[1:]:
        tick.uncheck()
    page.locator("main form button").last.click()


def _returned(page: Page, seed: Seed) -> None:
    page.locator("details:has(form[action$='return/']) summary").click()
    page.locator("main form[action$='return/'] button").click()


def _too_late(page: Page, seed: Seed) -> None:
    """The form's guard is gone, as after a night in an open tab."""
    page.context.clear_cookies(name="__Host-csrf-public")
    _typed(name="siapa@contoh.example", password="rahasia")(page, seed)


def _first_letter(page: Page, seed: Seed) -> None:
    page.locator("tbody a").first.click()


def _new_worker(page: Page, seed: Seed) -> None:
    """Somebody whose name has a number in it, which is asked about before anything is sent."""
    for part, value in enumerate(("2", "3", "1990")):
        page.locator(f"[name=birth_on_{part}]").fill(value)
    for part, name in enumerate(("day", "month", "year")):
        page.locator(f"[name=from_on_{part}]").fill(str(seed["today"][name]))
    for name, value in (("sex", "P"), ("contract", "PKWTT")):
        page.locator(f"[name={name}][value={value}]").check()
    _typed(name="Wati 2 Contoh", nik="{unused_nik}", wage="5000000")(page, seed)


def _slip(page: Page, seed: Seed) -> None:
    """A slip that pays a debt in part."""
    for part, name in enumerate(("day", "month", "year")):
        page.locator(f"[name=paid_on_{part}]").fill(str(seed["today"][name]))
    _typed(payer="{debtor}", amount="300000", slip_no="SLIP-8")(page, seed)


def _typed_at(near: str, **fields: str) -> Act:
    """The same in the form that has a field of this name to choose, with what stands there already."""

    def act(page: Page, seed: Seed) -> None:
        form = page.locator(f"main form:has([name={near}])").last
        for name, value in fields.items():
            form.locator(f"[name={name}]").fill(value.format(**seed))
        form.locator("button").first.click()

    return act


def _days(page: Page, seed: Seed, **years_ahead: int) -> None:
    """Days of today's month and day, so many years from now."""
    for name, ahead in years_ahead.items():
        for part, value in enumerate((1, seed["today"]["month"], seed["today"]["year"] + ahead)):
            page.locator(f"[name={name}_{part}]").fill(str(value))


def _contract(page: Page, seed: Seed) -> None:
    """A contract of two years that begins next year, with savings."""
    _days(page, seed, starts_on=1)
    page.locator("[name=starts_on_1]").fill("1")
    page.locator("[name=jht]").select_option("50000")
    _typed(contract_months="24")(page, seed)


def _project(page: Page, seed: Seed) -> None:
    """A project in three stages whose value has VAT in it."""
    _days(page, seed, work_order_on=0, from_on=0, last_on=3, due_2=1, due_3=2)
    page.locator("[name=basis][value=gross]").check()
    page.locator("[name=pattern]").select_option("50/25/25")
    _typed(name="Jembatan Contoh", work_order_no="SPK-{look}", contract="8,25 miliar", vat_percent="11")(page, seed)


def _wrong_rows(page: Page, seed: Seed) -> None:
    """A NIK that is too short, and a wage that may be two."""
    page.locator("[name=nik-1]").fill("99010142")
    page.locator("[name=wage-2]").fill("4.500")
    page.locator("main button[value=send]").click()


def _left_out(page: Page, seed: Seed) -> None:
    page.locator("main [name=anew][type=checkbox]").check()
    page.locator("main button[value=look]").click()


def _value(page: Page, seed: Seed) -> None:
    """A contract that is worth half as much as it was."""
    _days(page, seed, agreed_on=0)
    _typed(contract="300 juta")(page, seed)


def _unknown_card(page: Page, seed: Seed) -> None:
    _typed(kpj="10000000000", case_no="A-1")(page, seed)


def _lapsed_card(page: Page, seed: Seed) -> None:
    _typed(kpj="{lapsed_kpj}", case_no="A-1")(page, seed)


def _noted(page: Page, seed: Seed) -> None:
    """A note without a word in it."""
    page.locator("main details summary").last.click()
    page.locator("main form button").first.click()


def _citizen_without_name(page: Page, seed: Seed) -> None:
    page.locator("[name=name]").fill("")
    page.locator("button[value=save]").click()


def asked_at(form: str) -> str:
    """The address of an answer of the law."""
    return f"{form}?{urlencode(ASKED[form])}"


WRONG = _typed(name="tak-dikenal-{look}@contoh.example", password="bukan kata sandinya")
BRAKED = _typed(name="{braked}", password="bukan kata sandinya")
FIRM, UPLOAD, BILL = "/employer/{old}/", "/employer/{busy}/uploads/", "/employer/{old}/bills/"
START, ROUTE = "/start/<str:token>/", "/employer/<int:employer_id>/"
TABLE = f"{ROUTE}wages/table/"
UPLOAD_ROUTE, BILL_ROUTE = f"{ROUTE}uploads/<int:upload_id>/", f"{ROUTE}bills/<int:bill_id>/"
TOGETHER = f"{ROUTE}bills/together/"
JOINT_NUMBER = f"{TOGETHER}<int:customer_no>/"
VALUE_ROUTE = f"{ROUTE}projects/<int:project_id>/value/"
LISTED, LISTED_MONTH = f"{ROUTE}projects/new/wages/", f"{ROUTE}projects/<int:project_id>/months/<int:year>/<int:month>/"
MONTHS_OF = FIRM + "projects/{listed_project}/months/"
SEGMENT, LAW_ROUTES = "/iuran/<slug:segment>/", {"/iuran/": "/iuran/", "/simulasi-jht/": "/simulasi-jht/"}
HIRES, WORKERS = "/employer/{hires}/", f"{ROUTE}workers/"
RIGHT_WAGE = f"{WORKERS}<int:employment_id>/wage/<int:year>/<int:month>/"
WORKER_ROUTE, FILES_ROUTE = f"{WORKERS}<int:employment_id>/", f"{WORKERS}files/"
KIND_ROUTE, EXITS_ROUTE = f"{FILES_ROUTE}<slug:kind>/", f"{WORKERS}exits/"
BATCH_ROUTE, ROW_ROUTE = f"{ROUTE}enrolments/<int:batch_id>/", f"{ROUTE}enrolments/rows/<int:enrolment_id>/"
BACK_PAY_ROUTE, CORRECTS = f"{UPLOAD_ROUTE}back-pay/", "/employer/{corrects}/"
PREVIEW_ROUTE = f"{UPLOAD_ROUTE}preview/"
WORKER_FILE, BATCH, ROW = (f"{HIRES}{part}" for part in ("uploads/", "enrolments/", "enrolments/rows/"))
DAY_ROUTE = "/statements/<int:bank_id>/<int:year>-<int:month>-<int:day>/"
CITIZEN_ROUTE = "/dukcapil/people/<int:number>/"
CREDITINGS = "/creditings/"
PAY, OWN_ORDER = "/member/pay/", "/member/orders/<int:order_id>/"
OWN_MONTH = "/member/months/own/<int:membership_id>/<int:year>-<int:month>/"
MONTH_ROUTE = "/member/months/<int:employer_id>/<int:year>-<int:month>/"
COMPLAIN_ROUTE, COMPLAIN_LATE = f"{MONTH_ROUTE}complain/", "/member/months/{old}/{late_month}/complain/"
COMPLAINTS, ABOUT = "/member/complaints/", "/employer/{complained}/complaints/"
COMPLAINT_ROUTE, TO_DECIDE = f"{COMPLAINTS}<int:complaint_id>/", "/complaints/<int:complaint_id>/"
CHANGES_ROUTE, FIRM_ROUTE = f"{ROUTE}overview/<int:year>-<int:month>/", "/compliance/firms/<int:employer_id>/"
TO_ANSWER = f"{ROUTE}complaints/<int:complaint_id>/"
REGISTER = "/daftar/"
CONFIRM_FIRM = "/daftar/<str:token>/"
USERS = f"{ROUTE}users/"
APPLICATION = "/firms/applications/<int:application_id>/"
STAFF_FIRM = "/firms/<int:employer_id>/"
PAPER = f"{ROUTE}company/papers/<int:document_id>/"
STAFF_PAPER = f"{STAFF_FIRM}papers/<int:document_id>/"
FIRM_VISITS = [
    Visit("register a firm", "public", REGISTER, "/daftar/"),
    Visit("register a firm, faults", "public", REGISTER, "/daftar/", status=422, act=_typed(npwp="12", email="rina")),
    Visit("register a firm, sent", "public", REGISTER, "/daftar/", act=_registered_firm),
    Visit("confirm a firm", "public", CONFIRM_FIRM, "/daftar/{application}/"),
    Visit(
        "confirm, weak password", "public", CONFIRM_FIRM, "/daftar/{application}/", status=422, act=_typed(password="p")
    ),
    Visit(
        "firm registered", "public", CONFIRM_FIRM, "/daftar/{application}/", act=_typed(password="lima ekor gajah ungu")
    ),
    Visit("invited, a first password", "public", START, "/start/{asked_in}/"),
    Visit("invited, known already", "public", START, "/start/{join}/"),
    Visit("invitation taken up", "public", START, "/start/{join}/", act=_typed()),
    Visit("company", "public", f"{ROUTE}company/", "/employer/{company}/company/", "clerk"),
    Visit("company told nothing", "public", f"{ROUTE}company/", "/employer/{old}/company/", "clerk"),
    Visit(
        "company, bad site",
        "public",
        f"{ROUTE}company/sites/",
        "/employer/{company}/company/",
        "clerk",
        status=422,
        act=_bad_site,
    ),
    *(
        Visit(
            f"paper that {state}",
            "public",
            PAPER,
            f"/employer/{{company}}/company/papers/{{papers[{state}]}}/",
            "clerk",
        )
        for state in ("missing", "late", "waits", "returned", "accepted")
    ),
    Visit(
        "paper, nothing chosen",
        "public",
        f"{PAPER}send/",
        "/employer/{company}/company/papers/{papers[missing]}/",
        "clerk",
        status=422,
        act=_typed(),
    ),
    *(
        Visit(
            f"firm's paper, {state}", "staff", STAFF_PAPER, f"/firms/{{company}}/papers/{{papers[{state}]}}/", "officer"
        )
        for state in ("missing", "waits", "returned")
    ),
    Visit(
        "returned without a reason",
        "staff",
        f"{STAFF_PAPER}<int:file_id>/return/",
        "/firms/{company}/papers/{papers[waits]}/",
        "officer",
        status=422,
        act=_returned,
    ),
    Visit("users", "public", USERS, "/employer/{two}/users/", "clerk"),
    Visit("users, one alone", "public", USERS, "/employer/{company}/users/", "clerk"),
    Visit("users, asked for one person", "public", USERS, "/employer/{asking}/users/?fault=one_person_alone", "clerk"),
    Visit("users, invited", "public", USERS, "/employer/{two}/users/?told=invited", "clerk"),
    Visit("invite", "public", f"{USERS}invite/", "/employer/{two}/users/invite/", "clerk"),
    Visit(
        "invite nobody", "public", f"{USERS}invite/", "/employer/{two}/users/invite/", "clerk", status=422, act=_typed()
    ),
    Visit("one user", "public", f"{USERS}<int:account_id>/", "/employer/{two}/users/{budi}/", "clerk"),
    Visit("month with approvals", "public", ROUTE, "/employer/{two}/", "clerk"),
    *(
        Visit(f"approval, {turn}", "public", UPLOAD_ROUTE, f"/employer/{{two}}/uploads/{{approvals[{turn}]}}/", "clerk")
        for turn in ("theirs", "mine", "returned")
    ),
    Visit(
        "return without a reason",
        "public",
        UPLOAD_ROUTE,
        "/employer/{two}/uploads/{approvals[theirs]}/?reason=1",
        "clerk",
    ),
    Visit("firms", "staff", "/firms/", "/firms/", "officer"),
    Visit("no such firm", "staff", "/firms/", "/firms/", "officer", status=422, act=_typed(npp="XX")),
    Visit("one firm", "staff", STAFF_FIRM, "/firms/{company}/?told=terms", "officer"),
    Visit(
        "terms without a reason",
        "staff",
        f"{STAFF_FIRM}terms/",
        "/firms/{company}/",
        "officer",
        status=422,
        act=_pressed("terms"),
    ),
    Visit(
        "application",
        "staff",
        "/firms/applications/<int:application_id>/",
        "/firms/applications/{examined}/",
        "officer",
    ),
]
VISITS = [
    Visit("front page", "public", "/", "/"),
    Visit("gallery", "public", "/gallery/", "/gallery/"),
    Visit("contributions, nothing asked", "public", "/iuran/", "/iuran/"),
    Visit("contributions, no class", "public", "/iuran/", "/iuran/", act=_typed(wage="12 juta")),
    Visit("contributions, impossible", "public", "/iuran/", "/iuran/", status=422, act=_typed(wage="banyak")),
    *(Visit(f"answer of {form}", "public", LAW_ROUTES.get(form, SEGMENT), asked_at(form)) for form in FORMS),
    Visit("simulation, nothing asked", "public", "/simulasi-jht/", "/simulasi-jht/"),
    Visit("simulation, nothing told", "public", "/simulasi-jht/", "/simulasi-jht/", status=422, act=_typed()),
    Visit("rules", "public", "/aturan/", "/aturan/"),
    Visit("timeline of rules", "public", "/aturan/linimasa/", "/aturan/linimasa/"),
    Visit("rules of a programme", "public", "/aturan/<slug:programme>/", "/aturan/jp/"),
    *(
        Visit(f"rule {name}", "public", "/aturan/<slug:programme>/<slug:name>/", f"/aturan/{name}/")
        for name in ("jp/wage_ceiling", "bpu/income_bands")
    ),
    Visit("no such rule", "public", "", "/aturan/jp/tidak-ada/", status=404),
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
    *FIRM_VISITS,
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
    *(
        Visit(name, "public", f"{ROUTE}wages/", f"/employer/{{{firm}}}/wages/", "clerk")
        for name, firm in (("the same as last month", "small"), ("wages half typed", "typing"))
    ),
    *(
        Visit(f"table of wages, {firm}", "public", TABLE, f"/employer/{{{firm}}}/wages/table/", "clerk")
        for firm in ("small", "typing", "nobody")
    ),
    Visit("table of wages, page 2", "public", TABLE, "/employer/{typing}/wages/table/?page=2", "clerk"),
    Visit(
        "table of wages, wrong",
        "public",
        TABLE,
        "/employer/{typing}/wages/table/",
        "clerk",
        422,
        act=lambda page, _seed: page.locator("button[value=send]").click(),
    ),
    Visit("firm's month, half typed", "public", ROUTE, "/employer/{typing}/?month={this_month}", "clerk"),
    *(
        Visit(f"wages {name}", "public", UPLOAD_ROUTE, f"/employer/{{sent}}/uploads/{{months[{name}]}}/", "clerk")
        for name in ("typed", "replaced")
    ),
    Visit("which column", "public", f"{UPLOAD_ROUTE}columns/", UPLOAD + "{files[refused]}/columns/", "clerk"),
    Visit(
        "which column, not told",
        "public",
        f"{UPLOAD_ROUTE}columns/",
        UPLOAD + "{files[refused]}/columns/",
        "clerk",
        422,
        act=_typed(),
    ),
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
    Visit("bill paid in part", "public", BILL_ROUTE, "{begun_bill}", "clerk"),
    Visit("bill given back", "public", BILL_ROUTE, "{given_back_bill}", "clerk"),
    Visit("credit", "public", "/employer/<int:employer_id>/bills/credit/", "{credit}", "clerk"),
    Visit("bills to pay together", "public", TOGETHER, BILL + "together/", "clerk"),
    Visit("other bills to pay together", "public", TOGETHER, "{together}", "clerk"),
    Visit("too few to pay together", "public", TOGETHER, BILL + "together/", "clerk", status=422, act=_one_bill),
    *(
        Visit(f"one number, {name}", "public", JOINT_NUMBER, f"{{joint_{name}}}", "clerk")
        for name in ("open", "paid", "expired", "given_up")
    ),
    Visit("bills with one number", "public", f"{ROUTE}bills/", "{joined_bills}", "clerk"),
    Visit("bill of one number", "public", BILL_ROUTE, "{joined_bill}", "clerk"),
    Visit("bill paid with others", "public", BILL_ROUTE, "{paid_together}", "clerk"),
    Visit("right wage", "public", RIGHT_WAGE, "{right_wage}", "clerk"),
    Visit("right wage, nothing typed", "public", RIGHT_WAGE, "{right_wage}", "clerk", status=422, act=_typed(wage="")),
    Visit("right wage, what it comes to", "public", RIGHT_WAGE, "{right_wage}", "clerk", act=_typed(wage="9000000")),
    *(
        Visit(f"correction {name}", "public", UPLOAD_ROUTE, f"{CORRECTS}uploads/{{corrections[{name}]}}/", "clerk")
        for name in ("clean", "asked", "wrong", "booked")
    ),
    Visit(
        "preview of corrections",
        "public",
        PREVIEW_ROUTE,
        f"{CORRECTS}uploads/{{corrections[clean]}}/preview/",
        "clerk",
    ),
    Visit("file of corrections", "public", KIND_ROUTE, f"{CORRECTS}workers/files/wage_correction/", "clerk"),
    Visit("report with back pay", "public", UPLOAD_ROUTE, f"{CORRECTS}uploads/{{corrections[report]}}/", "clerk"),
    Visit("which months", "public", BACK_PAY_ROUTE, f"{CORRECTS}uploads/{{corrections[report]}}/back-pay/", "clerk"),
    Visit("bills with credit", "public", "/employer/<int:employer_id>/bills/", "/employer/{parts}/bills/", "clerk"),
    Visit("firm that hires", "public", ROUTE, HIRES, "clerk"),
    Visit("workers", "public", WORKERS, f"{HIRES}workers/", "clerk"),
    *(
        Visit(f"workers, {state}", "public", WORKERS, f"{HIRES}workers/?state={state}", "clerk")
        for state in ("waiting", "mend")
    ),
    Visit("workers who left", "public", WORKERS, f"{HIRES}workers/?state=left&ended=2", "clerk"),
    Visit("many workers", "public", WORKERS, "/employer/{busy}/workers/?page=2", "clerk"),
    Visit("no workers who left", "public", WORKERS, "/employer/{fresh}/workers/?state=left", "clerk"),
    Visit("a worker found", "public", WORKERS, f"{HIRES}workers/", "clerk", act=_typed(searched="{worker_name}")),
    Visit("no worker found", "public", WORKERS, f"{HIRES}workers/", "clerk", act=_typed(searched="siapa pun")),
    Visit("one new worker", "public", f"{WORKERS}new/", f"{HIRES}workers/new/", "clerk"),
    Visit("new worker, nothing told", "public", f"{WORKERS}new/", f"{HIRES}workers/new/", "clerk", 422, act=_typed()),
    Visit("new worker, warned", "public", f"{WORKERS}new/", f"{HIRES}workers/new/", "clerk", 422, act=_new_worker),
    Visit("files about workers", "public", FILES_ROUTE, f"{HIRES}workers/files/", "clerk"),
    Visit("no files about workers", "public", FILES_ROUTE, "/employer/{fresh}/workers/files/", "clerk"),
    *(
        Visit(f"file of {kind}", "public", KIND_ROUTE, f"{HIRES}workers/files/{kind}/", "clerk")
        for kind in ("new_workers", "continuing_workers", "corrections")
    ),
    Visit("no workers' file", "public", KIND_ROUTE, f"{HIRES}workers/files/exits/", "clerk", 422, act=_typed()),
    *(
        Visit(f"workers' file {name}", "public", UPLOAD_ROUTE, f"{WORKER_FILE}{{worker_files[{name}]}}/", "clerk")
        for name in ("faulty", "clean", "cards", "leaving", "left", "changing", "corrected", "working")
    ),
    Visit(
        "workers' warnings not read",
        "public",
        UPLOAD_ROUTE,
        WORKER_FILE + "{worker_files[clean]}/",
        "clerk",
        422,
        act=_pressed("confirm"),
    ),
    Visit(
        "workers' faults", "public", f"{UPLOAD_ROUTE}faults/", WORKER_FILE + "{worker_files[faulty]}/faults/", "clerk"
    ),
    *(
        Visit(f"preview of {name}", "public", PREVIEW_ROUTE, f"{WORKER_FILE}{{worker_files[{name}]}}/preview/", "clerk")
        for name in ("clean", "leaving")
    ),
    Visit("booked file is a list", "public", BATCH_ROUTE, WORKER_FILE + "{worker_files[part]}/", "clerk"),
    *(
        Visit(f"list {name}", "public", BATCH_ROUTE, f"{BATCH}{{batches[{name}]}}/", "clerk")
        for name in ("typed", "put_off", "fresh")
    ),
    Visit("list, to correct", "public", BATCH_ROUTE, BATCH + "{batches[answered]}/?state=to_correct", "clerk"),
    Visit("list, standing still", "public", BATCH_ROUTE, BATCH + "{batches[fresh]}/?still=1", "clerk"),
    *(
        Visit(f"row {name}", "public", ROW_ROUTE, f"{ROW}{{rows[{name}]}}/", "clerk")
        for name in (
            "enrolled_match",
            "enrolled_known",
            "waiting_fresh",
            "waiting_unavailable_quota",
            "to_correct_not_found",
            "to_resolve_duplicate",
            "card",
            "named",
            "withdrawn",
            "withdrawn_replaced",
        )
    ),
    Visit("row, all to mend", "public", ROW_ROUTE, ROW + "{rows[named]}/?all=1", "clerk"),
    Visit(
        "row, mended wrongly",
        "public",
        ROW_ROUTE,
        ROW + "{rows[named]}/",
        "clerk",
        422,
        act=_typed(name="", nik="12 34"),
    ),
    Visit("leavers", "public", f"{WORKERS}leavers/", f"{HIRES}workers/leavers/?nobody=1", "clerk"),
    Visit("one leaves", "public", EXITS_ROUTE, HIRES + "workers/exits/?worker={works[over]}", "clerk"),
    Visit(
        "two leave",
        "public",
        EXITS_ROUTE,
        HIRES + "workers/exits/?worker={works[active]}&worker={works[another]}",
        "clerk",
        422,
        act=_typed(),
    ),
    *(
        Visit(f"worker {name}", "public", WORKER_ROUTE, f"{HIRES}workers/{{works[{name}]}}/{said}", "clerk")
        for name, said in (("active", "?changed=changed-left_to_worker"), ("left", "?changed=exit"), ("over", ""))
    ),
    Visit("worker with account", "public", WORKER_ROUTE, FIRM + "workers/{told_worker}/", "clerk"),
    Visit("worker without account", "public", WORKER_ROUTE, FIRM + "workers/{quiet_worker}/", "clerk"),
    Visit("worker of another firm", "public", "", FIRM + "workers/{works[active]}/", "clerk", 404),
    Visit(
        "correct with account", "public", f"{WORKER_ROUTE}correct/", FIRM + "workers/{told_worker}/correct/", "clerk"
    ),
    Visit(
        "corrected wrongly",
        "public",
        f"{WORKER_ROUTE}correct/",
        FIRM + "workers/{quiet_worker}/correct/",
        "clerk",
        422,
        act=_typed(phone="021", email="siti@@contoh"),
    ),
    Visit("member's home", "public", "/member/", "/member/", "member"),
    Visit("new member's home", "public", "/member/", "/member/", "newcomer"),
    Visit("member's months", "public", "/member/months/", "/member/months/", "member"),
    Visit("new member's months", "public", "/member/months/", "/member/months/", "newcomer"),
    Visit("month paid", "public", MONTH_ROUTE, "/member/months/{old}/{paid_month}/", "member"),
    Visit("month not paid", "public", MONTH_ROUTE, "/member/months/{old}/{late_month}/", "member"),
    Visit("lapsed member's home", "public", "/member/", "/member/", "lapsed"),
    Visit("lapsed", "public", "/member/cover/", "/member/cover/", "lapsed"),
    Visit("employed", "public", "/member/cover/", "/member/cover/", "member"),
    Visit("pays himself", "public", "/member/cover/", "/member/cover/", "paying"),
    Visit("pay, starting anew", "public", PAY, PAY, "lapsed"),
    Visit("pay, months unpaid", "public", PAY, PAY, "behind"),
    Visit("pay, months left out", "public", PAY, PAY, "behind", act=_left_out),
    Visit("pay, nothing told", "public", PAY, PAY, "member"),
    Visit("pay, looked at", "public", PAY, PAY, "member", act=_typed_at("package", income="4,5 juta")),
    Visit("pay, wrong", "public", PAY, PAY, "member", 422, act=_typed_at("package", income="tiga")),
    Visit("package", "public", f"{PAY}abroad/", f"{PAY}abroad/", "paying"),
    Visit("package that runs", "public", f"{PAY}abroad/", f"{PAY}abroad/", "abroad"),
    Visit("package, longer", "public", f"{PAY}abroad/longer/", f"{PAY}abroad/longer/", "abroad"),
    Visit("longer, wrong", "public", f"{PAY}abroad/longer/", f"{PAY}abroad/longer/", "abroad", 422, act=_typed()),
    Visit(
        "longer, looked at", "public", f"{PAY}abroad/longer/", f"{PAY}abroad/longer/", "abroad", act=_typed(months="6")
    ),
    Visit("package, looked at", "public", f"{PAY}abroad/", f"{PAY}abroad/", "paying", act=_contract),
    *(
        Visit(f"order {name}", "public", OWN_ORDER, f"/member/orders/{{own_orders[{name}]}}/", "paying")
        for name in ("waiting", "paid", "ended")
    ),
    Visit("order, standing still", "public", OWN_ORDER, "/member/orders/{own_orders[waiting]}/?still=1", "paying"),
    Visit("own month", "public", OWN_MONTH, "{own_month}", "paying"),
    Visit("own months", "public", "/member/months/", "/member/months/", "paying"),
    Visit("an order of somebody else", "public", "", "/member/orders/{own_orders[paid]}/", "member", 404),
    Visit("projects", "public", f"{ROUTE}projects/", FIRM + "projects/", "clerk"),
    Visit("no projects", "public", f"{ROUTE}projects/", "/employer/{fresh}/projects/", "clerk"),
    Visit("new project", "public", f"{ROUTE}projects/new/", FIRM + "projects/new/", "clerk"),
    Visit("new project, wrong", "public", f"{ROUTE}projects/new/", FIRM + "projects/new/", "clerk", 422, act=_typed()),
    Visit("new project, looked at", "public", f"{ROUTE}projects/new/", FIRM + "projects/new/", "clerk", act=_project),
    Visit("project", "public", f"{ROUTE}projects/<int:project_id>/", FIRM + "projects/{project}/", "clerk"),
    Visit("new listed project", "public", LISTED, FIRM + "projects/new/wages/", "clerk"),
    Visit("new listed project, wrong", "public", LISTED, FIRM + "projects/new/wages/", "clerk", 422, act=_typed()),
    Visit(
        "listed project", "public", f"{ROUTE}projects/<int:project_id>/", FIRM + "projects/{listed_project}/", "clerk"
    ),
    *(
        Visit(f"listed month, {name}", "public", LISTED_MONTH, MONTHS_OF + f"{{listed_months[{name}]}}/", "clerk")
        for name in ("waiting", "empty")
    ),
    Visit("list a month", "public", f"{LISTED_MONTH}list/", MONTHS_OF + "{listed_months[empty]}/list/", "clerk"),
    Visit("listed table", "public", f"{LISTED_MONTH}table/", MONTHS_OF + "{listed_months[empty]}/table/", "clerk"),
    Visit(
        "listed table, wrong",
        "public",
        f"{LISTED_MONTH}table/",
        MONTHS_OF + "{listed_months[empty]}/table/",
        "clerk",
        422,
        act=_wrong_rows,
    ),
    *(
        Visit(f"list {state}", "public", UPLOAD_ROUTE, FIRM + f"uploads/{{listed_uploads[{state}]}}/", "clerk")
        for state in ("checked", "booked")
    ),
    Visit("another value", "public", VALUE_ROUTE, FIRM + "projects/{project}/value/", "clerk"),
    Visit(
        "another value, wrong", "public", VALUE_ROUTE, FIRM + "projects/{project}/value/", "clerk", 422, act=_typed()
    ),
    Visit("another value, looked at", "public", VALUE_ROUTE, FIRM + "projects/{project}/value/", "clerk", act=_value),
    Visit("own payers", "staff", "/own-payers/", "/own-payers/", "officer"),
    Visit("counter", "staff", "/reactivation/", "/reactivation/", "officer"),
    Visit("counter, no such card", "staff", "/reactivation/", "/reactivation/", "officer", 422, act=_unknown_card),
    Visit("counter, lapsed", "staff", "/reactivation/", "/reactivation/", "officer", act=_lapsed_card),
    *(
        Visit(f"complain, {name}", "public", COMPLAIN_ROUTE, path, "member")
        for name, path in (("paid month", "/member/months/{old}/{paid_month}/complain/"), ("late month", COMPLAIN_LATE))
    ),
    Visit("complain, nothing told", "public", COMPLAIN_ROUTE, COMPLAIN_LATE, "member", 422, act=_typed()),
    Visit("complaints", "public", COMPLAINTS, COMPLAINTS, "complainer"),
    Visit("no complaints", "public", COMPLAINTS, COMPLAINTS, "member"),
    Visit("home of who complains", "public", "/member/", "/member/", "complainer"),
    *(
        Visit(
            f"own complaint {name}",
            "public",
            COMPLAINT_ROUTE,
            f"{COMPLAINTS}{{complaints[{name}]}}/{new}",
            "complainer",
        )
        for name, new in (("fresh", "?new=1"), ("answered", ""), ("ordered", ""), ("settled", ""))
    ),
    *(
        Visit(f"overview of {firm}", "public", f"{ROUTE}overview/", f"/employer/{{{firm}}}/overview/", "clerk")
        for firm in ("old", "complained", "fresh")
    ),
    Visit("differences", "public", CHANGES_ROUTE, "/employer/{complained}/overview/{mended_month}/", "clerk"),
    Visit("no differences", "public", CHANGES_ROUTE, "/employer/{fresh}/overview/2026-1/", "clerk"),
    Visit("firm complained about", "public", ROUTE, "/employer/{complained}/", "clerk"),
    *(
        Visit(name, "public", f"{ROUTE}complaints/", f"/employer/{{{firm}}}/complaints/{query}", "clerk")
        for name, firm, query in (
            ("firm's complaints", "complained", ""),
            ("complaints over", "complained", "?state=closed"),
            ("no complaints about a firm", "old", ""),
        )
    ),
    *(
        Visit(f"complaint to answer, {name}", "public", TO_ANSWER, f"{ABOUT}{{complaints[{name}]}}/", "clerk")
        for name in ("fresh", "mended", "agency", "ordered")
    ),
    Visit("answer without words", "public", TO_ANSWER, ABOUT + "{complaints[fresh]}/", "clerk", 422, act=_typed()),
    Visit("agency", "staff", "/", "/", "officer"),
    Visit("complaints at the agency", "staff", "/complaints/", "/complaints/", "officer"),
    Visit("complaints at firms", "staff", "/complaints/", "/complaints/?who=firm", "officer"),
    *(
        Visit(f"complaint to decide, {name}", "staff", TO_DECIDE, f"/complaints/{{complaints[{name}]}}/", "officer")
        for name in ("agency", "settled")
    ),
    Visit("compliance", "staff", "/compliance/", "/compliance/", "officer"),
    Visit("compliance, narrowed", "staff", "/compliance/", "/compliance/?size=medium&class=II", "officer"),
    *(
        Visit(f"firms {what}", "staff", "/compliance/firms/", f"/compliance/firms/?what={what}", "officer")
        for what in ("unreported", "owing", "fewer")
    ),
    Visit("a firm for officers", "staff", FIRM_ROUTE, "/compliance/firms/{complained}/", "officer"),
    Visit("a firm that only begins", "staff", FIRM_ROUTE, "/compliance/firms/{fresh}/", "officer"),
    Visit("note without words", "staff", FIRM_ROUTE, "/compliance/firms/{fresh}/", "officer", 422, act=_noted),
    Visit("tasks of officers", "staff", "/follow-ups/", "/follow-ups/?who=all", "officer"),
    Visit("no tasks", "staff", "/follow-ups/", "/follow-ups/", "officer"),
    Visit("a task", "staff", "/follow-ups/<int:follow_up_id>/", "/follow-ups/{task}/", "officer"),
    Visit("creditings", "staff", "/creditings/", "/creditings/", "officer"),
    Visit("plan a crediting", "staff", f"{CREDITINGS}new/", f"{CREDITINGS}new/", "officer"),
    Visit(
        "crediting without a decision",
        "staff",
        f"{CREDITINGS}new/",
        f"{CREDITINGS}new/",
        "officer",
        422,
        act=_typed(year="2023"),
    ),
    Visit("provisional rate", "staff", f"{CREDITINGS}provisional-rate/", f"{CREDITINGS}provisional-rate/", "officer"),
    Visit(
        "provisional rate, nothing told",
        "staff",
        f"{CREDITINGS}provisional-rate/",
        f"{CREDITINGS}provisional-rate/",
        "officer",
        422,
        act=_typed(),
    ),
    *(
        Visit(
            f"crediting {name}",
            "staff",
            f"{CREDITINGS}<int:crediting_id>/",
            f"{CREDITINGS}{{creditings[{name}]}}/?still=1",
            "officer",
        )
        for name in ("computed", "planned", "own", "started", "finished", "withdrawn")
    ),
    Visit(
        "crediting not looked at",
        "staff",
        f"{CREDITINGS}<int:crediting_id>/start/",
        f"{CREDITINGS}{{creditings[planned]}}/",
        "officer",
        422,
        act=_pressed("start"),
    ),
    Visit("statements", "staff", "/statements/", "/statements/", "officer"),
    Visit("statement sent", "staff", "/statements/", "/statements/?lines=6&new=6&opened=5&closed=0", "officer"),
    Visit("no statement", "staff", "/statements/", "/statements/", "officer", 422, act=_typed()),
    Visit("bank's day", "staff", DAY_ROUTE, "{bank_day}", "officer"),
    Visit("bank's day, bank only", "staff", DAY_ROUTE, "{bank_day}?outcome=bank_only", "officer"),
    Visit("contradictions", "staff", "/contradictions/", "/contradictions/", "officer"),
    *(
        Visit(
            f"contradiction, {name}",
            "staff",
            "/contradictions/<int:contradiction_id>/",
            f"/contradictions/{{contradicted[{name}]}}/",
            "officer",
        )
        for name in ("open", "closed")
    ),
    Visit("suspense", "staff", "/suspense/", "/suspense/", "officer"),
    Visit("suspense, nobody's", "staff", "/suspense/", "/suspense/?state=open", "officer"),
    Visit("suspense, explained", "staff", "/suspense/", "/suspense/?state=resolved", "officer"),
    *(
        Visit(f"item {name}", "staff", "/suspense/<int:item_id>/", f"/suspense/{{items[{name}]}}/", "officer")
        for name in ("short", "difference", "to_approve", "own", "fresh", "done")
    ),
    Visit("slip", "staff", "/deposits/", "/deposits/", "officer"),
    Visit("slip, nothing told", "staff", "/deposits/", "/deposits/", "officer", 422, act=_typed()),
    Visit("slip, foretold", "staff", "/deposits/", "/deposits/", "officer", act=_slip),
    Visit("slip booked", "staff", "/deposits/<slug:receipt_number>/", "/deposits/{receipt}/", "officer"),
    Visit("simulators", "simulators", "/", "/"),
    Visit("bank's counter", "simulators", "/bank/", "/bank/"),
    Visit("bank, no number", "simulators", "/bank/", "/bank/", status=422, act=_typed(number="nomor")),
    Visit("bank, a bill found", "simulators", "/bank/", "/bank/", act=_typed(number="{bills[due][number]}")),
    Visit("bank, a bill past its day", "simulators", "/bank/", "/bank/", act=_typed(number="{bills[expired][number]}")),
    Visit("bank's statements", "simulators", "/bank/statements/", "/bank/statements/"),
    Visit("mail", "simulators", "/mail/", "/mail/"),
    Visit("mail to one", "simulators", "/mail/", "/mail/?to={told}"),
    Visit("no mail", "simulators", "/mail/", "/mail/?to=siapa-pun"),
    Visit("a letter", "simulators", "/mail/<slug:letter_id>/", "/mail/?to={told}", act=_first_letter),
    Visit("texts", "simulators", "/sms/", "/sms/"),
    Visit("registry", "simulators", "/dukcapil/", "/dukcapil/"),
    Visit("registry, nobody found", "simulators", "/dukcapil/", "/dukcapil/?q=tak+ada"),
    Visit("registry, somebody new", "simulators", "/dukcapil/new/", "/dukcapil/new/"),
    Visit("registry, nothing told", "simulators", "/dukcapil/new/", "/dukcapil/new/", status=422, act=_typed()),
    *(
        Visit(f"citizen {name}", "simulators", CITIZEN_ROUTE, f"/dukcapil/people/{{citizens[{name}]}}/?saved=1")
        for name in ("alive", "dead")
    ),
    Visit(
        "citizen without name",
        "simulators",
        CITIZEN_ROUTE,
        "/dukcapil/people/{citizens[alive]}/",
        status=422,
        act=_citizen_without_name,
    ),
    Visit("registry's habits", "simulators", "/dukcapil/habits/", "/dukcapil/habits/?saved=1"),
    Visit(
        "no such habits", "simulators", "/dukcapil/habits/", "/dukcapil/habits/", status=422, act=_typed(opens="pagi")
    ),
]
NO_PAGES = {
    "public": {
        "/member/sign-out/": "POST alone",
        "/employer/sign-out/": "POST alone",
        f"{ROUTE}wages/template/": "a workbook",
        f"{ROUTE}wages/same/": "POST alone",
        f"{ROUTE}wages/table/again/": "POST alone",
        f"{ROUTE}columns/<slug:kind>/forget/": "POST alone",
        f"{UPLOAD_ROUTE}annotated/": "a workbook",
        f"{UPLOAD_ROUTE}confirm/": "shows the page of the file",
        f"{UPLOAD_ROUTE}cancel/": "POST alone",
        **{f"{UPLOAD_ROUTE}{act}/": "POST alone" for act in ("approve", "return", "take-back")},
        f"{ROUTE}company/sites/end/": "POST alone",
        f"{USERS}<int:account_id>/end/": "POST alone",
        f"{USERS}invitations/<int:invitation_id>/withdraw/": "POST alone",
        f"{USERS}two-persons/": "POST alone",
        f"{WORKERS}search/": "POST alone",
        f"{KIND_ROUTE}template/": "a workbook",
        f"{BATCH_ROUTE}cards/": "a workbook",
        f"{BATCH_ROUTE}to-mend/": "a workbook",
        f"{ROW_ROUTE}ask/": "POST alone",
        f"{ROW_ROUTE}withdraw/": "POST alone",
        f"{ROW_ROUTE}proof/": "a PDF",
        f"{BILL_ROUTE}reissue/": "POST alone",
        f"{BILL_ROUTE}receipt/": "a PDF",
        f"{OWN_ORDER}receipt/": "a PDF",
        f"{TOGETHER}separate/": "POST alone",
        f"{JOINT_NUMBER}receipt/": "a PDF",
        f"{ROUTE}projects/<int:project_id>/stages/<int:stage_no>/bill/": "POST alone",
        f"{ROUTE}projects/<int:project_id>/stages/<int:stage_no>/receipt/": "a PDF",
        f"{LISTED_MONTH}template/": "a workbook",
        f"{LISTED_MONTH}nobody/": "POST alone",
    },
    "staff": {
        "/sign-out/": "POST alone",
        "/compliance/firms/csv/": "a file",
        f"{STAFF_FIRM}papers/": "shows the page of the firm",
        f"{STAFF_FIRM}papers/seen/": "POST alone",
        f"{STAFF_PAPER}<int:file_id>/": "a file",
        f"{STAFF_PAPER}<int:file_id>/accept/": "POST alone",
        **{f"{APPLICATION}{act}/": "POST alone" for act in ("admit", "decline")},
        **{f"{CREDITINGS}<int:crediting_id>/{act}/": "POST alone" for act in ("rehearse", "withdraw", "correct")},
    },
    "simulators": {
        "/bank/v1.0/access-token/b2b": "for machines",
        "/bank/v1.0/transfer-va/status": "for machines",
        "/bank/statement": "a bank's file",
        "/dukcapil/_control": "for tests",
        "/dukcapil/dukcapil/get_json/<str:customer_id>/<str:method>": "for machines",
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
