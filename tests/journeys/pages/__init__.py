"""Every page that anybody can see, each visited by who sees it."""

from tests.journeys.pages import (
    bills,
    corrections,
    firm_compliance,
    firms,
    members,
    money_desk,
    months,
    officers,
    projects,
    simulators,
    strangers,
    workers,
)

VISITS = [
    *strangers.VISITS,
    *firms.VISITS,
    *months.VISITS,
    *bills.VISITS,
    *corrections.VISITS,
    *workers.VISITS,
    *projects.VISITS,
    *members.VISITS,
    *firm_compliance.VISITS,
    *officers.VISITS,
    *money_desk.VISITS,
    *simulators.VISITS,
]
