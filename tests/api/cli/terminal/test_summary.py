"""The terminal summarizes a run: as a table for people and as JSON for programs."""

import io
import json
from pathlib import Path

from rich.console import Console

from api.cli.terminal.summary import summary_json, summary_table
from api.run.run import Run
from api.words.speaker import Speaker
from data.base.status import Status
from data.model.policy import CoverageWeight, Policy
from data.model.relation import Relation
from data.model.vocabulary import RelationRole
from tests.api.runs import REFINED, run
from tests.builders import buddy, speaks


def shown(of: Run, folder: str = "out", language: str = "en") -> str:
    out = io.StringIO()
    Console(file=out, width=120).print(summary_table(of, Speaker(language), Path(folder)))
    return out.getvalue()


def test_the_table_names_gaps_figures_and_paths() -> None:
    text = shown(run())
    assert "75.0%  (3 of 4 companies)" in text
    assert "60.0%  (3 of 5)" in text
    assert "1 not planned" in text
    assert "2 of 2" in text
    assert "(solved 40, bound 38)" in text
    assert str(Path("out") / "report.html") in text


def test_the_command_that_checks_can_be_pasted() -> None:
    assert "python3 run.py check out" in shown(run())
    assert 'python3 run.py check "my plans"' in shown(run(), "my plans")


def test_a_week_without_proof_is_named() -> None:
    of = run()
    open_week = of.weeks[0].weeks[0].replace(status=Status.FEASIBLE)
    text = shown(run(weeks=(of.weeks[0].replace(weeks=(open_week,)), of.weeks[1])))
    assert "1 of 2" in text
    assert "anna 2026-W48: feasible, not proved" in text


def test_levels_have_their_names_and_units_in_either_language() -> None:
    english, german = shown(run()), shown(run(), language="de")
    assert "Companies without a buddy, weighted" in english
    assert "Expected travel, min in four weeks" in english
    assert "Erwartete Fahrt, min in vier Wochen" in german
    assert "75,0\u00a0%  (3 von 4 Betrieben)" in german
    assert not any(word in german for word in ("coverage", "travel", "unserved", "proved"))


def test_the_json_is_plain_and_complete() -> None:
    told = json.loads(json.dumps(summary_json(run(), Path("out"))))
    assert told["coverage"] == {"unit": "companies", "served": 3, "whole": 4, "percent": 75.0}
    assert (told["served"], told["unassigned"], told["visits"], told["unplanned"]) == (3, 1, 2, 1)
    assert (told["week_plans"], told["optimal"], told["not_optimal"]) == (2, 2, [])
    assert (told["travel_min"], told["distance_m"]) == (8, 8000)
    assert [level["name"] for level in told["levels"]] == ["unserved", "travel_min"]
    assert told["seconds"] == {"match": 0.5}
    assert told["paths"]["folder"] == "out"


def test_what_a_run_did_not_get_to_is_left_out() -> None:
    told = summary_json(run(matching=None, weeks=()))
    assert told.keys().isdisjoint({"coverage", "visits", "paths"})
    assert "coverage" not in shown(run(matching=None, weeks=()))
    assert "visits" not in shown(run(weeks=()))


def test_coverage_is_weighed_as_the_policy_says() -> None:
    weighed = run().problem.replace(policy=Policy(coverage_weight=CoverageWeight.SPECIALISTS))
    # bakery 3, garage 2, foundry and nursery at least 1 each; the foundry has nobody: 6 of 7
    assert summary_json(run(problem=weighed))["coverage"]["served"] == 6
    assert summary_json(run(problem=weighed))["coverage"]["whole"] == 7


def test_a_language_helper_counts_as_a_common_language() -> None:
    asked = run().problem
    helped = asked.replace(
        buddies=(*asked.buddies, buddy("chi", languages=speaks(vi="C1"))),
        relations=(Relation(company="garage", buddy="chi", role=RelationRole.LANGUAGE),),
    )
    assert summary_json(run(problem=helped))["with_common_language"] == 5


def test_both_matchings_and_the_difference_are_told() -> None:
    text = shown(run(refinement=REFINED))
    # 10 of 200 minutes
    assert "companies moved: 1, 5.0% less travel" in text
    assert "200 → 190" in text
    assert "42 → 40" in text
    told = json.loads(json.dumps(summary_json(run(refinement=REFINED))))["refinement"]
    assert told["moved"] == [{"company": "nursery", "before": "anna", "after": "ben"}]
    assert told["routed"]["before"] == {"travel_min": 200, "planned": 3, "left_out": 7}
    assert told["expected_travel_min"] == {"before": 42, "after": 40}
