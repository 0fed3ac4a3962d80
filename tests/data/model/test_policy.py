"""A policy that was kept by an earlier version is read again, whatever files may not say any more."""

from data.model.cost import travel_cents
from data.model.policy import Policy
from data.model.problem import Problem
from data.tables.files.policy_file import parse_policy
from tests.builders import buddy, company, problem


def test_a_kept_policy_without_objectives_is_read_and_a_file_with_none_refused() -> None:
    kept = problem((buddy("anna"),), (company("c1"),), policy=Policy(objectives=()))
    assert Problem.model_validate_json(kept.model_dump_json(by_alias=True)) == kept
    assert [finding.column for finding in parse_policy("objectives = []").findings] == ["objectives"]


def test_travel_costs_by_the_kilometre() -> None:
    policy = Policy(cost_cents_per_km=30)
    # 12,345 m × 30 / 1000 = 370.35; 50 m × 30 / 1000 = 1.5, a half, which is rounded up
    assert [travel_cents(metres, policy) for metres in (0, 12_345, 50)] == [0, 370, 2]
