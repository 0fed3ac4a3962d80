"""What pydantic, parsers and the system find wrong is said in every language, without their own words."""

import errno
import json
import tomllib

import pytest

from api.words.catalogue import languages
from api.words.sentence import has_sentence, sentence
from data.base.foreign_errors import KINDS, LIMITS, OF_SYSTEM, line_of, why_unopened, why_unparsed
from data.base.message import Message, message


@pytest.mark.parametrize(
    ("text", "line", "english"),
    [
        ("a = 1 b = 2", 1, "line 1, column 7"),
        ("a = 1\na = 2\nb = 3", 2, "line 2, column 6: stands further up already"),
        ("[a]\n[a]", 2, "line 2, column 3: stands further up already"),
        ("a = 1\na = 2", 0, "at the end of the text: stands further up already"),
        ("a = ", 0, "at the end of the text"),
    ],
)
def test_what_is_no_toml_is_told_by_its_place(text: str, line: int, english: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    why = why_unparsed(error.value)
    assert (line_of(why), sentence(why, "en")) == (line, english)


def test_what_is_no_json_is_told_by_its_place() -> None:
    with pytest.raises(json.JSONDecodeError) as error:
        json.loads('{\n "a": }')
    assert why_unparsed(error.value) == message("syntax_at", line=2, column=7)
    assert why_unparsed(RecursionError()) == message("syntax_too_deep")


def test_what_the_system_does_not_open_is_told_by_its_number() -> None:
    assert why_unopened(FileNotFoundError(errno.ENOENT, "No such file")) == message("system_missing")
    assert why_unopened(OSError(errno.EIO, "Input/output error")) == message("system_other", name="EIO")
    assert why_unopened(OSError("no number")) == message("system_other", name="OSError")


@pytest.mark.parametrize("language", languages())
def test_every_code_has_its_sentence(language: str) -> None:
    codes = {*OF_SYSTEM.values(), *KINDS.values(), *(code for code, _ in LIMITS.values())}
    assert [code for code in codes if not has_sentence(Message(code), language)] == []
