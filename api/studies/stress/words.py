"""The stress study in sentences and rows, German and English; it claims only what the draws support."""

from collections.abc import Iterator

from api.studies.stress.figures import PERCENTILES, PairedDifference, Percentile, Share
from api.studies.stress.result import OfScenario, Stress
from api.words.reasons import Language

Both = tuple[str, str]

FIGURE_WORDS: dict[str, Both] = {
    "served": ("Erbrachte Abdeckung", "Coverage delivered"),
    "contacts_made": ("Erbrachte Kontakte", "Contacts made"),
    "unplanned": ("Nicht geplante Besuche", "Visits not planned"),
    "broken": ("Gebrochene Zusagen", "Broken promises"),
    "covers": ("Vertretungen", "Visits by colleagues"),
    "extra_travel_min": ("Mehr Fahrt, Minuten", "Extra travel, minutes"),
}
AS_IT_IS: Both = ("Ohne Änderung", "As it is")
PLAN: Both = ("Plan", "Plan")
HEADINGS: tuple[Both, ...] = (("Szenario", "Scenario"), ("Größe", "Figure"), PLAN)
TOLD_PAIRS = ("served", "broken")
"""The figures whose differences get sentences; the others are in `stress.json`."""


def figure_word(figure: str, language: Language) -> str:
    """Return the name of a figure."""
    return FIGURE_WORDS[figure][language == "en"]


def name_of(scenario: str, language: Language) -> str:
    """Return the name of a scenario; the programme without scenarios has an empty name."""
    return scenario or AS_IT_IS[language == "en"]


def headings(language: Language) -> list[str]:
    """Return the headings of `rows`."""
    return [pair[language == "en"] for pair in HEADINGS] + [f"{percent} %" for percent in PERCENTILES]


def rows(stress: Stress, language: Language) -> Iterator[list[str]]:
    """Yield a row for each scenario and figure: the plan without events, and the percentiles."""
    for scenario in stress.scenarios:
        for spread in scenario.spreads:
            planned = getattr(scenario.plan, spread.figure)
            values = (planned, *(each.value for each in spread.percentiles))
            name = name_of(scenario.name, language)
            yield [name, figure_word(spread.figure, language), *map(str, values)]


def sentences(stress: Stress, language: Language) -> list[str]:
    """Return what was drawn, how each scenario fares, and how they differ draw by draw."""
    return [
        _drawn(stress, language),
        *(_of_scenario(each, language) for each in stress.scenarios),
        *(_differs(each, language) for each in stress.differences if each.figure in TOLD_PAIRS),
    ]


def _drawn(stress: Stress, language: Language) -> str:
    weeks = f"{stress.weeks[0]} … {stress.weeks[-1]}" if len(stress.weeks) > 1 else stress.weeks[0]
    failed = len(stress.failed)
    if language == "en":
        text = f"{stress.draws} draws of seed {stress.seed}, weeks {weeks}, the same luck for every scenario."
        return text + (f" {failed} could not be planned and are left out." if failed else "")
    text = f"{stress.draws} Ziehungen der Saat {stress.seed}, Wochen {weeks}, für jedes Szenario dieselben."
    return text + (f" {failed} ließen sich nicht planen und fehlen." if failed else "")


def _of_scenario(scenario: OfScenario, language: Language) -> str:
    served = {each.percent: each for each in scenario.spreads[0].percentiles}
    calm, middle, least = scenario.plan, served[50], served[5].value
    name, broken = name_of(scenario.name, language), scenario.spreads[3].at(50)
    if language == "en":
        return (
            f"{name}: of {calm.whole}, {calm.served} get all that is due if nothing happens; in the middle "
            f"{middle.value}{_sure(middle, language)}, in 95 % of draws at least {least}. "
            f"Broken promises: {broken} in the middle."
        )
    return (
        f"{name}: Von {calm.whole} bekommen {calm.served} alles, was ansteht, wenn nichts dazwischenkommt; "
        f"im mittleren Fall {middle.value}{_sure(middle, language)}, in 95 % der Ziehungen mindestens "
        f"{least}. Gebrochene Zusagen: {broken} im mittleren Fall."
    )


def _sure(percentile: Percentile, language: Language) -> str:
    if percentile.low is None or percentile.high is None:
        return " (too few draws to say how sure)" if language == "en" else " (zu wenige Ziehungen für mehr)"
    between = f"{percentile.low}", f"{percentile.high}"
    if language == "en":
        return f" (with 95 % confidence {between[0]} to {between[1]})"
    return f" (mit 95 % Sicherheit {between[0]} bis {between[1]})"


def _differs(difference: PairedDifference, language: Language) -> str:
    """Return the difference in words: the side with more draws comes first, with its interval."""
    earlier, later = name_of(difference.earlier, language), name_of(difference.later, language)
    figure, middle = figure_word(difference.figure, language), _signed(difference.spread.at(50))
    sides = [(difference.more, ("mehr", "more")), (difference.less, ("weniger", "less"))]
    if difference.less.draws > difference.more.draws:
        sides.reverse()
    (most, first), (other, second) = ((side, words[language == "en"]) for side, words in sides)
    if language == "en":
        return (
            f"{later} against {earlier}, {figure.lower()}: {first} in {_share(most, language)}, {second} in "
            f"{other.draws}, equal in {difference.equal}; in the middle {middle}."
        )
    return (
        f"{later} gegenüber {earlier}, {figure}: {first} in {_share(most, language)}, {second} in "
        f"{other.draws}, gleich in {difference.equal}; im mittleren Fall {middle}."
    )


def _signed(value: int) -> str:
    return f"{value:+d}".replace("-", "\u2212") if value else "0"


def _share(share: Share, language: Language) -> str:
    low, high = share.low_permille / 10, share.high_permille / 10
    if language == "en":
        return f"{share.draws} of {share.of} draws (with 95 % confidence {low:g} to {high:g} % of all cases)"
    between = f"{low:g} bis {high:g} %".replace(".", ",")
    return f"{share.draws} von {share.of} Ziehungen (mit 95 % Sicherheit {between} aller Fälle)"
