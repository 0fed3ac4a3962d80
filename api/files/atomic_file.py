"""A file that is written whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Put content in the place of a file in one step; whatever ends the writer leaves the former file."""
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, staging = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(staging).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(staging).unlink()
        raise
