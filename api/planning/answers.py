"""Explanations as they are answered: figures, and the same in sentences."""

from data.base.entity import UNLESS_GIVEN, Entity
from data.results.explanation import Explanations, WhyNobody, WhyThisBuddy

Sentences = dict[str, tuple[str, ...]]
"""The same in words, line by line, by language."""


class PairExplained(WhyThisBuddy):
    """Why a company has its buddy; no sentences where these would name somebody hidden."""

    sentences: Sentences | None = UNLESS_GIVEN


class GapExplained(WhyNobody):
    """Why a company has no buddy; no sentences where these would name somebody hidden."""

    sentences: Sentences | None = UNLESS_GIVEN


CompanyExplained = PairExplained | GapExplained


class CompaniesExplained(Entity):
    """Why companies have their buddies, or none."""

    answers: tuple[CompanyExplained, ...]


class RunExplained(Explanations):
    """What a run found out by itself, and the same in sentences."""

    sentences: Sentences
