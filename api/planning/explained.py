"""The output of `buddyplan explain`: codes and figures as data, sentences in every language."""

from collections.abc import Callable
from dataclasses import dataclass

from api.planning.answers import (
    CompaniesExplained,
    CompanyExplained,
    GapExplained,
    PairExplained,
    RunExplained,
    Sentences,
)
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


@dataclass(frozen=True)
class Explained:
    """An answer: data with its sentences, and the sentences alone."""

    data: CompaniesExplained | RunExplained
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


def company_explained(answer: WhyThisBuddy | WhyNobody, named: Naming | None) -> CompanyExplained:
    """Return an answer with its sentences, or without any if nobody may be named."""
    words = {language: _words(answer, named, language) for language in languages()} if named else None
    kind = PairExplained if isinstance(answer, WhyThisBuddy) else GapExplained
    return kind(**dict(answer), sentences=words)


def _answers(answers: tuple[WhyThisBuddy | WhyNobody, ...], named: Naming) -> Explained:
    sentences = {
        language: tuple(line for answer in answers for line in _words(answer, named, language))
        for language in languages()
    }
    told = CompaniesExplained(answers=tuple(company_explained(answer, named) for answer in answers))
    return Explained(told, sentences)


def _of_run(found: Explanations, named: Naming) -> Explained:
    words = {language: _lines_of_run(found, named, language) for language in languages()}
    return Explained(RunExplained(**dict(found), sentences=words), words)


def _lines_of_run(found: Explanations, named: Naming, language: Language) -> tuple[str, ...]:
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
    return tuple(lines) or (say.t("explained_nothing"),)


def _words(answer: WhyThisBuddy | WhyNobody, named: Naming, language: Language) -> tuple[str, ...]:
    if isinstance(answer, WhyThisBuddy):
        return tuple(pair_words(answer, named, language))
    reason, *remedies = gap_words(answer, named, language)
    return f"{named(answer.company)}: {reason}", *(f"  {remedy}" for remedy in remedies)
