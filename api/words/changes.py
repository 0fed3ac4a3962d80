"""Single changes in words: what a remedy would do."""

from api.words.reasons import Naming, spoken_words
from api.words.speaker import Speaker
from data.model.vocabulary import LanguageLevel, Spoken
from data.results.change import Change, ChangeKind


def change_words(change: Change, named: Naming, say: Speaker) -> str:
    """Return a change as a phrase without a full stop."""
    before, after = change.before, change.after
    more = int(after) - int(before) if before.isdigit() and after.isdigit() else 0
    match change.kind:
        case ChangeKind.LANGUAGE:
            before, after = _spoken(before, say), _spoken(after, say)
        case ChangeKind.DISTRICT:
            after = named(after)
    fields = {"who": named(change.who), "before": before, "after": after, "more": more}
    return say.t(f"to_change_{change.kind}", **fields)


def _spoken(level: str, say: Speaker) -> str:
    if not level:
        return say.t("not_spoken")
    code, at = level.split(":")
    return spoken_words([Spoken(language=code, level=LanguageLevel(at))], say)
