"""A comparison as rows of text, for the terminal, the workbook and the page."""

from collections.abc import Iterator

from rich.table import Table

from api.export.all_languages import ReportSpeaker
from api.studies.compare.comparison import Comparison
from api.studies.compare.words import delta_words, label, name_of, value_words
from api.studies.outcome.outcome import Part, ScenarioOutcome
from api.words.language import Language
from api.words.reasons import Naming
from api.words.speaker import Speaker

NAME_COLUMNS, SCENARIO_COLUMNS = 46, 30
"""What a figure's name with its first value needs in a terminal, and a scenario with its difference."""
PARTS = ("districts", "sectors", "languages", "hosts")
"""The fields of an outcome that hold parts."""


def total_rows(comparison: Comparison, language: Language) -> Iterator[list[str]]:
    """Yield a row for each figure: its name, its value in the first outcome and others, the difference."""
    first, *others = comparison.outcomes
    for name, figure in first.figure.items():
        row = [label(name, language), value_words(figure, language)]
        for outcome, against in zip(others, comparison.against, strict=True):
            made = {each.name: each for each in against.differences}
            if name in made:
                row += [value_words(outcome.figure[name], language), delta_words(made[name], language)]
            else:
                row += ["", ""]
        yield row


def share_title(field: str, language: Language) -> str:
    """Return the title of a table of parts: coverage or, by language, the specialists who are spoken to."""
    return Speaker(language).t(f"part_share_{field}")


def part_title(field: str, language: Language) -> str:
    """Return what the parts of a field are."""
    return Speaker(language).t(f"part_{field}")


def share_rows(
    comparison: Comparison, field: str, named: Naming, language: Language
) -> Iterator[tuple[str, list[str]]]:
    """Yield for each part its name, and its share in every outcome: `98,4 % (120/122)`."""
    held = [{part.key: part for part in getattr(each, field)} for each in comparison.outcomes]
    for key in sorted({key for parts in held for key in parts}):
        shares = [_share(parts.get(key), field == "languages", language) for parts in held]
        yield part_name(field, key, named, language), shares


def _share(part: Part | None, by_language: bool, language: Language) -> str:
    if part is None:
        return "–"
    value, whole = (part.spoken_to, part.specialists) if by_language else (part.coverage, part.whole)
    if not whole:
        return "–"
    say = ReportSpeaker(language)
    return f"{say.share(value, whole)} ({say.number(value)}/{say.number(whole)})"


def part_name(field: str, key: str, named: Naming, language: Language) -> str:
    """Return a part's name; alternative languages are joined by a slash."""
    if not key:
        return Speaker(language).t("part_none")
    if field == "languages":
        return " / ".join(map(Speaker(language).language_name, key.split("/")))
    return key if field == "sectors" else named(key)


def move_rows(outcome: ScenarioOutcome, named: Naming, language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield companies that change their buddy: company, buddy before, buddy after."""
    nobody = Speaker(language).t("nobody")
    for move in outcome.moves:
        before, after = (named(key) if key else nobody for key in (move.before, move.after))
        yield named(move.company), before, after


def comparison_tables(comparison: Comparison, language: Language, columns: int) -> list[Table]:
    """Return the totals for a terminal of so many columns: several tables if not all scenarios fit beside."""
    others = len(comparison.outcomes) - 1
    fitting = max(1, (columns - NAME_COLUMNS) // SCENARIO_COLUMNS)
    rows = list(total_rows(comparison, language))
    return [
        _comparison_table(comparison, rows, range(first, min(first + fitting, others)), language)
        for first in range(0, max(1, others), fitting)
    ]


def _comparison_table(
    comparison: Comparison, rows: list[list[str]], others: range, language: Language
) -> Table:
    """Return a table of the first outcome and some of the others."""
    first, *compared = comparison.outcomes
    at = [0, 1, *(column for other in others for column in (2 + 2 * other, 3 + 2 * other))]
    difference = Speaker(language).t("compare_difference")
    heads = [name_of(first, language)]
    heads += [head for other in others for head in (name_of(compared[other], language), difference)]
    table = Table(box=None, padding=(0, 2, 0, 0), show_lines=False)
    table.add_column("", style="bold")
    for column, head in zip(at[1:], heads, strict=True):
        longest = max(len(word) for row in rows for word in (row[column] or "-").split(" "))
        table.add_column(head, overflow="fold", min_width=longest)
    for row in rows:
        table.add_row(*(row[column] for column in at))
    return table


def outcome_table(outcome: ScenarioOutcome, language: Language) -> Table:
    """Return the figures of one outcome for a terminal."""
    table = Table(box=None, padding=(0, 2, 0, 0), title=name_of(outcome, language), title_justify="left")
    table.add_column("", style="bold")
    table.add_column("", overflow="fold")
    for figure in outcome.figures:
        table.add_row(label(figure.name, language), value_words(figure, language))
    return table
