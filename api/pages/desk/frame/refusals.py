"""The cause of an API refusal, where it is known: shown instead of the general text for its status."""

from api.pages.desk.frame.client import Refused

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
"""Parts of the API's English sentences, with the text shown to a user."""
TOLD = frozenset((403, 404, 409, 412, 422))
"""The statuses that have their own texts."""


def words_key(refused: Refused) -> str:
    """Return the text key for a refusal: that of its cause, else that of its status."""
    status = f"desk_refused_{refused.status}" if refused.status in TOLD else "desk_refused_other"
    return cause_of(refused) or status


def cause_of(refused: Refused) -> str:
    """Return the text key for a known cause, else an empty text."""
    return next((key for part, key in CAUSES if part in refused.detail), "")
