"""A job's progress: its stage, its share, and a button to cancel it."""

import asyncio
from collections.abc import Awaitable, Callable

from nicegui import ui

from api.http.frame.job_answers import JobAnswer
from api.http.planning.jobs import UNDER_WAY
from api.pages.desk.frame.elements import button, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.refusals import whole_sentence
from api.words.catalogue import has_text
from api.words.levels import level_name
from api.words.speaker import Speaker
from data.base.message import message_of
from data.results.level_so_far import LevelSoFar
from data.store.work.jobs import JobState

LOOK_S = 0.5


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
    shown: JobAnswer | None = None
    while True:
        found = await desk.api.get(JobAnswer, f"/jobs/{job}")
        if place.is_deleted:
            return
        if found != shown:
            shown = found
            told.text = job_words(say, found)  # type: ignore[attr-defined]
            bar.props["value"] = found.share
        if found.state not in UNDER_WAY:
            break
        await asyncio.sleep(LOOK_S)
    place.clear()
    if found.result:
        await done(found.result)
        return
    with place:
        part("p", ended_words(say, found), "wrong")


def job_words(say: Speaker, job: JobAnswer) -> str:
    """Return a job's progress in words."""
    if job.state is JobState.QUEUED:
        return say.t("desk_job_queued")
    key = f"desk_stage_{job.stage}"
    stage = say.t(key if has_text(key) else "desk_stage_other")
    told = say.t("desk_job_running", stage=stage, share=say.percent(100 * job.share))
    return f"{told} · {_level(say, job.level)}" if job.level else told


def ended_words(say: Speaker, job: JobAnswer) -> str:
    """Return how a job without a result ended, and why it failed."""
    if job.state is JobState.CANCELLED:
        return say.t("desk_job_cancelled")
    failed = say.t("desk_job_failed")
    if job.error_code is None:
        return failed
    return f"{failed} {whole_sentence(message_of(job.error_code, job.error_fields), say)}"


def _level(say: Speaker, level: LevelSoFar) -> str:
    """Return the objective that is being solved, with value and bound if there are any."""
    told = say.t(
        "desk_job_level",
        number=level.number,
        of=level.of,
        name=level_name(level.name, say),
    )
    if level.value is None or level.bound is None:
        return told
    return told + say.t("desk_job_bound", value=say.number(level.value), bound=say.number(level.bound))
