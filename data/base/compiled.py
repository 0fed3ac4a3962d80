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
    return _for_all_constants(njit(cache=True, nogil=True)(function))


def compiled_leaf(function: Kernel) -> Kernel:
    """Compile a function that allocates nothing and is called in inner loops of other kernels.

    Without numba's runtime (NRT) its array arguments are not reference-counted; counting costs more than a
    short function itself.
    """
    return _for_all_constants(njit(cache=True, nogil=True, _nrt=False)(function))


def _for_all_constants(kernel: Any) -> Any:
    """Compile a kernel once for each type of its arguments, and not once more for each constant that is given.

    A kernel that calls another with a number written out would have it compiled for that very number: a third
    of all compiling. LLVM inlines what is short, and knows the number there all the same.
    """
    template_for = kernel.get_call_template

    def by_types(args: Any, kws: Any) -> Any:
        return template_for(
            tuple(map(types.unliteral, args)), {name: types.unliteral(kind) for name, kind in kws.items()}
        )

    kernel.get_call_template = by_types
    return kernel
