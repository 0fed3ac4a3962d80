"""A file that is written completely or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Replace a file's content in one step; if the writer is killed, the former file stays."""
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = target.with_name(f".{target.name}.{secrets.token_urlsafe(6)}")
    try:
        # Named before it is made: Ctrl-C may come as soon as the file is there.
        with open(staging, "xb", opener=_for_us_alone) as file:
            file.write(content)
        staging.replace(target)
    except BaseException:
        with suppress(OSError):
            staging.unlink()
        raise


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
