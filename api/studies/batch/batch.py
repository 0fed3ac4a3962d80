"""Runs many independent parts: however a batch ends, finished parts stay finished.

A part is identified by the hash of its work. Its result is written under that hash as soon as it is complete;
a batch that is started again computes only what is missing.
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
from data.base.message import message
from data.base.stored_message import StoredMessage, stored

FORMAT = "buddyplan-batch"
BATCH, PARTS = "batch.json", "parts"
AT_ONCE = 64
"""How many parts are submitted at a time: a scheduler need not hold the input of a thousand."""

Work = Callable[[Any], Any]
"""From a part's input to its result, plain data or an `Entity`; a function that can be pickled."""
Progress = Callable[[int, int], None]
"""Called with the number of finished parts and the total."""
Model = TypeVar("Model", bound=Entity)


class NotThisBatch(BuddyplanError):
    """The folder holds another batch, or files that no batch has written."""


class BatchBroken(BuddyplanError):
    """A process that worked on a part died; finished results are kept."""


class Part(Entity):
    """One part: its name for people, and its input as plain data."""

    name: str
    given: Any

    @property
    def key(self) -> str:
        """Content hash of the work; the name does not count."""
        return content_hash(self.given)


class Listed(Entity):
    """A part as the batch lists it."""

    key: str
    name: str


class Batch(Entity):
    """The description of a batch: the kind of work and the shared input, as a hash, and its parts."""

    format: str = FORMAT
    kind: str
    shared: str
    parts: tuple[Listed, ...]


@dataclass(frozen=True)
class Done:
    """A completed batch: the file of each part's result by key, and why others failed."""

    files: dict[str, Path]
    failed: dict[str, StoredMessage]


def open_batch(folder: Path, kind: str, shared: str, parts: Sequence[Part]) -> None:
    """Write a folder's batch description, or check that it is this batch, whose parts may have changed since.

    Finished parts stay and are listed, so a larger batch continues a smaller one. Raises `NotThisBatch` for
    work of another kind or with another shared input.
    """
    path = folder / BATCH
    if path.exists():
        before = _read(path, Batch, "batch_is_none")
        if (before.format, before.kind, before.shared) != (FORMAT, kind, shared):
            raise NotThisBatch(message("other_batch", folder=folder))
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotThisBatch(message("folder_of_no_batch", folder=folder))
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
    """Finish the parts that an opened batch's folder lacks, and return all results.

    A part that fails does not stop the others; it is tried again with the next run of the batch. A part's
    result is the same bytes whichever process computed it. Raises `FolderBusy` if another process works on
    the folder, and `BatchBroken`; then, and on an interrupt, all finished results are kept.
    """
    by_key = {part.key: part for part in parts}
    files = {key: folder / PARTS / f"{key}.json" for key in by_key}
    failed: dict[str, StoredMessage] = {}
    with locked(folder / BATCH):
        left = {key: part for key, part in by_key.items() if not files[key].exists()}
        done = count(len(files) - len(left))
        progress(next(done), len(files))

        def keep(key: str, answer: str | StoredMessage) -> None:
            if isinstance(answer, StoredMessage):
                failed[key] = answer
            else:
                write_whole(files[key], answer.encode())
            progress(next(done), len(files))

        if executor is None:
            for key, part in left.items():
                keep(key, tried(work, part.given))
        else:
            _side_by_side(executor, left, work, keep)
    return Done({key: file for key, file in files.items() if key not in failed}, failed)


def result_of(file: Path, model: type[Model]) -> Model:
    """Read the result of a part; raises `NotThisBatch` if the file is not one."""
    return _read(file, model, "batch_result_is_none")


def tried(work: Work, given: Any) -> str | StoredMessage:
    """Return the result as JSON text, or why it failed: an error must not depend on who pickles it."""
    try:
        return json_text(work(given))
    except BuddyplanError as error:
        return stored(error.said)
    except Exception as error:
        return stored(message("part_broke", error=type(error).__name__, text=str(error)))


def _side_by_side(
    executor: Executor, left: Mapping[str, Part], work: Work, keep: Callable[[str, str | StoredMessage], None]
) -> None:
    waiting = iter(left.items())
    under_way: dict[Future[str | StoredMessage], str] = {}
    try:
        while True:
            for key, part in islice(waiting, AT_ONCE - len(under_way)):
                under_way[executor.submit(tried, work, part.given)] = key
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                keep(under_way.pop(future), future.result())
    except BrokenExecutor as error:
        raise BatchBroken(message("batch_process_died")) from error
    except BaseException:
        for future in under_way:
            future.cancel()
        raise


def _read(path: Path, model: type[Model], otherwise: str) -> Model:
    try:
        return model.model_validate_json(path.read_bytes())
    except ValidationError:
        raise NotThisBatch(message("batch_file_broken", path=path, problem=message(otherwise))) from None
