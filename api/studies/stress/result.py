"""What a stress came to: all scenarios under the same draws."""

from collections.abc import Mapping

from api.studies.stress.draw_outcome import DrawOutcome
from api.studies.stress.figures import PairedDifference, Spread
from api.studies.stress.rates import Rates
from data.base.entity import Entity
from data.base.message import Message, message
from data.base.stored_message import KeptMessage

AS_IT_IS = "as it is"
"""What the programme without any scenario is called in messages; its own name is empty."""


class OfScenario(Entity):
    """One scenario: its plan without events, and its results in the draws."""

    name: str
    problem_hash: str
    plan: DrawOutcome
    draws: tuple[DrawOutcome, ...]
    spreads: tuple[Spread, ...]


class Stress(Entity):
    """All scenarios under the same draws; `failed` names draws that could not be planned, with the reason."""

    seed: int
    draws: int
    weeks: tuple[str, ...]
    rates: Rates
    scenarios: tuple[OfScenario, ...]
    differences: tuple[PairedDifference, ...]
    failed: dict[str, KeptMessage]

    def called(self, names: Mapping[str, str]) -> "Stress":
        """Return the same study with other names for some scenarios."""
        return self.replace(
            scenarios=tuple(each.replace(name=names.get(each.name, each.name)) for each in self.scenarios),
            differences=tuple(
                each.replace(
                    earlier=names.get(each.earlier, each.earlier), later=names.get(each.later, each.later)
                )
                for each in self.differences
            ),
        )

    @property
    def faults(self) -> list[Message]:
        """The rule violations that the judge found in any draw."""
        as_it_is = message("stress_as_it_is")
        return [
            message("judged_in_draw", scenario=each.name or as_it_is, draw=draw.draw, fault=fault.said)
            for each in self.scenarios
            for draw in each.draws
            for fault in draw.faults
        ]
