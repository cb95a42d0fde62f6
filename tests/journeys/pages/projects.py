"""A firm's construction projects."""

from tests.journeys.acts import project, typed, value
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import FIRM, ROUTE, VALUE_ROUTE

VISITS = [
    Visit("projects", "public", f"{ROUTE}projects/", FIRM + "projects/", "clerk"),
    Visit("no projects", "public", f"{ROUTE}projects/", "/employer/{fresh}/projects/", "clerk"),
    Visit("new project", "public", f"{ROUTE}projects/new/", FIRM + "projects/new/", "clerk"),
    Visit("new project, wrong", "public", f"{ROUTE}projects/new/", FIRM + "projects/new/", "clerk", 422, act=typed()),
    Visit("new project, looked at", "public", f"{ROUTE}projects/new/", FIRM + "projects/new/", "clerk", act=project),
    Visit("project", "public", f"{ROUTE}projects/<int:project_id>/", FIRM + "projects/{project}/", "clerk"),
    Visit("another value", "public", VALUE_ROUTE, FIRM + "projects/{project}/value/", "clerk"),
    Visit("another value, wrong", "public", VALUE_ROUTE, FIRM + "projects/{project}/value/", "clerk", 422, act=typed()),
    Visit("another value, looked at", "public", VALUE_ROUTE, FIRM + "projects/{project}/value/", "clerk", act=value),
]
