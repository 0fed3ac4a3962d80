"""A target folder holds the former output or the new one, complete, whatever happens to the writer."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from api.files import atomic_folder as module
from api.files import folder_swap
from api.files.atomic_folder import MANIFEST, FolderBusy, NotOurFolder, atomic_folder, whole_folder
from tests.api.files.versioned_folder import fill, version_of, write
from tests.drawn import kills
from tests.refusals import refused


@pytest.fixture(params=["exchange", "two renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with the kernel's exchange, and again as on a system without it."""
    if request.param == "two renames":
        monkeypatch.setattr(folder_swap, "_exchange", lambda one, other: False)
    return str(request.param)


def test_a_folder_appears_and_is_replaced_leaving_nothing_beside_it(swap: str, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out [1]"
    for version in ("1", "2", "3"):
        write(target, version)
        assert version_of(target) == version
    assert [path.name for path in target.parent.iterdir()] == ["out [1]"]


def test_a_failing_writer_leaves_the_former_output(swap: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    write(target, "1")
    with pytest.raises(ZeroDivisionError), atomic_folder(target) as staging:
        fill(staging, "2")
        raise ZeroDivisionError
    assert version_of(target) == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_may_be_filled(swap: str, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", "1")
    assert version_of(tmp_path / "out") == "1"


@pytest.mark.parametrize("manifest", [None, "{}", "[]", "not JSON", '{"format": "a web page"}'])
def test_a_folder_of_somebody_else_is_left_alone(manifest: str | None, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    if manifest is not None:
        (tmp_path / MANIFEST).write_text(manifest)
    with refused(NotOurFolder, "no run has written"), atomic_folder(tmp_path):
        pass
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_what_a_stranger_puts_there_meanwhile_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with pytest.raises(NotOurFolder), atomic_folder(target) as staging:
        fill(staging, "1")
        target.mkdir()
        (target / "thesis.txt").write_text("years of work")
    assert (target / "thesis.txt").read_text() == "years of work"


def test_a_file_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with refused(NotOurFolder, "is a file"), atomic_folder(tmp_path / "out"):
        pass


def test_the_second_of_two_writers_is_told_to_wait(swap: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    with atomic_folder(target) as staging:
        fill(staging, "1")
        with refused(FolderBusy, "another run"), atomic_folder(target):
            pass
    assert version_of(target) == "1"
    write(target, "2")
    assert version_of(target) == "2"


def test_two_targets_in_one_folder_do_not_block_each_other(tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "one") as one, atomic_folder(tmp_path / "two") as two:
        fill(one, "1")
        fill(two, "2")
    assert (version_of(tmp_path / "one"), version_of(tmp_path / "two")) == ("1", "2")


def test_a_writer_dead_between_two_renames_is_undone_by_reader_and_by_writer(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write(target, "1")
    target.rename(folder_swap.former_of(target))
    assert version_of(whole_folder(target)) == "1"

    target.rename(folder_swap.former_of(target))
    with pytest.raises(ZeroDivisionError), atomic_folder(target):
        raise ZeroDivisionError
    assert version_of(target) == "1"


def test_a_reader_gives_up_on_a_writer_that_stays_between_its_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "READER_WAITS_SECONDS", 0.0)
    target = tmp_path / "out"
    write(target, "1")
    with atomic_folder(target) as staging:
        fill(staging, "2")
        target.rename(folder_swap.former_of(target))
        with pytest.raises(FolderBusy):
            whole_folder(target)
    assert version_of(target) == "2"


def test_a_failing_second_rename_puts_the_former_output_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_swap, "_exchange", lambda one, other: False)
    target = tmp_path / "out"
    write(target, "1")
    rename = Path.rename

    def no_staging(self: Path, other: Path) -> Path:
        if ".staging-" in self.name:
            raise PermissionError("a spreadsheet is open")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", no_staging)
    with pytest.raises(PermissionError), atomic_folder(target) as staging:
        fill(staging, "2")
    assert version_of(target) == "1"


WRITER = """
import sys, itertools
from pathlib import Path
from api.files import folder_swap
from tests.api.files.versioned_folder import write
target, first, mode = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
if mode == "two renames":
    folder_swap._exchange = lambda one, other: False
for version in itertools.count(first):
    write(target, str(version))
    print(version, flush=True)
"""


@pytest.mark.parametrize("mode", ["exchange", "two renames"])
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a word of POSIX")
def test_kill_9_at_any_moment_leaves_one_whole_output(mode: str, tmp_path: Path) -> None:
    """A child process rewrites the folder in a loop; each is killed somewhere between two writes."""
    target = tmp_path / "out"
    dice = random.Random(9)
    last, litter = 0, Counter[str]()
    most = kills(by_day=10, by_night=100)
    for _ in range(most):
        command = [sys.executable, "-c", WRITER, str(target), str(last + 1), mode]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as writer:
            assert writer.stdout
            assert int(writer.stdout.readline()) == last + 1
            time.sleep(dice.random() * 0.01)
            writer.kill()
            done = [last + 1, *map(int, writer.stdout.read().split())]
        litter.update(path.name.split("-")[0] for path in tmp_path.iterdir() if path != target)
        left = int(version_of(whole_folder(target)))
        # the last version reported, or one more: put in place, but killed before it could report it
        assert left in (done[-1], done[-1] + 1)
        last = left
    print(f"\n{mode}: {most} kills in {last} writes, each time one whole output; left beside it: {litter}")
    assert litter, "no kill ever hit a writer at work: the test tests nothing"
    write(target, "end")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
