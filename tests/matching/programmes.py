"""Small random programmes that use every feature of the matching, as a Hypothesis strategy."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from data.model.dated import Availability
from data.model.policy import CoverageWeight, Objective, ObjectiveName, Policy
from data.model.problem import Buddy, Care, Company, Point, Problem, SpecialistGroup, Spoken
from data.model.programme import Host
from data.model.relation import Ban, Pin, Relation
from data.model.vocabulary import CareMode, CompanyState, LanguageLevel, Mandate, RelationRole
from tests.builders import MAGDEBURG, buddy, company, problem

DISTRICTS = ("15002", "15003", "")
SECTORS = ("", "C", "C10", "Q86")
TAGS = ("craft", "care")
LANGUAGES = ("ar", "uk", "ru")


def some(options: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(options), max_size=2, unique=True).map(tuple)


@st.composite
def points(draw: st.DrawFn) -> Point:
    """Within 40 minutes of Magdeburg, by the tests' Manhattan travel times."""
    north, east = draw(st.integers(0, 20)), draw(st.integers(0, 20))
    return MAGDEBURG.replace(
        lat=round(MAGDEBURG.lat + north / 100, 2), lon=round(MAGDEBURG.lon + east / 100, 2)
    )


@st.composite
def buddies(draw: st.DrawFn, key: str) -> Buddy:
    spoken = draw(st.dictionaries(st.sampled_from(LANGUAGES), st.sampled_from(LanguageLevel), max_size=2))
    return buddy(
        key,
        base=draw(points()),
        host=draw(st.sampled_from(("", "h1", "h2"))),
        mandate=draw(st.sampled_from(Mandate)),
        districts=draw(some(DISTRICTS[:2])),
        sectors=draw(some(SECTORS[1:])),
        tags=draw(some(TAGS)),
        languages=tuple(Spoken(language=code, level=level) for code, level in sorted(spoken.items())),
        week_work_min=draw(st.sampled_from((60, 120, 2400))),
        desk_work_min=draw(st.sampled_from((0, 30))),
        max_companies=draw(st.integers(0, 3)),
        min_care_min=draw(st.sampled_from((0, 100))),
        max_care_min=draw(st.sampled_from((100, 250, 1000))),
        max_one_way_min=draw(st.sampled_from((None, 10, 30))),
    )


@st.composite
def companies(draw: st.DrawFn, key: str) -> Company:
    return company(
        key,
        point=draw(points()),
        host=draw(st.sampled_from(("", "h1", "h3"))),
        district=draw(st.sampled_from(DISTRICTS)),
        sector=draw(st.sampled_from(SECTORS)),
        tags=draw(some(TAGS)),
        priority=draw(st.integers(1, 5)),
        enterprise=draw(st.sampled_from(("", "e1"))),
        state=draw(st.sampled_from((CompanyState.ACTIVE,) * 5 + (CompanyState.PAUSED,))),
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    names = draw(st.permutations(ObjectiveName))
    return Policy(
        objectives=tuple(
            Objective(
                name=name,
                tolerance=draw(st.sampled_from((0, 0, 3))),
                tolerance_percent=draw(st.sampled_from((0, 0, 20))),
            )
            for name in names[: draw(st.integers(3, len(names)))]
        ),
        coverage_weight=draw(st.sampled_from(CoverageWeight)),
        language_required=draw(st.booleans()),
        either_prefers_sector=draw(st.booleans()),
        max_one_way_min=draw(st.sampled_from((15, 75))),
        rematch=draw(st.booleans()),
    )


@st.composite
def programmes(draw: st.DrawFn, most_companies: int = 4) -> Problem:
    people = [f"b{i}" for i in range(draw(st.integers(1, 3)))]
    firms = [f"c{i}" for i in range(draw(st.integers(0, most_companies)))]
    rows: dict[str, list[Any]] = {name: [] for name in ("specialists", "care", "relations", "bans")}
    for firm in firms:
        for _ in range(draw(st.integers(0, 2))):
            group = {"languages": draw(some(LANGUAGES)), "count": draw(st.integers(1, 4))}
            rows["specialists"].append(SpecialistGroup(company=firm, **group))
        for _ in range(draw(st.integers(0, 2))):
            mode, weeks = draw(st.sampled_from(CareMode)), draw(st.sampled_from((1, 3, 4)))
            rows["care"].append(
                Care(company=firm, mode=mode, every_weeks=weeks, minutes=draw(st.sampled_from((25, 40))))
            )
        for role in RelationRole:
            if draw(st.booleans()):
                since = draw(
                    st.sampled_from((None, date(2026, 1, 15), date(2026, 9, 30), date(2026, 12, 24)))
                )
                who = draw(st.sampled_from(people))
                rows["relations"].append(Relation(company=firm, buddy=who, role=role, since=since))
        if draw(st.integers(0, 4)) == 0:
            rows["bans"].append(Ban(buddy=draw(st.sampled_from(people)), company=firm))
    pinned = draw(st.lists(st.sampled_from(firms), max_size=1)) if firms else []
    away = draw(st.lists(st.sampled_from(people), max_size=1))
    return problem(
        buddies=tuple(draw(buddies(key)) for key in people),
        companies=tuple(draw(companies(key)) for key in firms),
        hosts=(Host(id="h1"), Host(id="h2", cross_host=False), Host(id="h3")),
        policy=draw(policies()),
        pins=tuple(Pin(buddy=draw(st.sampled_from(people)), company=firm) for firm in pinned),
        availability=tuple(
            Availability(who=who, first=date(2026, 11, 1), last=date(2026, 12, 31)) for who in away
        ),
        **{name: tuple(values) for name, values in rows.items()},
    )
