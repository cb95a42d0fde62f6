"""What becomes of wages that turn out to be wrong after billing, and of back pay."""

from tests.journeys.acts import typed
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import (
    BILL_ROUTE,
    CORRECTS,
    HIRES,
    KIND_ROUTE,
    PREVIEW_ROUTE,
    RIGHT_WAGE,
    UPLOAD_ROUTE,
)

VISITS = [
    Visit("right wage", "public", RIGHT_WAGE, "{right_wage}", "clerk"),
    Visit("right wage, nothing typed", "public", RIGHT_WAGE, "{right_wage}", "clerk", status=422, act=typed(wage="")),
    Visit("right wage, what it comes to", "public", RIGHT_WAGE, "{right_wage}", "clerk", act=typed(wage="9000000")),
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
    Visit("replaced bill", "public", BILL_ROUTE, f"{CORRECTS}bills/{{replaced_bill}}/", "clerk"),
    Visit("file of corrections", "public", KIND_ROUTE, f"{CORRECTS}workers/files/wage_correction/", "clerk"),
    Visit("report with back pay", "public", UPLOAD_ROUTE, f"{CORRECTS}uploads/{{corrections[report]}}/", "clerk"),
    *(
        Visit(f"file of {kind}", "public", KIND_ROUTE, f"{HIRES}workers/files/{kind}/", "clerk")
        for kind in ("new_workers", "continuing_workers", "corrections")
    ),
]
