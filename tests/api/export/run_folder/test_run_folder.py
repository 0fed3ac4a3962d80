"""A run read from its folder equals the one written, and a broken folder says what is broken."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from api.export.run_folder.inputs import BrokenRun
from api.export.run_folder.read import read_run
from api.export.run_folder.write import write_run
from api.files.atomic_folder import NotOurFolder
from api.planning.check_run import check_run
from api.service.sources import default_sources, sources_of
from api.words.catalogue import languages
from api.words.reasons import reason_words
from api.words.speaker import Speaker
from data.base.status import ReasonCode
from data.model.identity import Identities
from data.model.policy import CoverageWeight, Policy
from data.reference.reference import DESCRIPTION, FILES
from data.results.reason import Reason
from tests.api.runs import run
from tests.builders import buddy
from tests.data.reference.own_land import OWN
from tests.refusals import refused

EXPECTED = {
    "calendar/anna.ics", "calendar/ben.ics", "identity.json", "manifest.json", "matching.csv",
    "matching.json", "plan.geojson", "plan.xlsx", "policy.toml", "problem.json", "report.html", "run.json",
    "times.npz", "weeks/anna.json", "weeks/ben.json",
    *(f"reference/{name}" for name in (DESCRIPTION, *FILES)),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_run(run(), tmp_path / "out", "de")
    return tmp_path / "out"


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_every_file_is_there_and_nothing_else(folder: Path) -> None:
    assert set(files(folder)) == EXPECTED


def test_a_run_comes_back_as_it_was(folder: Path) -> None:
    written, back = run(), read_run(folder)
    assert back.problem == written.problem
    assert back.problem.hash == written.problem.hash
    assert (back.identities, back.matching, back.weeks) == (
        written.identities,
        written.matching,
        written.weeks,
    )
    assert back.seconds == written.seconds
    assert back.times.ids == written.times.ids
    assert (back.times.travel_min == written.times.travel_min).all()
    assert (back.times.distance_m == written.times.distance_m).all()


def test_the_policy_in_force_comes_back(tmp_path: Path) -> None:
    policy = Policy(coverage_weight=CoverageWeight.SPECIALISTS, promise_min=45, max_changed_relations=None)
    changed = run().problem.replace(policy=policy)
    write_run(run(problem=changed, matching=None, weeks=()), tmp_path / "out", "de")
    assert read_run(tmp_path / "out").problem.policy == policy
    assert "policy" not in json.loads((tmp_path / "out" / "problem.json").read_text())


def test_the_same_run_gives_the_same_bytes_except_for_its_timings(folder: Path, tmp_path: Path) -> None:
    write_run(run(seconds={"match": 99.0}), tmp_path / "again", "de")
    first, again = files(folder), files(tmp_path / "again")
    assert {name for name in first if first[name] != again[name]} == {"run.json"}


def test_a_run_without_matching_or_weeks_holds_its_inputs(tmp_path: Path) -> None:
    write_run(run(matching=None, weeks=()), tmp_path / "out", "de")
    back = read_run(tmp_path / "out")
    assert (back.matching, back.weeks) == (None, ())
    assert "weeks" not in {path.name for path in (tmp_path / "out").iterdir()}


def test_a_matching_without_weeks_has_its_tables_and_no_calendar(tmp_path: Path) -> None:
    write_run(run(weeks=()), tmp_path / "out", "de")
    assert read_run(tmp_path / "out").matching == run().matching
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"matching.csv", "plan.xlsx", "report.html"} <= names
    assert names.isdisjoint({"weeks", "calendar"})


def test_names_may_be_taken_out_of_a_folder(folder: Path) -> None:
    (folder / "identity.json").unlink()
    (folder / "run.json").unlink()
    assert read_run(folder).identities == Identities()


def test_a_stranger_s_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(NotOurFolder):
        write_run(run(), tmp_path, "de")


def test_ids_that_are_no_file_names_stay_inside_the_folder(tmp_path: Path) -> None:
    asked = run().problem
    strange = ("../../evil", "Con", "Ben", "ben", "Jörg / Süd")
    asked = asked.replace(buddies=(*asked.buddies, *(buddy(key) for key in strange if key != "ben")))
    anna = run().weeks[0].replace(problem_hash=asked.hash)
    weeks = tuple(anna.replace(buddy=key) for key in strange)
    write_run(run(problem=asked, matching=None, weeks=weeks), tmp_path / "deep" / "out", "de")
    assert {weeks.buddy for weeks in read_run(tmp_path / "deep" / "out").weeks} == set(strange)
    assert [path.name for path in tmp_path.iterdir()] == ["deep"]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


READ = {
    name for name in EXPECTED if name.endswith((".json", ".toml", ".npz")) or name.startswith("reference/")
} - {"identity.json", "run.json"}


@pytest.mark.parametrize("name", sorted(READ))
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    with refused(BrokenRun, f"{name}: the file is missing"):
        read_run(folder)


def test_what_is_written_for_people_is_never_read(folder: Path) -> None:
    for name in EXPECTED - READ:
        (folder / name).unlink()
    assert read_run(folder).matching == run().matching


@pytest.mark.parametrize("name", ["problem.json", "policy.toml", "times.npz", "reference/places.csv"])
def test_a_changed_input_is_named(name: str, folder: Path) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    with refused(BrokenRun, f"{name}: it was changed after the run was computed"):
        read_run(folder)


def test_a_folder_of_an_earlier_version_has_the_sources_that_ship(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs"] = {k: v for k, v in manifest["inputs"].items() if not k.startswith("reference/")}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    shutil.rmtree(folder / "reference")
    assert read_run(folder).sources is default_sources()


def test_reference_data_that_the_manifest_does_not_list_are_refused(tmp_path: Path) -> None:
    small = default_sources().reference.replace(files=OWN.files)
    write_run(run(sources=sources_of(small), matching=None, weeks=()), tmp_path / "out", "de")
    (tmp_path / "out" / "reference" / "places.csv").write_text("name\n", encoding="utf-8")
    with refused(BrokenRun, r"manifest\.json: inputs: reference/places\.csv is not listed"):
        read_run(tmp_path / "out")


def test_the_reference_data_must_be_those_of_the_problem(tmp_path: Path) -> None:
    own = run().problem
    marked = own.replace(programme=own.programme.replace(reference=OWN.hash))
    write_run(run(problem=marked, matching=None, weeks=()), tmp_path / "out", "de")
    with refused(BrokenRun, r"reference: problem\.json was made with other reference data"):
        read_run(tmp_path / "out")


def test_a_broken_stop_is_named_with_its_place(folder: Path) -> None:
    edit(folder / "weeks" / "ben.json", '"arrive": 487', '"arrive": "early"')
    with refused(BrokenRun, r"weeks/ben\.json: weeks\.0\.days\.2\.stops\.0\.arrive: .*integer"):
        read_run(folder)


def test_an_unknown_field_is_named(folder: Path) -> None:
    edit(folder / "matching.json", '"seed": 1', '"seed": 1, "sead": 2')
    with refused(BrokenRun, r"matching\.json: sead: there is no such field here"):
        read_run(folder)


def test_what_is_no_json_is_named_with_its_line(folder: Path) -> None:
    (folder / "weeks" / "anna.json").write_text('{"buddy": "anna",\n oops}')
    with refused(BrokenRun, r"weeks/anna\.json: no JSON \(line 2, column 2\)"):
        read_run(folder)


def test_a_readable_change_is_left_to_the_judges(folder: Path) -> None:
    edit(folder / "weeks" / "ben.json", '"arrive": 487', '"arrive": 400')
    route = read_run(folder).weeks[1].weeks[0].days[2]
    assert route is not None
    assert route.stops[0].arrive == 400


@pytest.mark.parametrize("name", ["matching.json", "weeks/anna.json"])
def test_a_result_of_another_problem_is_refused(name: str, folder: Path) -> None:
    edit(folder / name, run().problem.hash, "0" * 64)
    with refused(BrokenRun, f"{name}: problem_hash: it belongs to another problem"):
        read_run(folder)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            '"company": "bakery"',
            '"company": "eve"',
            r'pairs\.\d\.company: problem\.json has no company "eve"',
        ),
        (
            '"company": "foundry"',
            '"company": "eve"',
            r'unassigned\.0\.company: problem\.json has no company "eve"',
        ),
    ],
)
def test_a_matching_of_companies_that_the_problem_does_not_know_is_refused(
    folder: Path, before: str, after: str, said: str
) -> None:
    edit(folder / "matching.json", before, after)
    with refused(BrokenRun, rf"matching\.json: {said}"):
        read_run(folder)


def test_a_matching_with_buddies_whom_the_problem_does_not_know_is_refused(folder: Path) -> None:
    told = json.loads((folder / "matching.json").read_text(encoding="utf-8"))
    for group, at in (("unassigned", told["unassigned"][0]["buddies"][0]), ("pairs", told["pairs"][0])):
        at["buddy"] = "eve"
        (folder / "matching.json").write_text(json.dumps(told), encoding="utf-8")
        with refused(BrokenRun, rf'{group}\.0\..*buddy: problem\.json has no buddy "eve"'):
            read_run(folder)


def test_a_file_that_nobody_listed_is_refused(folder: Path) -> None:
    (folder / "weeks" / "eve.json").write_bytes((folder / "weeks" / "anna.json").read_bytes())
    with refused(BrokenRun, r"weeks/eve\.json: manifest\.json does not list it"):
        read_run(folder)


def test_a_week_of_a_buddy_whom_the_problem_does_not_know_is_refused(folder: Path) -> None:
    text = (folder / "weeks" / "anna.json").read_text()
    (folder / "weeks" / "anna.json").write_text(text.replace('"buddy": "anna"', '"buddy": "eve"'))
    with refused(BrokenRun, r'weeks/anna\.json: buddy: problem\.json has no buddy "eve"'):
        read_run(folder)


def test_two_files_of_one_buddy_are_refused(folder: Path) -> None:
    text = (folder / "weeks" / "ben.json").read_text()
    (folder / "weeks" / "ben.json").write_text(text.replace('"buddy": "ben"', '"buddy": "anna"'))
    with refused(BrokenRun, r'weeks/ben\.json: buddy: "anna" has a file already'):
        read_run(folder)


def test_a_format_of_the_future_is_refused(folder: Path) -> None:
    edit(folder / "manifest.json", '"version": 1', '"version": 2')
    with refused(BrokenRun, r"manifest\.json: it says buddyplan-run 2, .* buddyplan-run 1"):
        read_run(folder)


def test_hashes_that_do_not_fit_the_problem_are_refused(folder: Path) -> None:
    edit(folder / "manifest.json", run().problem.hash, "0" * 64)
    with refused(BrokenRun, r"manifest\.json: problem_hash"):
        read_run(folder)


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("problem.json", b"[]", "problem.json: "),
        ("policy.toml", b"promise_min = -1\n", "policy.toml line 1, promise_min: "),
        ("times.npz", b"no archive", "times.npz: "),
    ],
)
def test_an_input_that_cannot_be_read_is_named(
    name: str, content: bytes, complaint: str, folder: Path
) -> None:
    """Even if its hash matches, as after a mistake of our own."""
    old = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / name).write_bytes(content)
    edit(folder / "manifest.json", old, hashlib.sha256(content).hexdigest())
    with refused(BrokenRun, complaint):
        read_run(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with refused(BrokenRun, "there is no such folder"):
        read_run(tmp_path / "nowhere")


@pytest.mark.parametrize("language", languages())
def test_the_files_speak_one_language_and_the_results_none(
    language: str, folder: Path, tmp_path: Path
) -> None:
    """The folder was written in German."""
    write_run(run(), tmp_path / language, language)
    say, made = Speaker(language), tmp_path / language
    for name in ("matching.json", "weeks/anna.json", "weeks/ben.json", "problem.json", "report.html"):
        assert (made / name).read_bytes() == (folder / name).read_bytes()
    told = (made / "matching.csv").read_text(encoding="utf-8-sig")
    assert reason_words(Reason(code=ReasonCode.NO_ELIGIBLE_BUDDY), str, language) in told
    calendar = (made / "calendar" / "anna.ics").read_text(encoding="utf-8")
    assert say.t("ics_calendar", name="Anna Ahorn") in calendar
    assert (made / "policy.toml").read_text(encoding="utf-8").startswith(f"# {say.t('policy_file')[:60]}")
    book = CalamineWorkbook.from_path(made / "plan.xlsx")
    assert book.sheet_names[0] == say.t("book_overview")
    assert check_run(read_run(made)) == check_run(read_run(folder))
