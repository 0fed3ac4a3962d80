"""`buddyplan explain`: the run's own explanations, and questions about one company or buddy."""

import json
from pathlib import Path

import pytest

from api.export.run_folder.read import read_run
from api.export.run_folder.write import write_run
from api.planning.answers import CompaniesExplained, RunExplained
from api.planning.explained import explained
from api.planning.explaining import ExplainOptions, case_of, explanations
from api.run.run import Run
from data.base.errors import BuddyplanError
from data.model.problem import Problem
from data.results.change import ChangeKind
from matching.solve import match
from tests.api.conftest import Run as Command
from tests.api.runs import EXPLAINED, run
from tests.builders import buddy, company, problem, times
from tests.refusals import refused


def solved(of: Problem) -> Run:
    return run(problem=of, times=times(of), matching=match(of, times(of)), weeks=())


FULL = problem((buddy("anna", max_companies=1),), (company("a", priority=4), company("b", priority=2)))


def test_a_run_tells_what_it_found_out_in_both_languages() -> None:
    told = explained(run(explanations=EXPLAINED), "", "", 1, lambda share: None)
    assert isinstance(told.data, RunExplained)
    assert told.sentences["de"][0] == "Betriebe ohne Buddy"
    assert told.sentences["en"][0] == "Companies without a buddy"
    assert len(told.sentences["de"]) == len(told.sentences["en"])
    assert any(
        "Stendal (sector C24, Vietnamese): 1 more company served." in line for line in told.sentences["en"]
    )
    assert told.sentences["en"][-1].endswith("Anna Ahorn speaks Arabic with 2 specialists, 60 min away.")
    assert told.data.gaps[0].remedies[0].changes[0].kind is ChangeKind.PIN
    assert told.data.sentences["de"] == told.sentences["de"]


def test_a_run_that_explained_nothing_says_so() -> None:
    assert explained(run(), "", "", 1, lambda share: None).sentences["en"] == ("The run explained nothing.",)


def test_a_company_and_a_buddy_are_answered_by_solving_again() -> None:
    of = solved(FULL)
    why = explained(of, "a", "", 1, lambda share: None)
    assert why.sentences["en"][0].startswith("Anna Ahorn looks after a.")
    nobody = explained(of, "b", "", 1, lambda share: None)
    assert "  Anna Ahorn: 2 companies instead of 1: then Anna Ahorn looks after it." in nobody.sentences["en"]
    shares: list[float] = []
    of_buddy = explained(of, "", "anna", 1, shares.append)
    assert isinstance(of_buddy.data, CompaniesExplained)
    assert [answer.company for answer in of_buddy.data.answers] == ["a"]
    assert shares == [1.0]


@pytest.mark.parametrize(
    ("company_id", "buddy_id", "says"),
    [("gone", "", 'company "gone": it is not in this run'), ("", "gone", 'buddy "gone": not in this run')],
)
def test_an_unknown_id_is_told_with_ids_that_there_are(company_id: str, buddy_id: str, says: str) -> None:
    with refused(BuddyplanError, says):
        explained(solved(FULL), company_id, buddy_id, 1, lambda share: None)


def test_explanations_are_for_the_most_urgent_gaps_and_the_same_for_any_executor() -> None:
    firms = tuple(company(f"c{k}", priority=k + 1) for k in range(4))
    of = solved(problem((buddy("anna", max_companies=1),), firms))
    found = explanations(case_of(of), ExplainOptions(gaps=2, places=1), None, lambda share: None)
    assert [gap.company for gap in found.gaps] == ["c2", "c1"]
    assert [len(gap.remedies) for gap in found.gaps] == [1, 1]
    assert len(found.hires) == 1


def test_a_run_folder_keeps_its_explanations(tmp_path: Path) -> None:
    write_run(run(explanations=EXPLAINED), tmp_path / "out", "de")
    assert read_run(tmp_path / "out").explanations == EXPLAINED


def test_the_command(buddyplan: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_run(solved(FULL), tmp_path / "out", "de")
    assert buddyplan("explain", tmp_path / "out", "--company", "b", "--json") == 0
    answer = json.loads(capsys.readouterr().out)["answers"][0]
    assert answer["remedies"][0]["changes"][0] == {
        "kind": "places",
        "who": "anna",
        "before": "1",
        "after": "2",
    }
    assert buddyplan("explain", tmp_path / "out", "--company", "a", "--german") == 0
    assert "betreut" in capsys.readouterr().out
    assert buddyplan("explain", tmp_path / "out", "--company", "gone") == 2
    assert 'company "gone"' in capsys.readouterr().err
    assert buddyplan("explain", tmp_path / "out", "--company", "a", "--buddy", "anna") == 2
