"""Work for test batches that records each of its runs in a file, and a batch of it as a process.

python -m tests.api.studies.batch.counted FOLDER NOTES [WORKERS]
"""

import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from api.studies.batch.batch import Part, open_batch, run_batch
from api.studies.batch.executors import Where

COUNT = 40


def parts(count: int = COUNT) -> list[Part]:
    """`count` parts, each with its number as input."""
    return [Part(name=f"part {n}", given={"number": n}) for n in range(count)]


def square(notes: Path, given: dict[str, int], seconds: float = 0.0) -> dict[str, Any]:
    """Return the square of the number, and record the run in the notes."""
    with os.fdopen(os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "w") as file:
        file.write(f"{given['number']}\n")
    time.sleep(seconds)
    return {"number": given["number"], "square": given["number"] ** 2, "third": given["number"] / 3}


def fails_at_three(given: dict[str, int]) -> dict[str, int]:
    """Fail for the number 3."""
    if given["number"] == 3:
        raise ValueError("three is too many")
    return given


def asked(notes: Path) -> list[int]:
    """Return the recorded numbers, in order."""
    return [int(line) for line in notes.read_text().splitlines()] if notes.exists() else []


def main(folder: str, notes: str, workers: str = "2") -> None:
    """Run the batch, slowly enough to be killed in the middle."""
    open_batch(Path(folder), "squares", "", parts())
    with Where(workers=int(workers)).executor() as executor:
        run_batch(Path(folder), parts(), partial(square, Path(notes), seconds=0.1), executor)


if __name__ == "__main__":
    main(*sys.argv[1:])
