"""Half-open connections end by themselves; slow ones that go on do not."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from api.service import patience
from api.service.patience import PatientProtocol
from api.service.settings import Settings
from api.service.wiring import opened
from api.web import server_of
from tests.api.jobs.small_service import answers, eventually, free_port

HEAD_S, BODY_S = 1.0, 1.5
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\n"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answers once it has the whole body, after a while."""
    more = scope["type"] == "http"
    while more:
        more = (await receive()).get("more_body", False)
    if scope["path"] == "/slow":
        await asyncio.sleep(2 * BODY_S)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(patience, "HEAD_S", HEAD_S)
        patched.setattr(patience, "BODY_S", BODY_S)
        number = free_port()
        config = uvicorn.Config(app, port=number, http=PatientProtocol, lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        eventually(lambda: answers(number))
        yield number
        server.should_exit = True
        thread.join(10)


def ends_after(port: int, sent: bytes, drip: bytes = b"", within: float = 10) -> float:
    """Send something, then a byte of `drip` every 0.2 s; return when the other side ends, in seconds."""
    with socket.create_connection(("127.0.0.1", port)) as raw:
        begun = time.monotonic()
        raw.sendall(sent)
        raw.settimeout(0.2)
        for byte in [*drip, *[None] * int(within * 5)]:
            try:
                if raw.recv(1000) == b"":
                    return time.monotonic() - begun
            except TimeoutError:
                if byte is not None:
                    raw.sendall(bytes([byte]))
            except ConnectionError:
                return time.monotonic() - begun
    raise AssertionError("it stayed open")


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n"],
    ids=["nothing", "half a line", "half a head"],
)
def test_a_connection_that_says_too_little_ends(port: int, sent: bytes) -> None:
    assert HEAD_S - 0.1 <= ends_after(port, sent) < HEAD_S + 3


def test_a_head_that_comes_byte_by_byte_ends(port: int) -> None:
    dripping = b"GET / HTTP/1.1\r\n" + b"X-Long: " + b"a" * 100
    assert ends_after(port, b"", dripping) < HEAD_S + 3


def test_a_body_that_stops_coming_ends(port: int) -> None:
    assert BODY_S - 0.1 <= ends_after(port, HEAD + b"x" * 10) < BODY_S + 3


def answered(port: int, *pieces: bytes, pause: float = 0.5) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        for piece in pieces:
            raw.sendall(piece)
            time.sleep(pause)
        return raw.recv(1000)


def test_a_slow_body_that_goes_on_is_taken(port: int) -> None:
    assert b"200 OK" in answered(port, HEAD, *[b"x" * 8] * 5)


def test_an_answer_that_takes_its_time_is_waited_for(port: int) -> None:
    assert b"200 OK" in answered(port, HEAD.replace(b"/ ", b"/slow ") + b"x" * 40, pause=0)


def test_the_service_speaks_it(tmp_path: Path) -> None:
    service = opened(Settings(data_dir=tmp_path))
    assert server_of(service).config.http is PatientProtocol
    service.close()
