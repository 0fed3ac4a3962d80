"""Which relations change, why, and the price of changing none."""

from data.base.status import ReasonCode
from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Care, Problem
from data.model.relation import Ban, Pin, Relation
from data.results.explanation import Amount, Continuity
from matching.explain.continuity import continuity
from matching.explain.resolve import Case
from matching.solve import match
from tests.builders import MAGDEBURG, buddy, company, problem, times

FAR = MAGDEBURG.replace(lon=round(MAGDEBURG.lon + 0.2, 3))
TRAVEL = Policy(objectives=(Objective(name=ObjectiveName.UNSERVED), Objective(name=ObjectiveName.TRAVEL_MIN)))


def told(of: Problem) -> Continuity:
    return continuity(Case(of, times(of), match(of, times(of))))


def test_what_pays_is_priced():
    of = problem(
        (buddy("near"), buddy("present", base=FAR)),
        (company("c"),),
        care=(Care(company="c"),),
        relations=(Relation(company="c", buddy="present"),),
        policy=TRAVEL.replace(rematch=True),
    )
    found = told(of)
    assert [(c.company, c.before, c.after, c.why.code) for c in found.changes] == [
        ("c", "present", "near", ReasonCode.PAYS)
    ]
    # 20 minutes each way, once in four weeks, instead of none
    assert found.price == (
        Amount(name=ObjectiveName.UNSERVED, value=0),
        Amount(name=ObjectiveName.TRAVEL_MIN, value=40),
    )


def test_what_no_rule_allows_any_more_names_the_rule_and_has_no_price():
    of = problem(
        (buddy("banned"), buddy("anna", max_companies=2)),
        (company("gone"), company("banned_firm"), company("moved"), company("kept")),
        relations=(
            Relation(company="gone", buddy="who_left"),
            Relation(company="banned_firm", buddy="banned"),
            Relation(company="moved", buddy="banned"),
            Relation(company="kept", buddy="anna"),
        ),
        bans=(Ban(buddy="banned", company="banned_firm"),),
        pins=(Pin(buddy="anna", company="moved"),),
    )
    found = told(of)
    assert {change.company: change.why.code for change in found.changes} == {
        "banned_firm": ReasonCode.BAN,
        "gone": ReasonCode.LEFT,
        "moved": ReasonCode.PINNED_ELSEWHERE,
    }
    assert found.price == ()


def test_a_relation_that_no_longer_fits_is_called_full():
    of = problem(
        (buddy("anna", max_companies=1), buddy("ben")),
        (company("a"), company("b")),
        relations=(Relation(company="a", buddy="anna"), Relation(company="b", buddy="anna")),
    )
    found = told(of)
    assert [(change.after, change.why.code) for change in found.changes] == [
        ("ben", ReasonCode.CASELOAD_FULL)
    ]


def test_where_nobody_may_stay_changing_nobody_has_no_price():
    of = problem(
        (buddy("anna", max_companies=1), buddy("ben")),
        (company("a"), company("b")),
        relations=(Relation(company="a", buddy="anna"), Relation(company="b", buddy="anna")),
        policy=TRAVEL.replace(rematch=True),
    )
    assert told(of).price is None
