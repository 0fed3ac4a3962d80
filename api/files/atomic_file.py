"""A file that is written completely or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Replace a file's content in one step; if the writer is killed, the former file stays."""
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
