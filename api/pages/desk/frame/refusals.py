"""A refusal of the API in words: those of its kind of problem, else the general ones of its status."""

from api.pages.desk.frame.client import Refused
from api.words.sentence import has_sentence, sentence
from api.words.speaker import Speaker

TOLD = frozenset((403, 404, 409, 412, 422))
"""The statuses that have their own texts."""


def refusal_words(refused: Refused, say: Speaker) -> str:
    """Return what a refusal says to the user."""
    status = f"desk_refused_{refused.status}" if refused.status in TOLD else "desk_refused_other"
    return cause_words(refused, say) or say.t(status)


def cause_words(refused: Refused, say: Speaker) -> str:
    """Return the sentence of a kind of problem that has one, else an empty text."""
    known = has_sentence(refused.cause, say.language)
    return sentence(refused.cause, say.language) if known else ""
