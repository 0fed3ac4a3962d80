"""The page for the works council lists every stored field, and the actual retention."""

import re
from dataclasses import fields

from data.model.problem import Buddy
from data.store.privacy.retention import RetentionRules
from data.store.tables.schema import metadata
from tests.folders import DOCS

PAGE = (DOCS / "works-agreement.md").read_text(encoding="utf-8")
STAYS = {"stays", "until it is taken back"}
ABOUT, NOTHING, RETENTION = (
    re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    for title in ("Fields about a buddy", "Columns that hold nothing about a buddy", "Retention")
)
assert ABOUT and NOTHING and RETENTION
CLASSES = re.findall(r"^\| `(\w+)` \| (\d+) \|", RETENTION[1], re.MULTILINE)


def test_every_column_and_every_field_of_a_buddy_stands_on_the_page_once() -> None:
    listed = re.findall(r"^\| `(\w+\.\w+)` \|", ABOUT[1], re.MULTILINE)
    listed += re.findall(r"`(\w+\.\w+)`", NOTHING[1])
    stored = [f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.c]
    stored += [f"Buddy.{name}" for name in Buddy.model_fields]
    assert sorted(listed) == sorted(stored)


def test_every_field_about_a_buddy_has_a_purpose_readers_and_a_retention() -> None:
    rows = [line.split("|")[1:-1] for line in ABOUT[1].splitlines() if line.startswith("| `")]
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in rows)
    assert {row[3].strip() for row in rows} <= {name for name, _ in CLASSES} | STAYS


def test_the_page_says_how_long_each_class_is_kept() -> None:
    defaults = RetentionRules()
    assert [(field.name, str(getattr(defaults, field.name))) for field in fields(defaults)] == CLASSES
