"""A firm's own data: its registration, papers, users, and what a second person must approve."""

from tests.journeys.acts import bad_site, registered_firm, typed
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import CONFIRM_FIRM, PAPER, REGISTER, ROUTE, START, UPLOAD_ROUTE, USERS

VISITS = [
    Visit("another firm", "public", "", "/employer/999999/", "clerk", status=404),
    Visit("register a firm", "public", REGISTER, "/daftar/"),
    Visit("register a firm, faults", "public", REGISTER, "/daftar/", status=422, act=typed(npwp="12", email="rina")),
    Visit("register a firm, sent", "public", REGISTER, "/daftar/", act=registered_firm),
    Visit("confirm a firm", "public", CONFIRM_FIRM, "/daftar/{application}/"),
    Visit(
        "confirm, weak password", "public", CONFIRM_FIRM, "/daftar/{application}/", status=422, act=typed(password="p")
    ),
    Visit(
        "firm registered", "public", CONFIRM_FIRM, "/daftar/{application}/", act=typed(password="lima ekor gajah ungu")
    ),
    Visit("invited, a first password", "public", START, "/start/{asked_in}/"),
    Visit("invited, known already", "public", START, "/start/{join}/"),
    Visit("invitation taken up", "public", START, "/start/{join}/", act=typed()),
    Visit("company", "public", f"{ROUTE}company/", "/employer/{company}/company/", "clerk"),
    Visit("company told nothing", "public", f"{ROUTE}company/", "/employer/{old}/company/", "clerk"),
    Visit(
        "company, bad site",
        "public",
        f"{ROUTE}company/sites/",
        "/employer/{company}/company/",
        "clerk",
        status=422,
        act=bad_site,
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
        act=typed(),
    ),
    Visit("users", "public", USERS, "/employer/{two}/users/", "clerk"),
    Visit("users, one alone", "public", USERS, "/employer/{company}/users/", "clerk"),
    Visit("users, asked for one person", "public", USERS, "/employer/{asking}/users/?fault=one_person_alone", "clerk"),
    Visit("users, invited", "public", USERS, "/employer/{two}/users/?told=invited", "clerk"),
    Visit("invite", "public", f"{USERS}invite/", "/employer/{two}/users/invite/", "clerk"),
    Visit(
        "invite nobody", "public", f"{USERS}invite/", "/employer/{two}/users/invite/", "clerk", status=422, act=typed()
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
]
