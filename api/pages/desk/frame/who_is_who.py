"""The names in a programme, with everybody's colour and initials: read once per page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from api.export.map.colours import colour_of
from api.pages.desk.frame.client import entity_of
from api.pages.desk.frame.page import Desk
from api.words.language import Language
from api.words.reasons import reason_words
from data.results.reason import Reason

SIGN_LETTERS = 2


@dataclass(frozen=True)
class People:
    """Buddies, companies and places of appointments by id, as the API shows them to this user.

    `district_name` returns the name of a district by its key.
    """

    buddies: dict[str, dict[str, Any]]
    companies: dict[str, dict[str, Any]]
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    district_name: Callable[[str], str] = str

    def name(self, key: str) -> str:
        """Return the name of an id; an unknown id is its own name."""
        known = self.buddies.get(key) or self.companies.get(key) or self.places.get(key)
        if known and known["name"]:
            return str(known["name"])
        return self.district_name(key)

    def colour(self, buddy: str) -> str:
        """Return a buddy's colour, the same on every page."""
        return colour_of(list(self.buddies).index(buddy)) if buddy in self.buddies else "#808080"

    def sign(self, buddy: str) -> str:
        """Return a buddy's initials to show beside the colour, for users who cannot distinguish colours."""
        words = self.name(buddy).split()
        return "".join(word[0] for word in words[:SIGN_LETTERS]).upper() if words else buddy

    def reason(self, reason: dict[str, Any], language: Language) -> str:
        """Return a reason of the API as a sentence."""
        return reason_words(entity_of(Reason, reason), self.name, language)

    def by_name(self) -> list[tuple[str, str]]:
        """Return the buddies and their names, sorted by name."""
        return sorted(((key, self.name(key)) for key in self.buddies), key=lambda pair: (pair[1], pair[0]))


async def people_of(desk: Desk) -> People:
    """Read all buddies, companies and places that the user sees."""
    lists = [await desk.api.every(path) for path in ("/buddies", "/companies", "/places")]
    buddies, companies, places = ({each["id"]: each for each in found} for found in lists)
    return People(buddies, companies, places, desk.sources.gazetteer.district_name)
