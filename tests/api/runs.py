"""A small run made by hand, complete enough for every file that a run writes."""

from typing import Any

from api.run.run import Run
from api.service.sources import default_sources
from data.base.entity import content_hash
from data.base.status import ReasonCode, Status
from data.model.identity import Identities, Identity
from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Care, Point, Problem, SpecialistGroup
from data.model.programme import Host
from data.results.change import Change, ChangeKind
from data.results.explanation import (
    Amount,
    Continuity,
    Explanations,
    HelperProposal,
    Hire,
    RelationChange,
    Remedy,
    Resolved,
    WhyNobody,
)
from data.results.reason import Reason, VisitReason
from data.results.refinement import Reassigned, Refinement, Routed
from data.results.solution import (
    Break,
    BuddyWeeks,
    DayRoute,
    Exclusion,
    Level,
    Matching,
    Pair,
    Stop,
    Unassigned,
    Unplanned,
    WeekPlan,
)
from tests.builders import HALLE, STENDAL, WEEK, buddy, company, problem, speaks, times


def run(**fields: Any) -> Run:
    """A small run made by hand: two buddies, four companies, one without a buddy, one visit left out."""
    asked = problem(
        (
            buddy("anna", languages=speaks(ar="C1", de="C2")),
            buddy("ben", HALLE, languages=speaks(uk="B2"), districts=("15002",)),
        ),
        (
            company("bakery"),
            company("foundry", STENDAL, district="15090", sector="C24", priority=5),
            company("garage", Point(lat=51.49, lon=11.95), district="15002"),
            company("nursery", HALLE, district="15002"),
        ),
        care=tuple(Care(company=key, minutes=60) for key in ("bakery", "foundry", "garage", "nursery")),
        specialists=(
            SpecialistGroup(company="bakery", languages=("ar",), count=3),
            SpecialistGroup(company="garage", languages=("vi",), count=2),
        ),
        policy=Policy(
            objectives=(Objective(name=ObjectiveName.UNSERVED), Objective(name=ObjectiveName.TRAVEL_MIN))
        ),
    )
    matching = Matching(
        problem_hash=asked.hash,
        seed=1,
        status=Status.OPTIMAL,
        levels=(
            Level(name=ObjectiveName.UNSERVED, value=5, bound=5, held_at=5, final=5, status=Status.OPTIMAL),
            Level(
                name=ObjectiveName.TRAVEL_MIN,
                value=40,
                bound=38,
                held_at=40,
                final=40,
                status=Status.FEASIBLE,
            ),
        ),
        pairs=(
            Pair(
                company="bakery",
                buddy="anna",
                one_way_min=0,
                travel_min=10,
                care_min=60,
                common_languages=("ar",),
            ),
            Pair(company="garage", buddy="ben", one_way_min=4, travel_min=15, care_min=60),
            Pair(company="nursery", buddy="ben", one_way_min=0, travel_min=15, care_min=60, kept=True),
        ),
        unassigned=(
            Unassigned(
                company="foundry",
                reason=Reason(code=ReasonCode.NO_ELIGIBLE_BUDDY),
                buddies=(
                    Exclusion(
                        buddy="anna",
                        reason=Reason(code=ReasonCode.TOO_FAR, one_way_min=70, max_one_way_min=60),
                    ),
                    Exclusion(buddy="ben", reason=Reason(code=ReasonCode.MANDATE_EITHER)),
                ),
            ),
        ),
    )
    given: dict[str, Any] = {
        "problem": asked,
        "identities": Identities(
            invented=True,
            people=(
                Identity(id="anna", name="Anna Ahorn", town="Magdeburg"),
                Identity(
                    id="bakery",
                    name="Bäckerei Kruste",
                    street="Am Markt 1",
                    postcode="39104",
                    town="Magdeburg",
                ),
                Identity(id="ben", name="Ben Birke", town="Halle (Saale)"),
                Identity(id="foundry", name="Gießerei Glut", town="Stendal"),
                Identity(
                    id="garage", name='=HYPERLINK("x") & <script>alert(1)</script>', town="Halle (Saale)"
                ),
            ),
        ),
        "times": times(asked),
        "sources": default_sources(),
        "matching": matching,
        "weeks": (_anna(asked, matching), _ben(asked, matching)),
        "seconds": {"match": 0.5},
    }
    return Run(**given | fields)


def _anna(asked: Problem, matching: Matching) -> BuddyWeeks:
    stop = Stop(id="bakery-1", place="bakery", arrive=540, start=540, end=600)
    day = DayRoute(leave=540, back=600, work_min=120, travel_min=0, distance_m=0, stops=(stop,))
    return _weeks(asked, matching, "anna", {0: day}, objective=0)


def _ben(asked: Problem, matching: Matching) -> BuddyWeeks:
    stop = Stop(id="garage-1", place="garage", arrive=487, start=540, end=600)
    day = DayRoute(
        leave=483,
        back=634,
        work_min=124,
        travel_min=8,
        distance_m=8000,
        stops=(stop,),
        breaks=(Break(start=600, end=630),),
    )
    left = Unplanned(id="nursery-1", company="nursery", reason=VisitReason(code=ReasonCode.NO_DAY_OPEN))
    return _weeks(asked, matching, "ben", {2: day}, objective=3008, unplanned=(left,))


def _weeks(
    asked: Problem, matching: Matching, who: str, days: dict[int, DayRoute], **fields: Any
) -> BuddyWeeks:
    plan = WeekPlan(
        buddy=who,
        week=WEEK,
        status=Status.OPTIMAL,
        bound=fields["objective"],
        travel_min=sum(day.travel_min for day in days.values()),
        days=tuple(days.get(d) for d in range(7)),
        **fields,
    )
    return BuddyWeeks(buddy=who, problem_hash=asked.hash, matching_hash=content_hash(matching), weeks=(plan,))


REFINED = Refinement(
    expected_before_min=42,
    expected_min=40,
    routed_before=Routed(200, 3, 7),
    routed=Routed(190, 3, 7),
    moved=(Reassigned(company="nursery", before="anna", after="ben"),),
    rounds=2,
)
"""A possible state before the small run: Anna had the nursery."""

EXPLAINED = Explanations(
    gaps=(
        WhyNobody(
            company="foundry",
            reason=Reason(code=ReasonCode.NO_ELIGIBLE_BUDDY),
            remedies=(
                Remedy(
                    changes=(Change(kind=ChangeKind.PIN, who="anna", after="foundry"),),
                    buddy="anna",
                    resolved=Resolved(
                        price=(Amount(name=ObjectiveName.UNSERVED, value=-5),),
                        displaced=("garage",),
                        proved=True,
                    ),
                ),
            ),
        ),
    ),
    continuity=Continuity(
        changes=(
            RelationChange(company="nursery", before="anna", after="ben", why=Reason(code=ReasonCode.PAYS)),
        ),
        price=(Amount(name=ObjectiveName.TRAVEL_MIN, value=1200),),
    ),
    hires=(
        Hire(
            district="15090",
            sectors=("C24",),
            languages=("vi",),
            base_at="foundry",
            resolved=Resolved(
                price=(Amount(name=ObjectiveName.UNSERVED, value=-5),), gained=("foundry",), proved=True
            ),
        ),
    ),
    helpers=(
        HelperProposal(company="garage", buddy="anna", languages=("ar",), specialists=2, one_way_min=60),
    ),
)
"""Possible explanations of the small run."""


def at_two_hosts(of: Problem) -> Problem:
    """The problem with Anna and the bakery at the chamber, and all others at the union; neither shares."""

    def host(mine: bool) -> str:
        return "chamber" if mine else "union"

    return of.replace(
        hosts=(Host(id="chamber", cross_host=False), Host(id="union", cross_host=False)),
        buddies=tuple(each.replace(host=host(each.id == "anna")) for each in of.buddies),
        companies=tuple(each.replace(host=host(each.id == "bakery")) for each in of.companies),
    )
