"""Names and formats of an outcome's figures."""

from enum import Enum

from api.export.all_languages import ReportSpeaker
from api.studies.compare.comparison import Comparison, Difference, Verdict
from api.studies.outcome.outcome import Better, Figure, FigureName, ScenarioOutcome
from api.words.language import Language
from api.words.speaker import Speaker


class Unit(Enum):
    """The unit of a printed figure: plain, minutes as hours, cents as euros."""

    COUNT = 1
    HOURS = 60
    EURO = 100


HOURS = (
    FigureName.EXPECTED_TRAVEL_MIN,
    FigureName.CARE_MIN,
    FigureName.IMBALANCE_MIN,
    FigureName.CASELOAD_LEAST_MIN,
    FigureName.CASELOAD_MIDDLE_MIN,
    FigureName.CASELOAD_MOST_MIN,
    FigureName.ROUTED_TRAVEL_MIN,
)
EUROS = (FigureName.COST_CENTS, FigureName.COST_PER_SPECIALIST_CENTS, FigureName.ROUTED_TRAVEL_CENTS)


def unit_of(name: FigureName) -> Unit:
    """Return the unit in which a figure is printed; its label names it."""
    return Unit.HOURS if name in HOURS else Unit.EURO if name in EUROS else Unit.COUNT


def name_of(outcome: ScenarioOutcome, language: Language) -> str:
    """Return the name of an outcome: its scenarios, or the base."""
    return outcome.name or Speaker(language).t("study_base")


def label(name: FigureName, language: Language) -> str:
    """Return the name of a figure, with its unit."""
    return Speaker(language).t(f"figure_{name}")


def written(name: FigureName, value: int, language: Language) -> str:
    """Return a value in the figure's unit: hours with one decimal, whole euros."""
    unit = unit_of(name)
    return ReportSpeaker(language).number(value / unit.value, 1 if unit is Unit.HOURS else 0)


def value_words(figure: Figure, language: Language) -> str:
    """Return value, share and bound: `952 (98,7 %), höchstens 960`."""
    value = written(figure.name, figure.value, language)
    if figure.whole is not None:
        value += f" ({ReportSpeaker(language).share(figure.value, figure.whole)})"
    if figure.bound is None:
        return value
    if figure.bound == figure.value:
        return Speaker(language).t("study_proved_best", value=value)
    return bounded(value, written(figure.name, figure.bound, language), figure.better, language)


def bounded(value: str, bound: str, better: Better, language: Language) -> str:
    """Return a value with the bound that was proved for it: `952, höchstens 960`."""
    key = "study_at_least" if better is Better.LESS else "study_at_most"
    return Speaker(language).t(key, value=value, bound=bound)


def delta_words(difference: Difference, language: Language) -> str:
    """Return the signed difference to the first outcome, and what is proved: `+5 (bewiesen besser)`."""
    verdict = verdict_words(difference.verdict, language)
    if difference.verdict is Verdict.SAME:
        return verdict
    sign = "+" if difference.delta > 0 else ""
    delta = sign + written(difference.name, difference.delta, language)
    return Speaker(language).t("study_delta", delta=delta, verdict=verdict)


def verdict_words(verdict: Verdict, language: Language) -> str:
    """Return what is proved about a difference."""
    return Speaker(language).t(f"verdict_{verdict.name.lower()}")


def comparison_words(comparison: Comparison, language: Language) -> list[str]:
    """Return a sentence for each proved figure of each outcome, and one about what is not proved."""
    say, first = Speaker(language), name_of(comparison.outcomes[0], language)
    lines = []
    for outcome, against in zip(comparison.outcomes[1:], comparison.against, strict=True):
        other = name_of(outcome, language)
        for each in against.differences:
            if each.verdict in (Verdict.BETTER, Verdict.WORSE):
                better, than = (other, first) if each.verdict is Verdict.BETTER else (first, other)
                figure = label(each.name, language)
                lines.append(say.t("study_proved_better", figure=figure, better=better, than=than))
        open_ = [label(e.name, language) for e in against.differences if e.verdict is Verdict.NOT_PROVED]
        if open_:
            lines.append(say.t("study_no_order", name=other, figures="; ".join(open_)))
    return lines
