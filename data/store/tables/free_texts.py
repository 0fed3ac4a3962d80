"""Free texts of a problem are not stored: they may name somebody, and a stored problem never changes."""

from data.model.problem import Problem


def without_free_texts(problem: Problem) -> Problem:
    """Return a problem without reasons of pins and bans and topics of contacts; itself if it has none."""
    reasons = [*(pin.reason for pin in problem.pins), *(ban.reason for ban in problem.bans)]
    if not any((*reasons, *(contact.topic for contact in problem.history))):
        return problem
    return problem.replace(
        pins=tuple(pin.replace(reason="") for pin in problem.pins),
        bans=tuple(ban.replace(reason="") for ban in problem.bans),
        history=tuple(contact.replace(topic="") for contact in problem.history),
    )
