"""A folder that is written completely or not at all, even if the writer is killed at any moment.

The writer fills a hidden folder beside the target, which then replaces the target in one step. One writer at
a time holds a lock beside the target. The operating system releases the lock when its holder dies, so
whatever lies there while we hold it was left by a dead writer. This guards against the death of a process,
not against a power cut: nothing is forced to the disk.
"""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from api.files.folder_swap import former_of, put_in_place, restore
from data.base.errors import BuddyplanError
from data.base.message import message

MANIFEST = "manifest.json"
FORMAT = "buddyplan-run"
"""The value of `format` in the manifest of a folder that may be replaced."""
READER_WAITS_SECONDS = 10.0


class FolderBusy(BuddyplanError):
    """Another process is writing this folder."""


class NotOurFolder(BuddyplanError):
    """The target holds content that no run has written, which would be lost."""


@contextlib.contextmanager
def atomic_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder that becomes `target` when the block ends, and is removed when it raises.

    Raises `FolderBusy` when another process is writing the target and `NotOurFolder` when it is a file, or a
    folder with content but without a run's manifest.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target):
        restore(target)
        for stale in target.parent.glob(f".{_plain(target.name)}.staging-*"):
            shutil.rmtree(stale)
        refuse_foreign(target)
        staging = target.with_name(f".{target.name}.staging-{os.getpid()}")
        staging.mkdir()
        try:
            yield staging
            refuse_foreign(target)
            put_in_place(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def whole_folder(target: Path) -> Path:
    """Return the target for reading, restored first if a writer died between two renames."""
    target = target.resolve()
    waited_until = time.monotonic() + READER_WAITS_SECONDS
    while not target.exists() and former_of(target).exists():
        try:
            with locked(target):
                restore(target)
        except FolderBusy:  # a living writer is between its two renames, for an instant
            if time.monotonic() > waited_until:
                raise
            time.sleep(0.01)
    return target


def refuse_foreign(target: Path) -> None:
    """Raise `NotOurFolder` if the target may not be replaced; call this before a long computation."""
    if not target.exists():
        parent = next(folder for folder in target.absolute().parents if folder.exists())
        if not parent.is_dir() or not os.access(parent, os.W_OK | os.X_OK):
            raise NotOurFolder(message("target_not_writable", parent=parent))
        return
    if not target.is_dir():
        raise NotOurFolder(message("target_is_file", target=target))
    if any(target.iterdir()) and not _is_run(target / MANIFEST):
        raise NotOurFolder(message("target_not_ours", target=target, manifest=MANIFEST))


def _is_run(manifest: Path) -> bool:
    try:
        held = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(held, dict) and held.get("format") == FORMAT


def _plain(name: str) -> str:
    """Return a pattern for `glob` in which no character is special."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the target's lock, a file beside it that is removed afterwards.

    Raises `FolderBusy` while another process holds it.
    """
    path = target.with_name(f".{target.name}.lock")
    # A soft lock, the fallback where a file system has no others, would outlive a killed holder.
    lock = FileLock(path, blocking=False, fallback_to_soft=False)
    try:
        held = lock.acquire()
    except Timeout as error:
        raise FolderBusy(message("target_busy", target=target)) from error
    with held:
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # Windows cannot delete an open file; there, the release does
                path.unlink()
