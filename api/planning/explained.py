"""The output of `buddyplan explain`: codes and figures as data, sentences in German and English."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.planning.explaining import case_of, of_buddy, of_company
from api.run.names import Names
from api.run.run import Run
from api.words.explanations import (
    gap_words,
    helper_words,
    hire_words,
    keeping_words,
    pair_words,
    relation_words,
)
from api.words.reasons import Language, Naming
from data.results.explanation import Explanations, WhyNobody, WhyThisBuddy
from matching.explain.resolve import SOLVING
from scheduling.plan.plan_weeks import process_pool

HEADINGS: dict[str, tuple[str, str]] = {
    "gaps": ("Betriebe ohne Buddy", "Companies without a buddy"),
    "changes": ("Wer wechselt", "Who changes"),
    "hires": ("Wo ein weiterer Buddy am meisten hilft", "Where one more buddy helps most"),
    "helpers": ("Wer mit der Sprache helfen könnte", "Who could help with the language"),
    "none": ("Der Lauf hat nichts erklärt.", "The run explained nothing."),
}


@dataclass(frozen=True)
class Explained:
    """An answer: data with its sentences, and the sentences alone, one per line."""

    data: dict[str, Any]
    german: list[str]
    english: list[str]


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
    german = [line for answer in answers for line in _words(answer, named, "de")]
    english = [line for answer in answers for line in _words(answer, named, "en")]
    return Explained({"answers": [_data(answer, named) for answer in answers]}, german, english)


def _of_run(found: Explanations, named: Naming) -> Explained:
    german, english = _lines_of_run(found, named, "de"), _lines_of_run(found, named, "en")
    data = found.model_dump(mode="json") | {"sentences": {"de": german, "en": english}}
    return Explained(data, german, english)


def _lines_of_run(found: Explanations, named: Naming, language: Language) -> list[str]:
    changes = [relation_words(change, named, language) for change in found.continuity.changes]
    parts = {
        "gaps": [line for gap in found.gaps for line in _words(gap, named, language)],
        "changes": [*changes, keeping_words(found.continuity, language)],
        "hires": [hire_words(hire, named, language) for hire in found.hires],
        "helpers": [helper_words(proposal, named, language) for proposal in found.helpers],
    }
    lines = []
    for heading, told in parts.items():
        if any(told):
            lines += [HEADINGS[heading][language == "en"], *(f"  {line}" for line in told if line)]
    return lines or [HEADINGS["none"][language == "en"]]


def _words(answer: WhyThisBuddy | WhyNobody, named: Naming, language: Language) -> list[str]:
    if isinstance(answer, WhyThisBuddy):
        return pair_words(answer, named, language)
    reason, *remedies = gap_words(answer, named, language)
    return [f"{named(answer.company)}: {reason}", *(f"  {remedy}" for remedy in remedies)]


def _data(answer: WhyThisBuddy | WhyNobody, named: Naming) -> dict[str, Any]:
    sentences = {"de": _words(answer, named, "de"), "en": _words(answer, named, "en")}
    return answer.model_dump(mode="json") | {"sentences": sentences}
