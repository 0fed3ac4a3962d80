"""Compilation of kernels: once, cached on disk, and without the GIL, so that they can run in threads.

numba is loaded when the first kernel is called, not when its module is imported: loading takes longer than
most commands run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Function = TypeVar("Function", bound=Callable[..., Any])
Ints = NDArray[np.int64]
Small = NDArray[np.int32]
"""Positions in lists of sets, blocks, labels or states."""


def compiled(function: Function) -> Function:
    """Compile a function to machine code on its first call."""
    return cast("Function", Kernel(function, {}))


def compiled_leaf(function: Function) -> Function:
    """Compile a function that allocates nothing and is called in inner loops of other kernels.

    Without numba's runtime (NRT) its array arguments are not reference-counted; counting costs more than a
    short function itself.
    """
    return cast("Function", Kernel(function, {"_nrt": False}))


@contextmanager
def interpreted_kernels() -> Iterator[None]:
    """Let Python itself run all kernels of this process: for a task that takes less time than to load numba.

    The results are the same, since kernels are Python.
    """
    Kernel.interpreted = True
    try:
        yield
    finally:
        Kernel.interpreted = False


class Kernel(Generic[Parameters, Result]):
    """A function that is compiled when it is called, by Python or by another kernel."""

    interpreted = False

    def __init__(self, function: Callable[Parameters, Result], options: dict[str, bool]) -> None:
        update_wrapper(self, function)
        self._function, self._options = function, options

    def __call__(self, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        """Run the machine code, made now unless it is on disk."""
        if Kernel.interpreted:
            with np.errstate(over="ignore"):  # hashes overflow, as machine code does silently
                return self._function(*args, **kwargs)
        result: Result = self.dispatcher(*args, **kwargs)
        return result

    @cached_property
    def dispatcher(self) -> Any:
        """What numba makes of the function."""
        from numba import njit, types
        from numba.extending import typeof_impl

        if Kernel not in typeof_impl.registry:
            typeof_impl.register(Kernel)(lambda kernel, _: types.Dispatcher(kernel.dispatcher))
        return _by_types(njit(cache=True, nogil=True, **self._options)(self._function))


def _by_types(dispatcher: Any) -> Any:
    """Compile a kernel once for the types of its arguments, not again for each constant that a caller writes.

    Otherwise a third of all compiling would be of the same kernels for a 0, a -1 or a True.
    """
    from numba import types

    template_for = dispatcher.get_call_template

    def without_constants(args: Any, kws: Any) -> Any:
        named = {name: types.unliteral(kind) for name, kind in kws.items()}
        return template_for(tuple(map(types.unliteral, args)), named)

    dispatcher.get_call_template = without_constants
    return dispatcher
