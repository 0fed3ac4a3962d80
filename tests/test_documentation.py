"""The pages in `docs/` and the README name everything that there is, and as it is."""

import inspect
import re
import runpy
import tomllib
from enum import StrEnum

import pytest
import typer
from pydantic.fields import FieldInfo

from api.words.sentence import sentence
from data.base.entity import Entity
from data.model.policy import Key, ObjectiveName, Policy
from data.reference.words.headers import LANGUAGES, names_of_table
from data.reference.words.values import words_of
from data.scenario.change import Change
from data.scenario.kinds import KINDS as CHANGES
from data.tables.column import Column
from data.tables.columns import COLUMNS
from data.tables.files.policy_file import meaning_of, parse_policy
from data.tables.lists.naming import headers_in
from tests.folders import DOCS, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
POLICY_PAGE = (DOCS / "policy.md").read_text(encoding="utf-8")
INPUT_PAGE = (DOCS / "input-files.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """Every command of `buddyplan` as it is typed, such as `solve week`."""
    from api.cli.app import app

    def below(command: object, typed: str) -> list[str]:
        inner = getattr(command, "commands", None)
        if not inner:
            return [typed]
        return [found for name, deeper in inner.items() for found in below(deeper, f"{typed} {name}".strip())]

    return below(typer.main.get_command(app), "")


def test_the_readme_names_every_command() -> None:
    assert [name for name in commands() if f"`buddyplan {name}" not in README] == []


@pytest.mark.parametrize("table", COLUMNS)
def test_the_input_page_explains_every_column_of(table: str) -> None:
    expect_rows(section_of(table), [column_row(table, column) for column in COLUMNS[table]])


def test_the_input_page_names_every_table_as_lists_do() -> None:
    expect_rows(section_of("Names of tables"), [table_row(table) for table in COLUMNS])


def table_row(table: str) -> str:
    names = [name for language in LANGUAGES for name in names_of_table(table, language)]
    return f"| `{table}` | {', '.join(names)} |"


def test_the_input_page_names_every_word_as_lists_do() -> None:
    kinds = {column.kind.vocabulary: column.kind for columns in COLUMNS.values() for column in columns}
    words = [(name, word) for name, kind in sorted(kinds.items()) for word in kind.choices]
    expect_rows(section_of("Words"), [word_row(name, word) for name, word in words])


def word_row(vocabulary: str, word: str) -> str:
    also = [each for language in LANGUAGES for each in words_of(vocabulary, word, language)]
    return f"| `{word}` | {', '.join(also)} |"


def section_of(title: str) -> str:
    section = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", INPUT_PAGE, re.MULTILINE | re.DOTALL)
    assert section, f"docs/input-files.md has no section {title}"
    return section[1]


def expect_rows(section: str, rows: list[str]) -> None:
    """Fail with the rows to paste where a table of a page has others."""
    if [line for line in section.splitlines() if line.startswith("| `")] != rows:
        pytest.fail("the table of the page should have these rows:\n" + "\n".join(rows), pytrace=False)


def column_row(table: str, column: Column) -> str:
    """The line of the page that explains a column: name, content, an empty cell, and its names in lists."""
    default = f"`{column.default}`" if column.default else ""
    empty = "needed" if column.needed else default
    also = ", ".join(headers_in(table).names[column.name])
    return f"| `{column.name}` | {column.kind.says} | {empty} | {sentence(column.meaning, 'en')} | {also} |"


def test_the_policy_page_explains_every_key_and_every_level() -> None:
    keys, levels, _ = re.split(r"^## .*$", POLICY_PAGE, flags=re.MULTILINE)
    expect_rows(keys, [policy_row(name, field) for name, field in Policy.model_fields.items()])
    assert explained(levels) == [level.value for level in ObjectiveName]


def policy_row(name: str, field: FieldInfo) -> str:
    """The line of the page that explains a key: its unit, its default, and its meaning."""
    unit = next((mark.unit for mark in field.metadata if isinstance(mark, Key)), "")
    match field.default:
        case None:
            default = "no limit"
        case bool(yes):
            unit, default = "yes/no", f"`{yes}`".lower()
        case StrEnum() as word:
            unit, default = unit or "word", f"`{word}`"
        case Entity():
            unit, default = "section", "see below"
        case tuple():
            unit, default = "list", "see below"
        case number:
            default = str(number)
    return f"| `{name}` | {unit} | {default} | {sentence(meaning_of(name), 'en')} |"


def test_the_page_of_scenarios_explains_every_kind_of_change() -> None:
    table = (DOCS / "scenarios.md").read_text(encoding="utf-8").partition("| kind |")[2].partition("\n\n")[0]
    expect_rows(table, [change_row(kind, change) for kind, change in CHANGES.items()])


def change_row(kind: str, change: type[Change]) -> str:
    """The line of the page that explains a change: its fields, and the first paragraph of its docstring."""
    fields = ", ".join(name for name in change.model_fields if name != "kind")
    different = " ".join(inspect.cleandoc(change.__doc__ or "").partition("\n\n")[0].split())
    return f"| `{kind}` | {fields} | {different} |"


def explained(section: str) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def test_the_policy_file_on_the_page_is_the_default() -> None:
    """It leaves out only what has no value by default."""
    example = re.search(r"```toml\n(.*?)```", POLICY_PAGE, re.DOTALL)
    assert example
    reading = parse_policy(example[1])
    assert (reading.policy, reading.findings) == (Policy(), ())
    without_value = {key for key in Policy.model_fields if getattr(Policy(), key) is None}
    assert Policy.model_fields.keys() - tomllib.loads(example[1]).keys() == without_value


def test_the_picture_of_the_floors_is_that_of_the_contracts() -> None:
    drawing = runpy.run_path(str(ROOT / ".ci" / "draw_floors.py"))
    assert (DOCS / "pictures" / "floors.svg").read_text(encoding="utf-8") == drawing["picture"]()


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_path_on_the_page_is_there(page: str) -> None:
    """A path in code quotes with a slash; those within a folder named before are looked for by their name."""
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = [path for path in re.findall(r"`([\w./-]+/[\w./-]*)`", text) if not path.endswith("…")]
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []
