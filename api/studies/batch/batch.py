"""Many parts that know nothing of each other: whatever ends a batch, parts that are finished stay finished.

A part is known by the hash of what is to be done. Its result is written as soon as it is there, whole, and
under that hash; a batch that is started again works on what is missing, and on nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from api.files.atomic_file import write_whole
from api.files.atomic_folder import locked
from api.files.json_text import json_text
from data.base.entity import Entity, content_hash
from data.base.errors import BuddyplanError

FORMAT = "buddyplan-batch"
BATCH, PARTS = "batch.json", "parts"
AT_ONCE = 64
"""So many parts are handed out at a time: a scheduler need not hold the input of a thousand."""

Work = Callable[[Any], Any]
"""From what is given to a part to its result, plain data or an `Entity`; a function that can be pickled."""
Progress = Callable[[int, int], None]
"""Told how many parts are finished, of how many."""
Model = TypeVar("Model", bound=Entity)


class NotThisBatch(BuddyplanError):
    """The folder holds another batch, or something that no batch has written."""


class BatchBroken(BuddyplanError):
    """A process that worked on a part died; what was finished is kept."""


class Part(Entity):
    """One part: what it is called for people, and what is given to it, as plain data."""

    name: str
    given: Any

    @property
    def key(self) -> str:
        """Content hash of what is to be done; the name changes nothing."""
        return content_hash(self.given)


class Listed(Entity):
    """A part as the batch lists it."""

    key: str
    name: str


class Batch(Entity):
    """What a batch is: the kind of work with all that every part shares, as a hash, and its parts."""

    format: str = FORMAT
    kind: str
    shared: str
    parts: tuple[Listed, ...]


@dataclass(frozen=True)
class Done:
    """A batch that came to its end: the file of each part's result by key, and why others failed."""

    files: dict[str, Path]
    failed: dict[str, str]


def open_batch(folder: Path, kind: str, shared: str, parts: Sequence[Part]) -> None:
    """Write what a folder's batch is, or find that it is this one, which may have got other parts since.

    What is finished stays and is listed, so a larger batch goes on from a smaller one. Raises `NotThisBatch`
    for work of another kind or with other things shared.
    """
    path = folder / BATCH
    if path.exists():
        before = _read(path, Batch, "no batch of this program")
        if (before.format, before.kind, before.shared) != (FORMAT, kind, shared):
            raise NotThisBatch(f"{folder} holds another batch, or one of other inputs; name another folder")
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotThisBatch(f"{folder} holds files that no batch has written; name another folder")
    else:
        before = None
    listed = {each.key: each for each in (before.parts if before else ())}
    listed |= {part.key: Listed(key=part.key, name=part.name) for part in parts}
    batch = Batch(kind=kind, shared=shared, parts=tuple(listed.values()))
    if batch != before:
        write_whole(path, json_text(batch).encode())


def run_batch(
    folder: Path,
    parts: Sequence[Part],
    work: Work,
    executor: Executor | None = None,
    progress: Progress = lambda done, of: None,
) -> Done:
    """Finish these parts of an opened batch, as far as its folder lacks them, and return what there is then.

    A part that fails stops no other; it is tried again when the batch is. The result of a part is the same
    bytes whoever worked on it. Raises `FolderBusy` where another process works on the folder, and
    `BatchBroken`; then, and when it is interrupted, all that is finished is kept.
    """
    by_key = {part.key: part for part in parts}
    files = {key: folder / PARTS / f"{key}.json" for key in by_key}
    failed: dict[str, str] = {}
    with locked(folder / BATCH):
        left = {key: part for key, part in by_key.items() if not files[key].exists()}
        done = count(len(files) - len(left))
        progress(next(done), len(files))

        def keep(key: str, answer: tuple[bool, str]) -> None:
            fine, text = answer
            if fine:
                write_whole(files[key], text.encode())
            else:
                failed[key] = text
            progress(next(done), len(files))

        if executor is None:
            for key, part in left.items():
                keep(key, tried(work, part.given))
        else:
            _side_by_side(executor, left, work, keep)
    return Done({key: file for key, file in files.items() if key not in failed}, failed)


def result_of(file: Path, model: type[Model]) -> Model:
    """Read the result of a part; raises `NotThisBatch` where it is none."""
    return _read(file, model, "no result of this program; delete it and start the batch again")


def tried(work: Work, given: Any) -> tuple[bool, str]:
    """Return the result as JSON text, or why there is none: an error must not depend on who pickles it."""
    try:
        return True, json_text(work(given))
    except BuddyplanError as error:
        return False, str(error)
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"


def _side_by_side(
    executor: Executor, left: Mapping[str, Part], work: Work, keep: Callable[[str, tuple[bool, str]], None]
) -> None:
    waiting = iter(left.items())
    under_way: dict[Future[tuple[bool, str]], str] = {}
    try:
        while True:
            for key, part in islice(waiting, AT_ONCE - len(under_way)):
                under_way[executor.submit(tried, work, part.given)] = key
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                keep(under_way.pop(future), future.result())
    except BrokenExecutor as error:
        raise BatchBroken(
            "a process of the batch died, perhaps for want of memory; what is finished is kept: start again"
        ) from error
    except BaseException:
        for future in under_way:
            future.cancel()
        raise


def _read(path: Path, model: type[Model], otherwise: str) -> Model:
    try:
        return model.model_validate_json(path.read_bytes())
    except ValidationError:
        raise NotThisBatch(f"{path}: {otherwise}") from None
