"""The simulated bank, mail, text messages and civil registry."""

from tests.journeys.acts import citizen_without_name, first_letter, typed
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import CITIZEN_ROUTE

VISITS = [
    Visit("no such simulator", "simulators", "", "/tidak-ada/", status=404),
    Visit("simulators", "simulators", "/", "/"),
    Visit("bank's counter", "simulators", "/bank/", "/bank/"),
    Visit("bank, no number", "simulators", "/bank/", "/bank/", status=422, act=typed(number="nomor")),
    Visit("bank, a bill found", "simulators", "/bank/", "/bank/", act=typed(number="{bills[due][number]}")),
    Visit("bank, a bill past its day", "simulators", "/bank/", "/bank/", act=typed(number="{bills[expired][number]}")),
    Visit("bank's statements", "simulators", "/bank/statements/", "/bank/statements/"),
    Visit("mail", "simulators", "/mail/", "/mail/"),
    Visit("mail to one", "simulators", "/mail/", "/mail/?to={told}"),
    Visit("no mail", "simulators", "/mail/", "/mail/?to=siapa-pun"),
    Visit("a letter", "simulators", "/mail/<slug:letter_id>/", "/mail/?to={told}", act=first_letter),
    Visit("texts", "simulators", "/sms/", "/sms/"),
    Visit("registry", "simulators", "/dukcapil/", "/dukcapil/"),
    Visit("registry, nobody found", "simulators", "/dukcapil/", "/dukcapil/?q=tak+ada"),
    Visit("registry, somebody new", "simulators", "/dukcapil/new/", "/dukcapil/new/"),
    Visit("registry, nothing told", "simulators", "/dukcapil/new/", "/dukcapil/new/", status=422, act=typed()),
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
        act=citizen_without_name,
    ),
    Visit("registry's habits", "simulators", "/dukcapil/habits/", "/dukcapil/habits/?saved=1"),
    Visit(
        "no such habits", "simulators", "/dukcapil/habits/", "/dukcapil/habits/", status=422, act=typed(opens="pagi")
    ),
]
