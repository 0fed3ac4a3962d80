"""The order in which a matching weighs its objectives, as a table: place and tolerance of each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.pages.desk.frame.elements import data
from api.pages.desk.register.wording import Wording
from api.words.levels import level_name
from data.model.policy import Objective, ObjectiveName
from data.register.rows.policy import OBJECTIVES, VALUE
from data.tables.cells import CellError

RANK, BY, PERCENT = "rank", "by", "percent"
LEFT_OUT = "-"


def levels_of(text: str, usual: Sequence[Objective]) -> list[dict[str, Any]]:
    """Return the objectives of a text of the register; the usual ones where there is none."""
    if text:
        try:
            read = VALUE.read(text)
        except CellError:
            read = []
        return [each for each in read if isinstance(each, dict)]
    return [each.model_dump(mode="json") for each in usual]


def table(words: Wording, levels: Sequence[dict[str, Any]], wrong: str) -> str:
    """Return the markup of the table, the objectives that are used first."""
    say = words.say
    by_name = {str(each.get("name")): each for each in levels}
    order = [*by_name, *(name for name in ObjectiveName if name not in by_name)]
    heads = "".join(
        f'<th scope="col">{data(say.t(f"level_{key}"))}</th>'
        for key in ("is", "of", "tolerance", "tolerance_percent")
    )
    body = "".join(_row(words, name, place, by_name.get(name)) for place, name in enumerate(order, 1))
    label = data(say.t("rule_objectives"))
    error = f'<p class="field-wrong" id="rule-levels-wrong">{data(wrong)}</p>' if wrong else ""
    invalid = ' aria-invalid="true" aria-describedby="rule-levels-wrong"' if wrong else ""
    return (
        f'<div class="scroll levels"{invalid} tabindex="0" role="region" aria-label="{label}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{error}"
    )


def _row(words: Wording, name: str, place: int, held: dict[str, Any] | None) -> str:
    say = words.say
    title = level_name(ObjectiveName(name), say)
    ranks = [(str(n), say.t("level_rank", rank=n)) for n in range(1, len(ObjectiveName) + 1)]
    chosen = str(place) if held else LEFT_OUT
    options = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{data(text)}</option>'
        for value, text in (*ranks, (LEFT_OUT, say.t("level_left_out")))
    )
    fields = []
    for part, key in ((BY, "tolerance"), (PERCENT, "tolerance_percent")):
        value, says = (held or {}).get(key, 0), f"{title}: {say.t('level_' + key)}"
        fields.append(
            f'<td><input name="{OBJECTIVES}.{name}.{part}" value="{data(str(value))}" inputmode="numeric" '
            f'maxlength="9" aria-label="{data(says)}"></td>'
        )
    says = data(f"{title}: {say.t('level_is')}")
    rank = f'<select name="{OBJECTIVES}.{name}.{RANK}" aria-label="{says}">{options}</select>'
    return f'<tr><td>{rank}</td><th scope="row">{data(title)}</th>{"".join(fields)}</tr>'


def taken(given: Mapping[str, str], usual: Sequence[Objective]) -> str:
    """Return what was entered as a text of the register; empty where all is as usual."""
    ranked: list[tuple[int, int, str]] = []
    for place, name in enumerate(ObjectiveName):
        rank = given.get(f"{OBJECTIVES}.{name}.{RANK}", LEFT_OUT)
        if rank != LEFT_OUT:
            ranked.append((int(rank) if rank.isdigit() else len(ObjectiveName), place, name.value))
    tolerances = {
        name: [given.get(f"{OBJECTIVES}.{name}.{part}", "").strip() or "0" for part in (BY, PERCENT)]
        for _, _, name in ranked
    }
    text = _listed((name, *tolerances[name]) for _, _, name in sorted(ranked))
    return "" if text == written(usual) else text


def written(levels: Sequence[Objective]) -> str:
    """Return objectives as a text in the same notation."""
    return _listed((each.name.value, str(each.tolerance), str(each.tolerance_percent)) for each in levels)


def _listed(levels: Iterable[Sequence[str]]) -> str:
    parts = []
    for name, by, percent in levels:
        more = f", tolerance = {_number(by)}" if by != "0" else ""
        more += f", tolerance_percent = {_number(percent)}" if percent != "0" else ""
        parts.append(f'{{name = "{name}"{more}}}')
    return f"[{', '.join(parts)}]"


def _number(text: str) -> str:
    return text if text.isdigit() else json.dumps(text)
