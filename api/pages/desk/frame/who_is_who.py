"""The names in a programme, with everybody's colour and initials: read once per page."""

from collections.abc import Callable
from dataclasses import dataclass, field

from api.export.map.colours import colour_of
from api.http.programme.buddies import BuddyAnswer
from api.http.programme.companies import CompanyAnswer
from api.http.programme.places import PlaceAnswer
from api.pages.desk.frame.page import Desk
from api.words.language import Language
from api.words.reasons import reason_words
from data.results.reason import Reason, VisitReason

SIGN_LETTERS = 2


@dataclass(frozen=True)
class People:
    """Buddies, companies and places of appointments by id, as the API shows them to this user.

    `district_name` returns the name of a district by its key.
    """

    buddies: dict[str, BuddyAnswer]
    companies: dict[str, CompanyAnswer]
    places: dict[str, PlaceAnswer] = field(default_factory=dict)
    district_name: Callable[[str], str] = str

    def name(self, key: str) -> str:
        """Return the name of an id; an unknown id is its own name."""
        known = self.buddies.get(key) or self.companies.get(key) or self.places.get(key)
        if known and known.name:
            return known.name
        return self.district_name(key)

    def colour(self, buddy: str) -> str:
        """Return a buddy's colour, the same on every page."""
        return colour_of(list(self.buddies).index(buddy)) if buddy in self.buddies else "#808080"

    def sign(self, buddy: str) -> str:
        """Return a buddy's initials to show beside the colour, for users who cannot distinguish colours."""
        words = self.name(buddy).split()
        return "".join(word[0] for word in words[:SIGN_LETTERS]).upper() if words else buddy

    def reason(self, reason: Reason | VisitReason, language: Language) -> str:
        """Return a reason as a sentence."""
        return reason_words(reason, self.name, language)

    def by_name(self) -> list[tuple[str, str]]:
        """Return the buddies and their names, sorted by name."""
        return sorted(((key, self.name(key)) for key in self.buddies), key=lambda pair: (pair[1], pair[0]))


async def people_of(desk: Desk) -> People:
    """Read all buddies, companies and places that the user sees."""
    return People(
        buddies={each.id: each for each in await desk.api.every(BuddyAnswer, "/buddies")},
        companies={each.id: each for each in await desk.api.every(CompanyAnswer, "/companies")},
        places={each.id: each for each in await desk.api.every(PlaceAnswer, "/places")},
        district_name=desk.sources.gazetteer.district_name,
    )
