"""A remedy saved as a scenario changes exactly what the remedy changed."""

import pytest

from api.http.programme.buddies import _shown
from api.pages.desk.matching.remedy_scenario import scenario_changes
from data.model.identity import Identities
from data.model.programme import Host
from data.model.vocabulary import Mandate
from data.results.change import Change, ChangeKind, applied
from data.scenario import apply as scenario_apply
from data.scenario.kinds import Scenario
from data.scenario.people import ChangeBuddies
from tests.builders import buddy, company, problem, speaks

SMALL = problem(
    (
        buddy(
            "anna",
            sectors=("Q",),
            languages=speaks(ar="A2", de="C2"),
            max_one_way_min=30,
            mandate=Mandate.BOTH,
        ),
    ),
    (company("c", sector="C10"),),
    hosts=(Host(id="h"),),
)
BUDDIES = {each.id: _shown(each, Identities()) for each in SMALL.buddies}
CHANGES = [
    Change(kind=ChangeKind.PLACES, who="anna", before="25", after="26"),
    Change(kind=ChangeKind.CARE_MIN, who="anna", before="6000", after="6030"),
    Change(kind=ChangeKind.WEEK_WORK_MIN, who="anna", before="2400", after="2412"),
    Change(kind=ChangeKind.ONE_WAY_MIN, who="anna", before="30", after="40"),
    Change(kind=ChangeKind.POLICY_ONE_WAY_MIN, before="90", after="95"),
    Change(kind=ChangeKind.LANGUAGE, who="anna", before="ar:A2", after="ar:B1"),
    Change(kind=ChangeKind.DISTRICT, who="anna", after="15090"),
    Change(kind=ChangeKind.SECTOR, who="anna", after="C10"),
    Change(kind=ChangeKind.PRIORITY, who="c", before="3", after="5"),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.kind.value)
def test_a_scenario_gives_the_problem_that_the_change_gives(change: Change) -> None:
    changes = scenario_changes((change,), BUDDIES)
    assert changes
    scenario = Scenario(name="s", changes=tuple(changes))
    made = scenario_apply.applied(SMALL, (scenario,))
    assert made.findings == ()
    assert made.problem == applied(SMALL, change)


def test_two_changes_are_one_scenario_and_what_none_can_say_is_none() -> None:
    both = scenario_changes(CHANGES[6:8], BUDDIES)
    assert both == [
        ChangeBuddies(buddies=("anna",), fields={"districts": ["15003", "15090"]}),
        ChangeBuddies(buddies=("anna",), fields={"sectors": ["Q", "C10"]}),
    ]
    opened = Change(kind=ChangeKind.CROSS_HOST, who="h", before="no", after="yes")
    assert scenario_changes((opened,), BUDDIES) is None
    assert scenario_changes((CHANGES[0], opened), BUDDIES) is None


def test_all_but_rules_of_pairs_and_hosts_can_be_a_scenario() -> None:
    covered = {change.kind for change in CHANGES}
    assert covered == set(ChangeKind) - {
        ChangeKind.PIN,
        ChangeKind.BAN,
        ChangeKind.UNBAN,
        ChangeKind.CROSS_HOST,
    }
