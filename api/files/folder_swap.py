"""Replaces a folder by a finished one, so that nobody ever sees half of either.

Linux and macOS exchange two folders in one step. Elsewhere it takes two renames; a process that dies between
them leaves the former folder beside the target, and `restore` puts it back.
"""

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # linux/fs.h
RENAME_SWAP = 2  # macOS sys/stdio.h
CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}
"""Errors of kernels and file systems that cannot exchange folders."""


def former_of(target: Path) -> Path:
    """Return where the former folder is between the two renames."""
    return target.with_name(f".{target.name}.former")


def put_in_place(staging: Path, target: Path) -> None:
    """Make `staging` the target; the former target, if any, is deleted afterwards."""
    if not target.exists():
        staging.rename(target)
    elif _exchange(staging, target):
        shutil.rmtree(staging)
    else:
        target.rename(former_of(target))
        try:
            staging.rename(target)
        finally:
            restore(target)


def restore(target: Path) -> None:
    """Finish or undo two renames that were interrupted; the caller holds the target's lock."""
    former = former_of(target)
    if not former.exists():
        return
    if target.exists():
        shutil.rmtree(former)
    else:
        former.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where this machine cannot."""
    arguments = os.fsencode(one), os.fsencode(other)
    with contextlib.suppress(AttributeError, OSError):  # a C library without the function, or none at all
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            failed = libc.renameat2(AT_FDCWD, arguments[0], AT_FDCWD, arguments[1], RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            failed = libc.renamex_np(*arguments, RENAME_SWAP)
        else:
            return False
        if not failed:
            return True
        if (code := ctypes.get_errno()) not in CANNOT:
            raise RuntimeError(f"{one} and {other} cannot be exchanged: {os.strerror(code)}")
    return False
