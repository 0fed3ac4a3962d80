"""Two people at once: what a row has become meanwhile beside what was typed, to choose field by field."""

from api.pages.desk.frame.elements import data
from api.pages.desk.register.form import Form, Given, Texts, button, form_around, group, held, same
from api.pages.desk.register.wording import NOTHING

MINE, NOW = "mine", "now"


def conflicts(old: Form, new: Form, mine: Texts) -> list[str]:
    """Return the fields that both changed, each to something else."""
    entity = old.key[0]
    return [
        name
        for name, text in mine.items()
        if not same(entity, name, held(old.held, name), text)
        and not same(entity, name, held(old.held, name), held(new.held, name))
        and not same(entity, name, held(new.held, name), text)
    ]


def merged(old: Form, new: Form, mine: Texts, chosen: Given) -> dict[str, str]:
    """Return what the form of the row as it is now would hold: own changes, and theirs where chosen."""
    entity, result = old.key[0], {}
    for name, text in mine.items():
        untouched = same(entity, name, held(old.held, name), text)
        result[name] = held(new.held, name) if untouched or chosen.get(name) == NOW else text
    return result


def choices(old: Form, new: Form, mine: Texts, who: str, when: str) -> str:
    """Return a form that shows both values of each field that both changed; one's own is chosen at first."""
    words, entity = new.words, new.key[0]
    say, parts = words.say, []
    for number, name in enumerate(conflicts(old, new, mine)):
        label = data(words.label(entity, name))
        options = "".join(
            f'<label class="choice"><input type="radio" name="{data(name)}" value="{value}"'
            f"{' checked' if value == MINE else ''}{' autofocus' if not number and value == MINE else ''}>"
            f"<span><b>{data(said)}</b> {data(words.text(entity, name, text) or NOTHING)}</span></label>"
            for value, said, text in (
                (NOW, say.t("clash_now", who=who, when=when), held(new.held, name)),
                (MINE, say.t("clash_mine"), mine[name]),
            )
        )
        parts.append(group(label, f'<div class="both">{options}</div>'))
    buttons = button("choose", say.t("clash_save"), "primary") + button("cancel", say.t("entry_cancel"))
    told = f'<p class="wrong">{data(say.t("clash_told", who=who, when=when))}</p>'
    return form_around(words, say.t("clash_save"), told, "".join(parts), buttons, dirty=True)
