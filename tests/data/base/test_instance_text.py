"""The shared syntax of all solver files: one JSON object without duplicate keys."""

import pytest

from data.base.instance_text import InstanceError, read_object
from tests.refusals import english


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "no JSON (line 1, column 1)"),
        ('{"a": 1,\n}', "no JSON (line 2, column 1)"),
        ("[]", "a JSON object is expected"),
        ("null", "a JSON object is expected"),
        ('{"a": 1, "a": 1}', '"a" stands twice in one object'),
        ('{"rows": [{"b": 1, "b": 2}]}', '"b" stands twice in one object'),
        ('{"a": ' + "[" * 100_000, "nested too deeply, or a number with thousands of digits"),
        ('{"a": ' + "1" * 5_000 + "}", "nested too deeply, or a number with thousands of digits"),
    ],
)
def test_what_is_no_object_is_refused_in_one_line(text: str, line: str) -> None:
    with pytest.raises(InstanceError) as error:
        read_object(text)
    assert english(error.value) == line


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_object('\ufeff{"a": [1, null]}') == {"a": [1, None]}
