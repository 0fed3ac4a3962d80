"""JSON for people: the same text for the same content, one small record per line."""

import json

from hypothesis import given
from hypothesis import strategies as st

from api.files.json_text import json_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_it_says_what_it_was_given(value: object) -> None:
    assert json.loads(json_text(value)) == value


def test_what_fits_into_a_line_stands_in_one() -> None:
    rows = [{"id": f"row {i}", "text": "x" * 60} for i in range(2)]
    lines = json_text({"rows": rows, "none": [], "word": "ä"}).splitlines()
    assert lines[0:2] == ["{", ' "rows": [']
    assert lines[2] == '  {"id": "row 0", "text": "' + "x" * 60 + '"},'
    assert lines[-3:] == [' "none": [],', ' "word": "ä"', "}"]


def test_an_outline_stands_in_one_line_however_long() -> None:
    ring = [[11.5 + i / 100, 52.5] for i in range(100)]
    assert json_text({"coordinates": [ring]}).count("\n") == 3
