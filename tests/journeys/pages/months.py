"""A firm's month: reporting wages by file, on the screen or as last month, and what the check found."""

from tests.journeys.acts import pressed, typed
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import FIRM, ROUTE, TABLE, UPLOAD, UPLOAD_ROUTE

VISITS = [
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
        act=typed(),
    ),
    Visit("report without a file", "public", f"{ROUTE}wages/", "/employer/{fresh}/wages/", "clerk", 422, act=typed()),
    *(
        Visit(f"file {name}", "public", UPLOAD_ROUTE, f"{UPLOAD}{{files[{name}]}}/", "clerk")
        for name in ("booked", "faulty", "refused", "cancelled", "working")
    ),
    Visit("file clean and sent again", "public", UPLOAD_ROUTE, UPLOAD + "{files[clean]}/?again=1", "clerk"),
    Visit("file working, standing still", "public", UPLOAD_ROUTE, UPLOAD + "{files[working]}/?still=1", "clerk"),
    Visit(
        "warnings not read", "public", UPLOAD_ROUTE, UPLOAD + "{files[clean]}/", "clerk", 422, act=pressed("confirm")
    ),
    Visit("faults", "public", f"{UPLOAD_ROUTE}faults/", UPLOAD + "{files[faulty]}/faults/", "clerk"),
    Visit("faults, page 2", "public", f"{UPLOAD_ROUTE}faults/", UPLOAD + "{files[faulty]}/faults/?page=2", "clerk"),
    Visit("warnings", "public", f"{UPLOAD_ROUTE}faults/", UPLOAD + "{files[clean]}/faults/?severity=warning", "clerk"),
    Visit("changes", "public", f"{UPLOAD_ROUTE}changes/", UPLOAD + "{files[clean]}/changes/", "clerk"),
    Visit(
        "who is missing", "public", f"{UPLOAD_ROUTE}changes/", UPLOAD + "{files[clean]}/changes/?kind=missing", "clerk"
    ),
]
