"""A firm's bills: paying one, several with one number, part of one, and its credit."""

from tests.journeys.acts import account, one_bill, typed
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import BILL, BILL_ROUTE, CREDIT, JOINT_NUMBER, REFUND, REFUNDING, ROUTE, TOGETHER

VISITS = [
    Visit("bills", "public", f"{ROUTE}bills/", BILL, "clerk"),
    Visit("no bills yet", "public", f"{ROUTE}bills/", "/employer/{fresh}/bills/", "clerk"),
    *(
        Visit(f"bill {name}", "public", BILL_ROUTE, f"{BILL}{{bills[{name}][id]}}/", "clerk")
        for name in ("paid", "paid_late", "late", "expired", "due")
    ),
    Visit("bill, standing still", "public", BILL_ROUTE, BILL + "{bills[due][id]}/?still=1", "clerk"),
    Visit("bill paid in part", "public", BILL_ROUTE, "{begun_bill}", "clerk"),
    Visit("bill given back", "public", BILL_ROUTE, "{given_back_bill}", "clerk"),
    Visit("credit", "public", CREDIT, "{credit}", "clerk"),
    *(
        Visit(f"credit, {name}", "public", CREDIT, f"/employer/{{refunding[{name}]}}/bills/credit/", "clerk")
        for name in ("to_look_at", "to_send", "returned")
    ),
    Visit("ask credit back", "public", REFUND, REFUNDING, "clerk"),
    Visit("ask nothing back", "public", REFUND, REFUNDING, "clerk", 422, act=typed(amount="0", account_no="12")),
    Visit("ask credit back, another's name", "public", REFUND, REFUNDING, "clerk", 422, act=account("Budi Contoh")),
    Visit("ask credit back, read once more", "public", REFUND, REFUNDING, "clerk", act=account("{may_ask_name}")),
    Visit("owe, and ask credit back", "public", REFUND, REFUNDING.replace("may_ask", "owing"), "clerk"),
    Visit("bills to pay together", "public", TOGETHER, BILL + "together/", "clerk"),
    Visit("other bills to pay together", "public", TOGETHER, "{together}", "clerk"),
    Visit("too few to pay together", "public", TOGETHER, BILL + "together/", "clerk", status=422, act=one_bill),
    *(
        Visit(f"one number, {name}", "public", JOINT_NUMBER, f"{{joint_{name}}}", "clerk")
        for name in ("open", "paid", "expired", "given_up")
    ),
    Visit("bills with one number", "public", f"{ROUTE}bills/", "{joined_bills}", "clerk"),
    Visit("bill of one number", "public", BILL_ROUTE, "{joined_bill}", "clerk"),
    Visit("bill paid with others", "public", BILL_ROUTE, "{paid_together}", "clerk"),
    Visit("bills with credit", "public", "/employer/<int:employer_id>/bills/", "/employer/{parts}/bills/", "clerk"),
]
