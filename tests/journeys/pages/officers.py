"""The agency's desk: firms, their papers, compliance, complaints, the counter."""

from tests.journeys.acts import ended, lapsed_card, noted, pressed, returned, typed, unknown_card
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import FIRM_ROUTE, STAFF_FIRM, STAFF_PAPER, TO_DECIDE

VISITS = [
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
        act=returned,
    ),
    Visit("firms", "staff", "/firms/", "/firms/", "officer"),
    Visit("no such firm", "staff", "/firms/", "/firms/", "officer", status=422, act=typed(npp="XX")),
    Visit("one firm", "staff", STAFF_FIRM, "/firms/{company}/?told=terms", "officer"),
    Visit(
        "terms without a reason",
        "staff",
        f"{STAFF_FIRM}terms/",
        "/firms/{company}/",
        "officer",
        status=422,
        act=pressed("terms"),
    ),
    Visit(
        "application",
        "staff",
        "/firms/applications/<int:application_id>/",
        "/firms/applications/{examined}/",
        "officer",
    ),
    Visit("own payers", "staff", "/own-payers/", "/own-payers/", "officer"),
    Visit("counter", "staff", "/reactivation/", "/reactivation/", "officer"),
    Visit("counter, no such card", "staff", "/reactivation/", "/reactivation/", "officer", 422, act=unknown_card),
    Visit("counter, lapsed", "staff", "/reactivation/", "/reactivation/", "officer", act=lapsed_card),
    Visit("agency", "staff", "/", "/", "officer"),
    Visit("complaints at the agency", "staff", "/complaints/", "/complaints/", "officer"),
    Visit("complaints at firms", "staff", "/complaints/", "/complaints/?who=firm", "officer"),
    *(
        Visit(f"complaint to decide, {name}", "staff", TO_DECIDE, f"/complaints/{{complaints[{name}]}}/", "officer")
        for name in ("agency", "settled", "left_agency", "left_ended")
    ),
    Visit(
        "ended without words", "staff", TO_DECIDE, "/complaints/{complaints[left_agency]}/", "officer", 422, act=ended
    ),
    Visit("compliance", "staff", "/compliance/", "/compliance/", "officer"),
    Visit("compliance, narrowed", "staff", "/compliance/", "/compliance/?size=medium&class=II", "officer"),
    *(
        Visit(f"firms {what}", "staff", "/compliance/firms/", f"/compliance/firms/?what={what}", "officer")
        for what in ("unreported", "owing", "fewer")
    ),
    Visit("a firm for officers", "staff", FIRM_ROUTE, "/compliance/firms/{complained}/", "officer"),
    Visit("a firm that only begins", "staff", FIRM_ROUTE, "/compliance/firms/{fresh}/", "officer"),
    Visit("note without words", "staff", FIRM_ROUTE, "/compliance/firms/{fresh}/", "officer", 422, act=noted),
    Visit("tasks of officers", "staff", "/follow-ups/", "/follow-ups/?who=all", "officer"),
    Visit("no tasks", "staff", "/follow-ups/", "/follow-ups/", "officer"),
    Visit("a task", "staff", "/follow-ups/<int:follow_up_id>/", "/follow-ups/{task}/", "officer"),
]
