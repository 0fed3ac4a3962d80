"""The policy file: read with findings, written for people, and unchanged after both."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.words.findings import finding_sentence
from api.words.sentence import sentence
from data.base.message import Message
from data.model.findings import Severity
from data.model.policy import Arrival, CoverageWeight, DriftDays, Objective, ObjectiveName, Policy
from data.model.vocabulary import LanguageLevel
from data.tables.files.policy_file import PolicyReading, meaning_of, parse_policy, policy_toml, read_policy

POLICIES = st.builds(
    Policy,
    objectives=st.lists(
        st.builds(
            Objective,
            name=st.sampled_from(ObjectiveName),
            tolerance=st.integers(0, 10**6),
            tolerance_percent=st.integers(0, 100),
        ),
        min_size=1,
        unique_by=lambda objective: objective.name,
    ).map(tuple),
    coverage_weight=st.sampled_from(CoverageWeight),
    language_level=st.sampled_from(LanguageLevel),
    language_required=st.booleans(),
    max_changed_relations=st.none() | st.integers(0, 1000),
    reserve_percent=st.integers(0, 100),
    min_gap_days=st.integers(0, 28),
    closed_days=st.lists(st.dates(), max_size=3).map(tuple),
    drift_days=st.builds(
        DriftDays, weekly=st.integers(0, 6), two_weekly=st.integers(0, 13), longer=st.integers(0, 28)
    ),
    arrival=st.builds(Arrival, weeks=st.integers(0, 52), visits_per_week=st.integers(0, 5)),
)


def said(meaning: Message) -> str:
    return sentence(meaning, "en")


def sentences(reading: PolicyReading) -> list[str]:
    return [finding_sentence(finding, "en") for finding in reading.findings]


@given(POLICIES)
def test_a_policy_is_the_same_after_writing_and_reading(policy: Policy) -> None:
    assert parse_policy(policy_toml(policy, said)) == PolicyReading(policy, "", "", ())


def test_the_programme_s_id_and_state_are_kept_too() -> None:
    reading = parse_policy(policy_toml(Policy(), said, "harz", "NI"))
    assert (reading.programme_id, reading.state, reading.findings) == ("harz", "NI", ())


def test_every_key_is_explained_in_the_file() -> None:
    text = " ".join(policy_toml(Policy(), said).replace("\n# ", " ").split())
    assert [key for key in Policy.model_fields if said(meaning_of(key)) not in text] == []


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_policy(None) == PolicyReading(Policy(), "", "", ())
    (tmp_path / "policy.toml").write_text("")
    assert read_policy(tmp_path / "policy.toml").policy == Policy()


def test_a_file_names_only_what_it_changes() -> None:
    reading = parse_policy('promise_min = 45\n[[objectives]]\nname = "travel_min"\ntolerance = 7\n')
    assert reading.findings == ()
    objectives = (Objective(name=ObjectiveName.TRAVEL_MIN, tolerance=7),)
    assert reading.policy == Policy(promise_min=45, objectives=objectives)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\npromise_mn = 3", 'line 2, promise_mn: "3" is no key of a policy; did you mean "promise_min"?'),
        ("reserve_percent = 300", '"300" is not possible; it should be less than or equal to 100'),
        ("promise_min = 3000", '"3000" is out of range; allowed are 0 to 720'),
        ("promise_min = -1", '"-1" is not possible; it should be greater than or equal to 0'),
        ('language_level = "B3"', "allowed are A1, A2, B1, B2, C1, C2"),
        ("language_required = 1", "it should be a valid boolean"),
        ("[arrival]\nweek = 1", 'line 2, arrival.week: "1" is no key here; did you mean "weeks"?'),
        ("[arrival]\nweeks = 60", 'line 2, arrival.weeks: "60" is out of range; allowed are 0 to 52'),
        ("min_gap_days = 40", '"40" is out of range; allowed are 0 to 28'),
        ("drift_days = 3", "line 1, drift_days: \"3\" is not possible"),
        ("[drift_days]\nweekly = 7", 'line 2, drift_days.weekly: "7" is out of range; allowed are 0 to 6'),
        ("[drift_days]\nmonthly = 7", "the keys are weekly, two_weekly, longer"),
        ("[drift_days]\nlonger = -1", "it should be greater than or equal to 0"),
        ('[[objectives]]\nname="unserved"\n[[objectives]]\nname="x"', 'line 4, objectives[2].name: "x"'),
        ('[[objectives]]\nname = "unserved"\n[[objectives]]\nname = "unserved"', "names a level twice"),
        ('[programme]\nstate = "XX"', 'line 2, programme.state: "XX" is no German state'),
        ("[programme]\nid = 3", "line 2, programme.id: \"3\" is no text"),
        ("[programme]\npromise_min = 3", "move it to the top, above the first line in square brackets"),
        ("programme = 3", "is no section"),
        ("promise_min = 3\nreserve_percent =\n", "policy.toml line 2: is no TOML here"),
        ("promise_min = " + "9" * 5000, "is no TOML here"),
        ("promise_min = 2026-01-01", "it should be a valid integer"),
        ("objectives = []", "policy.toml line 1, objectives: is not possible; name at least one"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_an_error_with_its_line_and_remedy(text: str, sentence: str) -> None:
    reading = parse_policy(text)
    assert [finding.severity for finding in reading.findings] == [Severity.ERROR]
    assert sentence in sentences(reading)[0]


def test_everything_wrong_is_told_at_once() -> None:
    assert len(parse_policy('promise_mn = 3\nreserve_percent = 300\n[programme]\nstate = "XX"').findings) == 3


def test_a_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.toml").mkdir()
    for name in ("policy.toml", "folder.toml"):
        assert [f.severity for f in read_policy(tmp_path / name).findings] == [Severity.ERROR]


@given(
    st.text()
    | st.lists(
        st.sampled_from(["[", "]", "=", '"', "objectives", "arrival", "programme", ".", "\n", "1"])
    ).map("".join)
)
def test_no_text_ever_raises(text: str) -> None:
    assert isinstance(parse_policy(text).policy, Policy)


@pytest.mark.parametrize("days", ["[2026-12-24, 2026-12-28]", '["2026-12-24", "2026-12-28"]'])
def test_closed_days_are_dates_or_texts_of_dates(days: str) -> None:
    reading = parse_policy(f"closed_days = {days}")
    assert reading.findings == ()
    assert reading.policy.closed_days == (date(2026, 12, 24), date(2026, 12, 28))


@pytest.mark.parametrize(
    "days", ['["Christmas"]', "[2026-12-24T10:00:00]", '"2026-12-24"', "2026-12-24", "[1]"]
)
def test_what_is_no_list_of_days_is_refused(days: str) -> None:
    (finding,) = parse_policy(f"promise_min = 30\nclosed_days = {days}").findings
    assert (finding.row, finding.column.partition("[")[0]) == (2, "closed_days")


def test_a_policy_without_closed_days_is_the_record_that_it_was() -> None:
    assert "closed_days" not in Policy().model_dump(mode="json")
