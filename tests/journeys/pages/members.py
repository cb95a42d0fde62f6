"""What a member sees: balance, months, what he pays himself, what he complains about."""

from tests.journeys.acts import contract, left_out, typed, typed_at
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import (
    BACK_PAY_ROUTE,
    COMPLAIN_LATE,
    COMPLAIN_ROUTE,
    COMPLAINT_ROUTE,
    COMPLAINTS,
    CORRECTS,
    LEFT_ROUTE,
    MONTH_ROUTE,
    OWN_MONTH,
    OWN_ORDER,
    OWN_WAGES,
    PAY,
)

VISITS = [
    Visit("a month of somebody else", "public", "", "/member/months/{fresh}/2026-01/", "member", status=404),
    Visit("which months", "public", BACK_PAY_ROUTE, f"{CORRECTS}uploads/{{corrections[report]}}/back-pay/", "clerk"),
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
    Visit("pay, months left out", "public", PAY, PAY, "behind", act=left_out),
    Visit("pay, nothing told", "public", PAY, PAY, "member"),
    Visit("pay, looked at", "public", PAY, PAY, "member", act=typed_at("package", income="4,5 juta")),
    Visit("pay, wrong", "public", PAY, PAY, "member", 422, act=typed_at("package", income="tiga")),
    Visit("package", "public", f"{PAY}abroad/", f"{PAY}abroad/", "paying"),
    Visit("package that runs", "public", f"{PAY}abroad/", f"{PAY}abroad/", "abroad"),
    Visit("package, longer", "public", f"{PAY}abroad/longer/", f"{PAY}abroad/longer/", "abroad"),
    Visit("longer, wrong", "public", f"{PAY}abroad/longer/", f"{PAY}abroad/longer/", "abroad", 422, act=typed()),
    Visit(
        "longer, looked at", "public", f"{PAY}abroad/longer/", f"{PAY}abroad/longer/", "abroad", act=typed(months="6")
    ),
    Visit("package, looked at", "public", f"{PAY}abroad/", f"{PAY}abroad/", "paying", act=contract),
    *(
        Visit(f"order {name}", "public", OWN_ORDER, f"/member/orders/{{own_orders[{name}]}}/", "paying")
        for name in ("waiting", "paid", "ended")
    ),
    Visit("order, standing still", "public", OWN_ORDER, "/member/orders/{own_orders[waiting]}/?still=1", "paying"),
    Visit("own month", "public", OWN_MONTH, "{own_month}", "paying"),
    Visit("own months", "public", "/member/months/", "/member/months/", "paying"),
    Visit("an order of somebody else", "public", "", "/member/orders/{own_orders[paid]}/", "member", 404),
    *(
        Visit(f"complain, {name}", "public", COMPLAIN_ROUTE, path, "member")
        for name, path in (("paid month", "/member/months/{old}/{paid_month}/complain/"), ("late month", COMPLAIN_LATE))
    ),
    *(
        Visit(
            f"payslips {name}", "public", OWN_WAGES, f"/member/months/{{old}}/wages/{more}", "member", status, act=act
        )
        for name, more, status, act in (
            ("asked", "", 200, None),
            ("counted", "?hinted=1", 200, None),
            ("compared", "", 200, typed(every="12,5 juta")),
            ("wrong", "", 422, typed(every="dua belas")),
        )
    ),
    Visit(
        "file of complaints",
        "public",
        f"{OWN_WAGES}file/",
        "/member/months/{complained}/wages/file/?new=1",
        "complainer",
    ),
    Visit(
        "complain, nothing told",
        "public",
        COMPLAIN_ROUTE,
        "/member/months/{old}/{paid_month}/complain/",
        "member",
        422,
        act=typed(),
    ),
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
        for name, new in (("fresh", "?new=1"), ("answered", ""), ("ordered", ""), ("settled", ""), ("left", "?new=1"))
    ),
    Visit("left a firm", "public", LEFT_ROUTE, "/member/left/{old}/", "member"),
    Visit("left a firm, nothing told", "public", LEFT_ROUTE, "/member/left/{old}/", "member", 422, act=typed()),
]
