"""A job's progress: its stage, its share, and a button to cancel it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from api.pages.desk.frame.elements import button, part
from api.pages.desk.frame.page import Desk
from api.words.catalogue import has_text
from api.words.levels import level_name
from api.words.speaker import Speaker
from data.model.policy import ObjectiveName

LOOK_S = 0.5
UNDER_WAY = ("queued", "running")


async def follow(desk: Desk, place: ui.element, job: str, done: Callable[[str], Awaitable[None]]) -> None:
    """Show a job in a place until it ends; then call `done` with the id of its result."""
    say = desk.say
    place.clear()
    with place, part("div", classes="card job").props('role="status"'):
        told = part("p", say.t("desk_job_queued"))
        bar = part("progress").props(f'max="1" value="0" aria-label="{say.t("desk_job_progress")}"')

        async def cancel() -> None:
            await desk.api.ask("DELETE", f"/jobs/{job}")

        button(say.t("desk_job_cancel"), desk.act(cancel))
    shown: dict[str, Any] = {}
    while True:
        found = await desk.api.get(f"/jobs/{job}")
        if place.is_deleted:
            return
        if found != shown:
            shown = found
            told.text = job_words(say, found)  # type: ignore[attr-defined]
            bar.props["value"] = found["share"]
        if found["state"] not in UNDER_WAY:
            break
        await asyncio.sleep(LOOK_S)
    place.clear()
    if found["result"]:
        await done(found["result"])
        return
    with place:
        part(
            "p", say.t("desk_job_cancelled" if found["state"] == "cancelled" else "desk_job_failed"), "wrong"
        )


def job_words(say: Speaker, job: dict[str, Any]) -> str:
    """Return a job's progress in words."""
    if job["state"] == "queued":
        return say.t("desk_job_queued")
    key = f"desk_stage_{job['stage']}"
    stage = say.t(key if has_text(key) else "desk_stage_other")
    told = say.t("desk_job_running", stage=stage, share=say.number(round(100 * job["share"])))
    return f"{told} · {_level(say, job['level'])}" if job["level"] else told


def _level(say: Speaker, level: dict[str, Any]) -> str:
    """Return the objective that is being solved, with value and bound if there are any."""
    told = say.t(
        "desk_job_level",
        number=level["number"],
        of=level["of"],
        name=level_name(ObjectiveName(level["name"]), say),
    )
    if level["value"] is None or level["bound"] is None:
        return told
    return told + say.t("desk_job_bound", value=say.number(level["value"]), bound=say.number(level["bound"]))
