"""Kill `buddyplan restore` at random moments: the store is as before or as in the backup, never between."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from api.service.settings import environment_of
from api.service.upkeep import erase, journals_of
from api.service.wiring import Service
from data.store.backup.write import LEFT_OUT, back_up
from data.store.privacy.erasure import Erased
from data.store.tables import schema as s
from tests.api.jobs.small_service import PROBLEM, published, service

Rows = dict[str, list[str]]
ANNA = "Anna Albrecht"


@dataclass
class KilledRestores:
    """How many restores were killed, how many of them had ended well, and the faults found."""

    kills: int = 0
    done: int = 0
    wrong: list[str] = field(default_factory=list)


def killed_restores(url: str, folder: Path, kills: int, seed: int) -> KilledRestores:
    """Restore and kill it, in turn a backup with more than there is and one with less.

    Both backups are from before Anna was erased, so neither brings her back.
    """
    draws, told = random.Random(seed), KilledRestores()
    opened = service(url, folder)
    files = folder / "small.zip", folder / "large.zip"
    back_up(opened.store, files[0])
    published(opened)
    back_up(opened.store, files[1])
    erase(opened.store, journals_of(opened.settings), PROBLEM.programme.id, "anna", Erased.PERSON, "u")
    after: list[Rows] = []
    lasts = 0.0
    for file in files:
        began = time.monotonic()
        assert _restoring(opened, file).wait(120) == 0
        lasts = time.monotonic() - began
        after.append(_rows(opened))
    while told.kills < kills:
        before, target = after[(told.kills + 1) % 2], after[told.kills % 2]
        process = _restoring(opened, files[told.kills % 2])
        time.sleep(draws.uniform(0.3, 1.1) * lasts)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
        told.kills += 1
        found = _rows(opened)
        told.done += found == target
        if found not in (before, target):
            told.wrong.append(f"after kill {told.kills}, it is neither as before nor as restored")
        if ANNA in str(found):
            told.wrong.append("who was erased has come back")
        if found != target:
            assert _restoring(opened, files[(told.kills - 1) % 2]).wait(120) == 0
    opened.close()
    return told


def _restoring(opened: Service, file: Path) -> "subprocess.Popen[bytes]":
    command = [Path(sys.executable).with_name("buddyplan"), "restore", str(file), "--replace"]
    environment = {**os.environ, **environment_of(opened.settings)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def _rows(opened: Service) -> Rows:
    """Everything that a restore brings back; the moment of plans it renews."""
    with opened.store.reading() as c:
        return {
            table.name: sorted(
                str(row) for row in c.execute(select(*(each for each in table.c if each.name != "told_at")))
            )
            for table in s.metadata.sorted_tables
            if table.name not in LEFT_OUT
        }
