"""Weighted random draws that are the same on every machine."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Choice = TypeVar("Choice")

Weighted = Sequence[tuple[Choice, float]]
"""Choices with weights; the weights need not sum to one."""


def source(seed: int, part: str) -> Random:
    """Return the random generator of one part of a programme, so that parts do not affect each other."""
    return Random(f"{seed} {part}")


def draw(rng: Random, choices: Weighted[Choice]) -> Choice:
    """Return one choice, drawn by weight."""
    return rng.choices([c for c, _ in choices], weights=[w for _, w in choices])[0]


def quotas(count: int, weights: Sequence[float]) -> list[int]:
    """Split a count in proportion to weights by the largest remainder method; the parts sum to the count."""
    total = sum(weights)
    exact = [count * weight / total for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: count - sum(parts)]:
        parts[i] += 1
    return parts


def deal(rng: Random, count: int, choices: Weighted[Choice]) -> list[Choice]:
    """Return `count` choices in random order, each as often as its weight requires."""
    parts = quotas(count, [weight for _, weight in choices])
    hand = [choice for (choice, _), part in zip(choices, parts, strict=True) for _ in range(part)]
    rng.shuffle(hand)
    return hand
