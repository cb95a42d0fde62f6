"""The agency's money: statements, suspense, slips, the year's development."""

from tests.journeys.acts import account_opened, pressed, slip, typed
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import CREDITINGS, DAY_ROUTE, REFUND_ROUTE

VISITS = [
    Visit("creditings", "staff", "/creditings/", "/creditings/", "officer"),
    Visit("plan a crediting", "staff", f"{CREDITINGS}new/", f"{CREDITINGS}new/", "officer"),
    Visit(
        "crediting without a decision",
        "staff",
        f"{CREDITINGS}new/",
        f"{CREDITINGS}new/",
        "officer",
        422,
        act=typed(year="2023"),
    ),
    Visit("provisional rate", "staff", f"{CREDITINGS}provisional-rate/", f"{CREDITINGS}provisional-rate/", "officer"),
    Visit(
        "provisional rate, nothing told",
        "staff",
        f"{CREDITINGS}provisional-rate/",
        f"{CREDITINGS}provisional-rate/",
        "officer",
        422,
        act=typed(),
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
        act=pressed("start"),
    ),
    Visit("statements", "staff", "/statements/", "/statements/", "officer"),
    Visit("statement sent", "staff", "/statements/", "/statements/?lines=6&new=6&opened=5&closed=0", "officer"),
    Visit("no statement", "staff", "/statements/", "/statements/", "officer", 422, act=typed()),
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
    Visit("refunds", "staff", "/refunds/", "/refunds/", "officer"),
    *(
        Visit(f"refund {name}", "staff", REFUND_ROUTE, f"/refunds/{{refunds[{name}]}}/", "officer")
        for name in ("to_look_at", "to_decide", "taken", "sent")
    ),
    Visit("refund to send", "staff", REFUND_ROUTE, "/refunds/{refunds[to_send]}/", "officer", act=account_opened),
    Visit("slip", "staff", "/deposits/", "/deposits/", "officer"),
    Visit("slip, nothing told", "staff", "/deposits/", "/deposits/", "officer", 422, act=typed()),
    Visit("slip, foretold", "staff", "/deposits/", "/deposits/", "officer", act=slip),
    Visit("slip booked", "staff", "/deposits/<slug:receipt_number>/", "/deposits/{receipt}/", "officer"),
    Visit("slips, of thirty days", "staff", "/deposits/booked/", "/deposits/booked/?days=month", "officer"),
    Visit("slips, no number", "staff", "/deposits/booked/", "/deposits/booked/?find=", "officer", 422),
    Visit("slips, nothing found", "staff", "/deposits/booked/", "/deposits/booked/?find=TAKADA", "officer"),
]
