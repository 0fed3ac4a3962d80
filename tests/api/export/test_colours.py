"""Colours of buddies can be seen on the pages' grounds (WCAG 2.2, 1.4.11) and told apart."""

import pytest

from api.export.colours import colour_of

GROUNDS = ("#ffffff", "#eef2f1", "#13181a", "#1f272a")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_colour_stands_out_from_every_ground(ground: str) -> None:
    assert min(contrast(colour_of(i), ground) for i in range(200)) >= 3


def test_two_hundred_buddies_have_two_hundred_colours() -> None:
    assert len({colour_of(i) for i in range(200)}) == 200
