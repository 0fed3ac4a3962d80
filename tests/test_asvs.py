"""The page on ASVS names every requirement of level 2 once, and only tests that exist."""

import ast
import re
from collections import Counter

from tests.folders import DOCS, ROOT

PAGE = (DOCS / "asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
STATES = ("met", "partly", "not met", "–")
# How many requirements of levels 1 and 2 each chapter of ASVS 5.0.0 has.
IN_CHAPTER = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13}
IN_CHAPTER |= {14: 9, 15: 13, 16: 16, 17: 7}


def test_every_requirement_stands_there_once() -> None:
    numbers = [number for number, *_ in ROWS]
    assert Counter(number.partition(".")[0] for number in numbers) == {
        str(chapter): count for chapter, count in IN_CHAPTER.items()
    }
    assert len(set(numbers)) == len(numbers) == sum(IN_CHAPTER.values()) == 253
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])


def test_every_line_says_what_is() -> None:
    assert [number for number, _, state in ROWS if not state.startswith(STATES)] == []
    bare = [number for number, _, state in ROWS if state.strip() in ("partly", "not met")]
    assert bare == [], "these have to say why"
    assert len(re.findall(r"^\| \d", PAGE, re.MULTILINE)) == len(ROWS)


def test_every_test_that_is_named_exists() -> None:
    known = {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    assert len(named) > 100
    assert named - known == set()
