"""A firm's overview, and what its workers complain about."""

from tests.journeys.acts import typed
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import ABOUT, CHANGES_ROUTE, ROUTE, TO_ANSWER

VISITS = [
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
        for name in ("fresh", "mended", "agency", "ordered", "left", "left_reported", "left_ended")
    ),
    Visit("answer without words", "public", TO_ANSWER, ABOUT + "{complaints[fresh]}/", "clerk", 422, act=typed()),
]
