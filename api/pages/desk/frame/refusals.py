"""A refusal of the API in words: those of its kind of problem, else the general ones of its status."""

from api.pages.desk.frame.client import Refused
from api.words.sentence import has_sentence, sentence
from api.words.speaker import Speaker
from data.base.message import Message

TOLD = frozenset((403, 404, 409, 412, 422))
"""The statuses that have their own texts."""
OF_INPUT = frozenset((409, 422))
"""Statuses with which the code says best what to do; of others, the page's own text does."""


def refusal_words(refused: Refused, say: Speaker) -> str:
    """Return what a refusal says to the user."""
    if words := cause_words(refused, say):
        return words
    if refused.status in OF_INPUT and has_sentence(refused.said, say.language):
        return whole_sentence(refused.said, say)
    return say.t(f"desk_refused_{refused.status}" if refused.status in TOLD else "desk_refused_other")


def cause_words(refused: Refused, say: Speaker) -> str:
    """Return the sentence of a kind of problem that has one, else an empty text."""
    known = has_sentence(refused.cause, say.language)
    return sentence(refused.cause, say.language) if known else ""


def whole_sentence(said: Message, say: Speaker) -> str:
    """Return what a message says with a capital letter and a full stop."""
    words = sentence(said, say.language)
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"
