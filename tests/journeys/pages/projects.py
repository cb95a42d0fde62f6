"""A firm's construction projects."""

from tests.journeys.acts import project, typed, value, wrong_rows
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import FIRM, LISTED, LISTED_MONTH, MONTHS_OF, ROUTE, UPLOAD_ROUTE, VALUE_ROUTE

VISITS = [
    Visit("projects", "public", f"{ROUTE}projects/", FIRM + "projects/", "clerk"),
    Visit("no projects", "public", f"{ROUTE}projects/", "/employer/{fresh}/projects/", "clerk"),
    Visit("new project", "public", f"{ROUTE}projects/new/", FIRM + "projects/new/", "clerk"),
    Visit("new project, wrong", "public", f"{ROUTE}projects/new/", FIRM + "projects/new/", "clerk", 422, act=typed()),
    Visit("new project, looked at", "public", f"{ROUTE}projects/new/", FIRM + "projects/new/", "clerk", act=project),
    Visit("project", "public", f"{ROUTE}projects/<int:project_id>/", FIRM + "projects/{project}/", "clerk"),
    Visit("new listed project", "public", LISTED, FIRM + "projects/new/wages/", "clerk"),
    Visit("new listed project, wrong", "public", LISTED, FIRM + "projects/new/wages/", "clerk", 422, act=typed()),
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
        act=wrong_rows,
    ),
    *(
        Visit(f"list {state}", "public", UPLOAD_ROUTE, FIRM + f"uploads/{{listed_uploads[{state}]}}/", "clerk")
        for state in ("checked", "booked")
    ),
    Visit("another value", "public", VALUE_ROUTE, FIRM + "projects/{project}/value/", "clerk"),
    Visit("another value, wrong", "public", VALUE_ROUTE, FIRM + "projects/{project}/value/", "clerk", 422, act=typed()),
    Visit("another value, looked at", "public", VALUE_ROUTE, FIRM + "projects/{project}/value/", "clerk", act=value),
]
