"""Adopting a matching: relations begin and end on its day; what is planned for later stays."""

from datetime import date

from data.base.status import ReasonCode, Status
from data.register.changes.adopting import Succession, adoption_of
from data.register.rows.register import Register
from data.results.reason import Reason
from data.results.solution import Matching, Pair, Unassigned
from tests.data.register.office import drafted, entering, office, texts

DAY = date(2026, 12, 7)


def matching(*unassigned: str, **buddy_of: str) -> Matching:
    """A matching of some companies by their buddies."""
    pairs = [
        Pair(company=company, buddy=buddy, one_way_min=0, travel_min=0, care_min=0)
        for company, buddy in sorted(buddy_of.items())
    ]
    without = [Unassigned(company=company, reason=Reason(code=ReasonCode.BAN)) for company in unassigned]
    return Matching(
        problem_hash="",
        seed=0,
        status=Status.OPTIMAL,
        levels=(),
        pairs=tuple(pairs),
        unassigned=tuple(without),
    )


def adopted(before: Register, found: Matching) -> Register:
    return drafted(before, *adoption_of(before, found, DAY).operations).register


def test_who_stays_keeps_the_relation_and_its_first_day() -> None:
    adoption = adoption_of(office(), matching(farm="eva"), DAY)
    assert (adoption.kept, adoption.successions, adoption.operations) == (1, (), ())


def test_a_successor_begins_on_the_day_and_the_one_before_ends_on_the_eve() -> None:
    before = office()
    adoption = adoption_of(before, matching(farm="jan", mill="eva"), DAY)
    assert adoption.successions == (
        Succession("farm", "eva", "jan", date(2026, 5, 4)),
        Succession("mill", "", "eva", None),
    )
    assert texts(adopted(before, matching(farm="jan", mill="eva")), "relations") == {
        "farm~1": {
            "company": "farm",
            "buddy": "eva",
            "role": "main",
            "from": "2026-05-04",
            "to": "2026-12-06",
        },
        "farm~2": {"company": "farm", "buddy": "jan", "role": "main", "from": "2026-12-07"},
        "mill~1": {"company": "mill", "buddy": "eva", "role": "main", "from": "2026-12-07"},
    }


def test_a_company_without_a_buddy_loses_its_relation() -> None:
    after = adopted(office(), matching("farm"))
    assert texts(after, "relations")["farm~1"]["to"] == "2026-12-06"


def test_a_relation_that_would_begin_on_the_day_never_was() -> None:
    before = adopted(office(), matching(mill="eva"))
    after = adopted(before, matching(mill="jan"))
    assert [row["buddy"] for row in texts(after, "relations").values() if row["company"] == "mill"] == ["jan"]


def test_a_planned_successor_still_follows() -> None:
    planned = {"company": "mill", "buddy": "jan", "role": "main", "from": "2027-02-01"}
    before = drafted(office(), entering("relations", **planned)).register
    after = texts(adopted(before, matching(mill="eva")), "relations")
    assert after["mill~1"] == planned
    assert after["mill~2"] == {**planned, "buddy": "eva", "from": "2026-12-07", "to": "2027-01-31"}


def test_companies_that_the_matching_does_not_know_stay_as_they_are() -> None:
    assert adoption_of(office(), matching(mill="eva"), DAY).operations != ()
    assert texts(adopted(office(), matching(mill="eva")), "relations")["farm~1"]["buddy"] == "eva"
