"""Solves an integer program or its relaxation, and lets go of the solver when somebody cancels.

HiGHS cannot be interrupted: a cancelled call is left behind in a thread of its own.
"""

import threading
from concurrent.futures import Future

from numpy.typing import ArrayLike

from data.solver.mip import Found, Method, Mip, Stop

POLL_S = 0.02
"""How often a call that may be cancelled is looked after."""


def solve(mip: Mip, method: Method, stop: Stop, seed: int, hint: ArrayLike | None = None) -> Found | None:
    """Solve a program, from a `hint` where a point is known; None: the call was cancelled."""
    # Loading MathOpt takes half a second; judges, pages and most weeks come past here and solve nothing.
    from data.solver.by_math_opt import found_by

    cancel = stop.cancel
    if cancel is None:
        return found_by(mip, method, stop, seed, hint)
    future: Future[Found] = Future()

    def run() -> None:
        try:
            future.set_result(found_by(mip, method, stop, seed, hint))
        except BaseException as error:
            future.set_exception(error)

    thread = threading.Thread(target=run, daemon=True)
    if not cancel.is_set():
        thread.start()
    while thread.is_alive() and not cancel.is_set():
        thread.join(POLL_S)
    return future.result() if future.done() else None
