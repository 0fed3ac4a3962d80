"""A buddy leaves: what ends on the day, what begins on the next, and what is left over."""

from datetime import date

import pytest

from data.base.errors import BuddyplanError
from data.register.changes.leaving import leaving_of
from data.register.rows.register import Register
from data.results.questions import JointVisit
from tests.data.register.office import drafted, entering, office, texts

DAY, NEXT = date(2026, 12, 11), "2026-12-12"


def full() -> Register:
    """Eva has the farm, covers the mill later, is Jan's deputy, is pinned, and has appointments."""
    return drafted(
        office(),
        entering("companies", id="shop", name="Laden", postcode="06108", town="Halle (Saale)"),
        entering("relations", company="shop", buddy="eva", role="main"),
        entering("relations", company="mill", buddy="eva", role="cover", **{"from": "2026-12-21"}),
        entering("pins", company="farm", buddy="eva"),
        entering("buddies", id="ute", name="Ute", postcode="06108", town="Halle (Saale)", deputies="eva jan"),
        entering("appointments", id="both", start="2026-12-14 10:00", company="farm", buddies="eva jan"),
        entering("appointments", id="own", start="2026-12-14 12:00", company="shop", buddies="eva"),
        entering("places", id="room", name="Saal", address="Marktplatz 1, 06108 Halle (Saale)"),
        entering("appointments", id="team", start="2026-12-15 10:00", place="room", buddies="eva"),
        entering("appointments", id="before", start="2026-12-10 10:00", place="room", buddies="eva"),
    ).register


def after(**successors: str) -> tuple[Register, tuple[str, ...], tuple[str, ...]]:
    before = full()
    row = before.row("buddies", "eva")
    assert row
    visit = JointVisit(company="farm", buddy="jan", day=date(2026, 12, 8), start_min=545, minutes=60)
    leaving = leaving_of(before, row, DAY, successors, (visit,))
    return drafted(before, *leaving.operations).register, leaving.without, leaving.left


def test_relations_end_on_the_day_and_successors_begin_on_the_next() -> None:
    register, without, _ = after(farm="jan")
    found = {
        (each["company"], each["buddy"], each["role"], each.get("from"), each.get("to"))
        for each in texts(register, "relations").values()
    }
    assert found == {
        ("farm", "eva", "main", "2026-05-04", "2026-12-11"),
        ("farm", "jan", "main", NEXT, None),
        ("shop", "eva", "main", None, "2026-12-11"),
    }
    assert without == ("shop",)
    assert texts(register, "buddies")["eva"]["employed_to"] == "2026-12-11"


def test_nobody_names_the_buddy_afterwards() -> None:
    register, _, left = after(farm="jan")
    assert texts(register, "pins") == {}
    assert texts(register, "buddies")["ute"]["deputies"] == "jan"
    named = {key: values.get("buddies", "") for key, values in texts(register, "appointments").items()}
    joint = named.keys() - {"both", "own", "team", "before"}
    assert {key: named[key] for key in ("both", "own", "before")} == {
        "both": "jan", "own": "", "before": "eva"
    }  # fmt: skip
    assert left == ("team",) and named["team"] == "eva"
    assert [named[key] for key in joint] == ["eva jan"]


def test_what_repeats_and_has_begun_is_left_to_somebody() -> None:
    meeting = {"start": "2026-11-02 10:00", "place": "room", "buddies": "eva jan", "every_weeks": "2"}
    before = drafted(
        full(),
        entering("appointments", id="weekly", **meeting),
        entering("appointments", id="over", **meeting, until="2026-12-10"),
    ).register
    row = before.row("buddies", "eva")
    assert row
    assert leaving_of(before, row, DAY, {"farm": "jan"}).left == ("team", "weekly")


def test_the_joint_visit_is_an_appointment_of_both() -> None:
    register, _, _ = after(farm="jan")
    (visit,) = (each for each in texts(register, "appointments").values() if each.get("kind") == "handover")
    assert {name: text for name, text in visit.items() if name != "id"} == {
        "start": "2026-12-08 09:05", "minutes": "60", "company": "farm", "kind": "handover",
        "buddies": "eva jan",
    }  # fmt: skip
    without, _, _ = after()
    assert "handover" not in {each.get("kind") for each in texts(without, "appointments").values()}


@pytest.mark.parametrize("successors", [{"mill": "jan"}, {"farm": "eva"}])
def test_only_the_buddys_own_companies_go_to_others(successors: dict[str, str]) -> None:
    with pytest.raises(BuddyplanError):
        after(**successors)
