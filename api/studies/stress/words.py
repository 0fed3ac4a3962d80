"""The stress study in sentences and rows; it claims only what the draws support."""

from collections.abc import Iterator

from api.studies.stress.figures import PERCENTILES, PairedDifference, Percentile, Share
from api.studies.stress.result import OfScenario, Stress
from api.words.language import Language
from api.words.speaker import MINUS, Speaker

TOLD_PAIRS = ("served", "broken")
"""The figures whose differences get sentences; the others are in `stress.json`."""


def figure_word(figure: str, language: Language) -> str:
    """Return the name of a figure."""
    return Speaker(language).t(f"stress_figure_{figure}")


def name_of(scenario: str, language: Language) -> str:
    """Return the name of a scenario; the programme without scenarios has an empty name."""
    return scenario or Speaker(language).t("stress_as_it_is")


def headings(language: Language) -> list[str]:
    """Return the headings of `rows`."""
    say = Speaker(language)
    words = [say.t(f"column_{each}") for each in ("scenario", "figure", "plan")]
    return [*words, *map(say.percent, PERCENTILES)]


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
    say = Speaker(language)
    return [
        _drawn(stress, say),
        *(_of_scenario(each, say) for each in stress.scenarios),
        *(_differs(each, say) for each in stress.differences if each.figure in TOLD_PAIRS),
    ]


def _drawn(stress: Stress, say: Speaker) -> str:
    weeks = f"{stress.weeks[0]} … {stress.weeks[-1]}" if len(stress.weeks) > 1 else stress.weeks[0]
    drawn = say.t("stress_drawn", draws=stress.draws, seed=stress.seed, weeks=weeks)
    return f"{drawn} {say.t('stress_failed', count=len(stress.failed))}" if stress.failed else drawn


def _of_scenario(scenario: OfScenario, say: Speaker) -> str:
    served = {each.percent: each for each in scenario.spreads[0].percentiles}
    return say.t(
        "stress_of_scenario",
        name=name_of(scenario.name, say.language),
        whole=scenario.plan.whole,
        calm=scenario.plan.served,
        middle=served[50].value,
        sure=_sure(served[50], say),
        least=served[5].value,
        broken=scenario.spreads[3].at(50),
    )


def _sure(percentile: Percentile, say: Speaker) -> str:
    if percentile.low is None or percentile.high is None:
        return say.t("stress_unsure")
    return say.t("stress_sure", low=percentile.low, high=percentile.high)


def _differs(difference: PairedDifference, say: Speaker) -> str:
    """Return the difference in words: the side with more draws comes first, with its interval."""
    sides = [(difference.more, "stress_more"), (difference.less, "stress_less")]
    if difference.less.draws > difference.more.draws:
        sides.reverse()
    (most, first), (other, second) = sides
    return say.t(
        "stress_differs",
        later=name_of(difference.later, say.language),
        earlier=name_of(difference.earlier, say.language),
        figure=say.t(f"stress_counted_{difference.figure}"),
        first=say.t(first),
        share=_share(most, say),
        second=say.t(second),
        draws=other.draws,
        equal=difference.equal,
        middle=_signed(difference.spread.at(50)),
    )


def _signed(value: int) -> str:
    return f"{value:+d}".replace("-", MINUS) if value else "0"


def _share(share: Share, say: Speaker) -> str:
    low, high = (_permille(each, say) for each in (share.low_permille, share.high_permille))
    return say.t("stress_share", draws=share.draws, of=share.of, low=low, high=high)


def _permille(value: int, say: Speaker) -> str:
    """Return a share in percent, with a decimal only where there is one."""
    return say.number(value / 10, 1 if value % 10 else 0)
