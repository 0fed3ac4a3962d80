"""Why the API refused, where the reason is known: said instead of the general words for its status."""

from collections.abc import Awaitable, Callable

from api.pages.desk.client import Refused
from api.pages.desk.frame import Desk

CAUSES = (
    ("has no open visit", "desk_cause_not_open"),
    ("is over or under way", "desk_cause_not_open"),
    ("that is planned and not over", "desk_cause_week_over"),
    ("no published plan covers", "desk_cause_week_over"),
    ("is an appointment of a fixed time", "desk_cause_fixed"),
    ("was published for", "desk_cause_newer"),
    ("only a draft can be published", "desk_cause_published"),
    ("was cancelled before all its weeks", "desk_cause_incomplete"),
    ("only a published one is planned again", "desk_cause_replaced"),
    ("is under way for", "desk_cause_under_way"),
    ("has changed since, and that day is not ahead", "desk_cause_happened"),
    ("every week of the plan is over", "desk_cause_all_over"),
    ("is in force already", "desk_cause_in_force"),
)
"""Parts of the API's English sentences, with the words that a person gets."""


def cause_of(refused: Refused) -> str:
    """Return the key of the words for a refusal, empty where the cause has none of its own."""
    return next((key for part, key in CAUSES if part in refused.detail), "")


def act(desk: Desk, doing: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Return a handler as `Desk.act` does, that tells the cause of a refusal where it is known."""

    async def told(*given: object) -> None:
        try:
            await doing(*given)
        except Refused as refused:
            key = cause_of(refused)
            if not key:
                raise
            desk.tell(desk.say.t(key), wrong=True)

    return desk.act(told)
