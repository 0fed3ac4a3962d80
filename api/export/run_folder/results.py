"""Reads the results in a run's folder, and checks that they are of its problem."""

from collections.abc import Iterator
from pathlib import Path

from api.export.run_folder.contents import MATCHING, REPLANNINGS, Manifest, Replannings
from api.export.run_folder.inputs import BrokenRun
from api.export.run_folder.json_files import read_json
from api.files.atomic_folder import MANIFEST
from data.base.message import message
from data.model.problem import Problem
from data.results.replanning import Replanning
from data.results.solution import BuddyWeeks, Matching
from data.results.visits import with_companies


def read_matching(folder: Path, problem: Problem) -> Matching:
    """Read the matching, checking its ids: a judge cannot look up an id that the problem does not have."""
    matching = read_json(folder, MATCHING, Matching)
    if matching.problem_hash != problem.hash:
        raise BrokenRun(message("run_other_matching", matching=MATCHING))
    for place, company in _companies(matching):
        if company not in problem.company:
            raise BrokenRun(message("run_unknown_company", matching=MATCHING, place=place, company=company))
    for place, buddy in _buddies(matching):
        if buddy not in problem.buddy:
            raise BrokenRun(message("run_unknown_buddy", matching=MATCHING, place=place, buddy=buddy))
    return matching


def _companies(matching: Matching) -> Iterator[tuple[str, str]]:
    yield from ((f"pairs.{at}", pair.company) for at, pair in enumerate(matching.pairs))
    yield from ((f"unassigned.{at}", each.company) for at, each in enumerate(matching.unassigned))


def _buddies(matching: Matching) -> Iterator[tuple[str, str]]:
    yield from ((f"pairs.{at}", pair.buddy) for at, pair in enumerate(matching.pairs))
    for at, each in enumerate(matching.unassigned):
        yield from ((f"unassigned.{at}.buddies.{n}", of.buddy) for n, of in enumerate(each.buddies))


def read_replannings(folder: Path, manifest: Manifest, problem: Problem) -> tuple[Replanning, ...]:
    """Read the replannings, the oldest first, if there are any; raises `BrokenRun`."""
    if REPLANNINGS not in manifest.results:
        return ()
    records = read_json(folder, REPLANNINGS, Replannings).replannings
    return tuple(with_companies(record, problem) for record in records)


def read_weeks(folder: Path, manifest: Manifest, problem: Problem) -> tuple[BuddyWeeks, ...]:
    """Read the weeks that the manifest lists, each of a buddy of the problem; raises `BrokenRun`."""
    listed = [name for name in manifest.results if name.startswith("weeks/")]
    for path in sorted((folder / "weeks").glob("*.json")):
        if f"weeks/{path.name}" not in listed:
            raise BrokenRun(message("run_unlisted_weeks", name=path.name, manifest=MANIFEST))
    found: dict[str, BuddyWeeks] = {}
    for name in listed:
        weeks = read_json(folder, name, BuddyWeeks)
        if weeks.buddy not in problem.buddy:
            raise BrokenRun(message("run_weeks_of_nobody", name=name, buddy=weeks.buddy))
        if weeks.buddy in found:
            raise BrokenRun(message("run_weeks_twice", name=name, buddy=weeks.buddy))
        if weeks.problem_hash != problem.hash:
            raise BrokenRun(message("run_other_weeks", name=name))
        found[weeks.buddy] = weeks
    return tuple(found[buddy] for buddy in sorted(found))
