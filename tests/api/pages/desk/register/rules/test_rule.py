"""Rules as they are typed and as they are kept: euros and cents, days, what is usual, the order of goals."""

import pytest

from api.pages.desk.register.rules import levels
from api.pages.desk.register.rules.page import SECTIONS, USUAL_LEVELS
from api.pages.desk.register.rules.rule import rules
from data.model.policy import ObjectiveName
from data.register.rows.policy import POLICY_COLUMNS, VALUE


def test_every_rule_has_one_place_on_the_page() -> None:
    placed = [name for each in SECTIONS for name in each.columns]
    assert sorted(placed) == sorted(rules())
    assert {column.name for column in POLICY_COLUMNS} == {*placed, "id", "objectives"}


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("cost_cents_per_km", "0,38", "38"),
        ("cost_cents_per_km", "0.38 €", "38"),
        ("cost_cents_per_km", "0,30", ""),
        ("cost_cents_per_fte_year", "72.500,50", "7250050"),
        ("cost_cents_per_fte_year", "viel", "viel"),
        ("max_one_way_min", "75", ""),
        ("max_one_way_min", "60", "60"),
        ("drift_days.longer", "8", "8"),
        ("closed_days", "24.12.2026; 2026-12-31", "[2026-12-24, 2026-12-31]"),
        ("closed_days", "Weihnachten", "Weihnachten"),
        ("rematch", "true", "true"),
        ("rematch", "false", ""),
        ("budget_cents_per_year", "", ""),
    ],
)
def test_what_is_typed_is_kept_as_in_a_policy_file(name: str, typed: str, kept: str) -> None:
    assert rules()[name].taken(typed) == kept


@pytest.mark.parametrize(
    ("name", "kept", "typed"),
    [
        ("cost_cents_per_km", "38", "0,38"),
        ("cost_cents_per_fte_year", "", "65000"),
        ("closed_days", "[2026-12-24, 2026-12-31]", "2026-12-24, 2026-12-31"),
        ("language_level", '"B2"', "B2"),
        ("rematch", "true", "true"),
        ("max_one_way_min", "we[it", "we[it"),
    ],
)
def test_what_is_kept_stands_in_the_form(name: str, kept: str, typed: str) -> None:
    assert rules()[name].typed(kept) == typed


def given(**ranks: str) -> dict[str, str]:
    usual = {each.name.value: str(n) for n, each in enumerate(USUAL_LEVELS, 1)}
    sent = {f"objectives.{name}.rank": rank for name, rank in (usual | ranks).items()}
    for each in USUAL_LEVELS:
        sent[f"objectives.{each.name}.by"] = str(each.tolerance)
        sent[f"objectives.{each.name}.percent"] = str(each.tolerance_percent)
    return sent


def test_the_usual_order_is_not_kept() -> None:
    assert levels.taken(given(), USUAL_LEVELS) == ""


def test_goals_change_places_and_can_be_left_out() -> None:
    sent = given(travel_min="1", unserved="2", off_mandate="-") | {"objectives.imbalance.by": "vier"}
    kept = VALUE.read(levels.taken(sent, USUAL_LEVELS))
    assert [each["name"] for each in kept][:3] == ["travel_min", "unserved", "district_shortfall"]
    assert ObjectiveName.OFF_MANDATE not in [each["name"] for each in kept]
    assert next(each for each in kept if each["name"] == "imbalance")["tolerance"] == "vier"
