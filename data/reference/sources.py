"""The sources of a programme: its gazetteer and its source of travel times."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from data.base.message import message
from data.geo.gazetteer import Gazetteer
from data.reference.reference import Reference, WrongReference
from data.travel.provider import TravelTimes


@dataclass(frozen=True)
class Sources:
    """Where a programme's places and ways come from; `reference` is what they were made of.

    Passed to another process, it takes along the reference data alone.
    """

    reference: Reference
    travel: TravelTimes

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The programme's districts and places; raises `WrongReference` if the files cannot be read."""
        try:
            return Gazetteer.from_texts(self.reference.files)
        except (ValueError, KeyError, TypeError) as error:
            raise WrongReference(message("reference_broken", error=repr(error))) from error

    @property
    def attributions(self) -> tuple[str, ...]:
        """What is to be shown beside all that was made with these data, each once."""
        return tuple(dict.fromkeys((*self.reference.attributions, self.travel.attribution)))

    def __getstate__(self) -> Mapping[str, Any]:
        """Leave out the gazetteer, which is made again where it is needed."""
        return {"reference": self.reference, "travel": self.travel}
