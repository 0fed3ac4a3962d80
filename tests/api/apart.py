"""What a test awaits."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def apart(call: Coroutine[Any, Any, Answer]) -> Answer:
    """Await in a thread of its own: a browser of another test may keep a loop running in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, call).result()
