"""Compilation of kernels: once, cached on disk, and without the GIL, so that they can run in threads."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

Kernel = TypeVar("Kernel", bound=Callable[..., Any])
Ints = NDArray[np.int64]
Small = NDArray[np.int32]
"""Positions in lists of sets, blocks, labels or states."""


def compiled(function: Kernel) -> Kernel:
    """Compile a function to machine code on its first call."""
    kernel: Kernel = _by_types(njit(cache=True, nogil=True)(function))
    return kernel


def compiled_leaf(function: Kernel) -> Kernel:
    """Compile a function that allocates nothing and is called in inner loops of other kernels.

    Without numba's runtime (NRT) its array arguments are not reference-counted; counting costs more than a
    short function itself.
    """
    kernel: Kernel = _by_types(njit(cache=True, nogil=True, _nrt=False)(function))
    return kernel


def _by_types(kernel: Any) -> Any:
    """Compile a kernel once for the types of its arguments, not again for each constant that a caller writes.

    Otherwise a third of all compiling would be of the same kernels for a 0, a -1 or a True.
    """
    template_for = kernel.get_call_template

    def without_constants(args: Any, kws: Any) -> Any:
        named = {name: types.unliteral(kind) for name, kind in kws.items()}
        return template_for(tuple(map(types.unliteral, args)), named)

    kernel.get_call_template = without_constants
    return kernel
