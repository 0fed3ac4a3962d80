"""Text of one kind: composed, and without signs that nobody sees."""

import pytest

from data.base.plain_text import composed, unseen_in, without_unseen


def test_two_ways_to_type_a_letter_are_one() -> None:
    assert composed("Ba\u0308ckerei Łódź Nguye\u0302\u0303n") == "Bäckerei Łódź Nguyễn"


@pytest.mark.parametrize(
    "sign",
    ["\0", "\x07", "\x1b", "\x7f", "\x85", "\xad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c",
     "\u202a", "\u202e", "\u2066", "\u2069", "\u2060", "\ufeff", "\ufffa", "\U000e0041"],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}mill", "mi{}ll", "mill{}", "{}", "m{0}i{0}{0}ll"])
def test_a_sign_that_nobody_sees_is_taken_out(sign: str, frame: str) -> None:
    assert without_unseen(frame.format(sign)) == frame.replace("{0}", "{}").replace("{}", "")
    assert unseen_in(frame.format(sign)) == (f"U+{ord(sign):04X}",)


@pytest.mark.parametrize(
    "name",
    [
        "حسین\u200cزاده",
        "क\u094d\u200dष",
        "👩\u200d🔧 Werkstatt",
        "Straße\tHof\n2",
        "Ōsaka 東京",
        "a\u0308".upper(),
    ],
)
def test_what_shapes_a_name_stays(name: str) -> None:
    assert without_unseen(name) == composed(name)
    assert unseen_in(name) == ()


def test_letters_that_a_sign_kept_apart_are_composed() -> None:
    assert without_unseen("a\u200b\u0308") == "ä"
