"""The districts of a curve count the companies that its weeks have, by their days."""

from datetime import date
from typing import Any

from api.http.programme.companies import CompanyAnswer
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.studies.coverage_curve import _counted
from data.model.problem import Point
from data.model.vocabulary import CompanyState
from data.results.frontier import FrontierPoint

HERE = Point(lat=52.0, lon=11.6)
PAUSES: dict[str, dict[str, Any]] = {
    "open": {},
    "gone": {"ended_on": date(2026, 11, 30)},
    "away": {"paused_from": date(2026, 12, 1), "paused_until": date(2026, 12, 31)},
    "back": {"state": CompanyState.PAUSED, "paused_until": date(2026, 12, 9)},
}


def test_companies_count_where_they_are_looked_after_in_the_weeks() -> None:
    companies = {
        key: CompanyAnswer(id=key, name=key, town="", district="15090", point=HERE, opening=((),) * 7, **said)
        for key, said in PAUSES.items()
    }
    pairs = tuple((key, "b1") for key in companies)
    point = FrontierPoint.model_construct(buddy_of=pairs)
    # Monday, 7 December to Sunday, 13 December: open and back
    assert _counted(People({}, companies), point, ("2026-W50",)) == {"15090": (2, 2, 1)}
