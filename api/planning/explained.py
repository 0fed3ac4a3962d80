"""The output of `buddyplan explain`: codes and figures as data, sentences in every language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.planning.explaining import case_of, of_buddy, of_company
from api.run.names import Names
from api.run.run import Run
from api.words.catalogue import languages
from api.words.explanations import (
    gap_words,
    helper_words,
    hire_words,
    keeping_words,
    pair_words,
    relation_words,
)
from api.words.language import Language
from api.words.reasons import Naming
from api.words.speaker import Speaker
from data.results.explanation import Explanations, WhyNobody, WhyThisBuddy
from matching.explain.resolve import SOLVING
from scheduling.plan.plan_weeks import process_pool

Sentences = dict[str, list[str]]
"""By language, one sentence a line."""


@dataclass(frozen=True)
class Explained:
    """An answer: data with its sentences, and the sentences alone."""

    data: dict[str, Any]
    sentences: Sentences


def explained(
    run: Run, company: str, buddy: str, workers: int | None, share: Callable[[float], None]
) -> Explained:
    """Explain one company, every company of a buddy, or, if neither is named, the run's own explanations.

    Raises `BuddyplanError` for ids that the run does not have.
    """
    named = Names(run).name
    if company:
        return _answers((of_company(case_of(run), company),), named)
    if buddy:
        with process_pool(workers, SOLVING) as pool:
            return _answers(of_buddy(case_of(run), buddy, pool, share), named)
    return _of_run(run.explanations or Explanations(), named)


def _answers(answers: tuple[WhyThisBuddy | WhyNobody, ...], named: Naming) -> Explained:
    sentences = {
        language: [line for answer in answers for line in _words(answer, named, language)]
        for language in languages()
    }
    return Explained({"answers": [_data(answer, named) for answer in answers]}, sentences)


def _of_run(found: Explanations, named: Naming) -> Explained:
    sentences = {language: _lines_of_run(found, named, language) for language in languages()}
    return Explained(found.model_dump(mode="json") | {"sentences": sentences}, sentences)


def _lines_of_run(found: Explanations, named: Naming, language: Language) -> list[str]:
    changes = [relation_words(change, named, language) for change in found.continuity.changes]
    parts = {
        "gaps": [line for gap in found.gaps for line in _words(gap, named, language)],
        "changes": [*changes, keeping_words(found.continuity, language)],
        "hires": [hire_words(hire, named, language) for hire in found.hires],
        "helpers": [helper_words(proposal, named, language) for proposal in found.helpers],
    }
    say, lines = Speaker(language), []
    for heading, found_lines in parts.items():
        if any(found_lines):
            lines += [say.t(f"explained_{heading}"), *(f"  {line}" for line in found_lines if line)]
    return lines or [say.t("explained_nothing")]


def _words(answer: WhyThisBuddy | WhyNobody, named: Naming, language: Language) -> list[str]:
    if isinstance(answer, WhyThisBuddy):
        return pair_words(answer, named, language)
    reason, *remedies = gap_words(answer, named, language)
    return [f"{named(answer.company)}: {reason}", *(f"  {remedy}" for remedy in remedies)]


def _data(answer: WhyThisBuddy | WhyNobody, named: Naming) -> dict[str, Any]:
    sentences = {language: _words(answer, named, language) for language in languages()}
    return answer.model_dump(mode="json") | {"sentences": sentences}
