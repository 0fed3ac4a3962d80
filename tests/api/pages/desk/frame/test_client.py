"""The desk's requests carry what is asked for beside the programme, wherever it stands."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi import FastAPI, Request

from api.pages.desk.frame.client import Api


@pytest.mark.parametrize(
    ("path", "query"), [("/asked?day=2026-12-07", {}), ("/asked", {"day": "2026-12-07"})]
)
def test_a_query_is_not_lost_beside_the_programme(path: str, query: dict[str, str]) -> None:
    app, heard = FastAPI(), list[dict[str, Any]]()

    @app.post("/api/v1/asked")
    async def asked(request: Request) -> dict[str, str]:
        heard.append(dict(request.query_params))
        return {}

    async def ask() -> None:
        async with Api(app, "", "st") as api:
            await api.ask("POST", path, **query)

    # A browser of another test may have a loop of its own in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, ask()).result()
    assert heard == [{"programme": "st", "day": "2026-12-07"}]
