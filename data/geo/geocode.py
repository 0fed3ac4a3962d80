"""Look up places that the offline gazetteer does not know in Nominatim: opt-in, rate-limited and cached.

The service's usage policy (https://operations.osmfoundation.org/policies/nominatim/) requires at most one
request a second, a user agent that names the program and a contact, and caching of answers. Show "©
OpenStreetMap contributors" with the results.
"""

import json
from pathlib import Path

from geopy.exc import GeocoderServiceError, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.problem import Point

SERVER = "nominatim.openstreetmap.org"
SECONDS_BETWEEN = 1.0
TIMEOUT_SECONDS = 10


class GeocodingError(BuddyplanError):
    """The service could not be queried: no network, a refusal, or no contact was given."""


class Geocoder:
    """Finds places by postcode and town; results, including misses, are cached in a JSON file.

    `contact` is an address at which the service can reach the operator. You can name a server of your own,
    with a shorter pause between requests. Raises GeocodingError if the contact is empty.
    """

    def __init__(
        self,
        cache: Path,
        contact: str,
        server: str = SERVER,
        scheme: str = "https",
        seconds_between: float = SECONDS_BETWEEN,
    ) -> None:
        if not contact.strip():
            raise GeocodingError(message("nominatim_contact"))
        self._cache, self._server = cache, server
        self._known: dict[str, list[float] | None] = {}
        if cache.exists():
            self._known = json.loads(cache.read_text(encoding="utf-8"))
        service = Nominatim(
            user_agent=f"buddyplan ({contact.strip()})", domain=server, scheme=scheme, timeout=TIMEOUT_SECONDS
        )
        self._ask = RateLimiter(
            service.geocode, min_delay_seconds=seconds_between, max_retries=0, swallow_exceptions=False
        )

    def __call__(self, postcode: str, town: str) -> Point | None:
        """Return the location of a place in Germany, None if the service does not know it.

        Raises GeocodingError, naming the server and the place, if there is no answer.
        """
        query = {"postalcode": postcode.strip(), "city": town.strip(), "country": "Deutschland"}
        key = f"{query['postalcode']} {query['city']}".strip()
        if not key:
            return None
        if key not in self._known:
            self._keep(key, self._answer(key, query))
        found = self._known[key]
        return Point(lat=found[0], lon=found[1]) if found else None

    def _answer(self, key: str, query: dict[str, str]) -> list[float] | None:
        try:
            found = self._ask({name: text for name, text in query.items() if text}, country_codes="de")
        except GeocoderServiceError as error:
            raise GeocodingError(
                message("nominatim_silent", server=self._server, key=key, error=error)
            ) from error
        except GeopyError as error:
            raise GeocodingError(
                message("nominatim_unusable", server=self._server, key=key, error=error)
            ) from error
        return [round(found.latitude, 5), round(found.longitude, 5)] if found else None

    def _keep(self, key: str, found: list[float] | None) -> None:
        """Cache an answer; the file is replaced atomically, so that a crash leaves the previous one."""
        self._known[key] = found
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        whole = self._cache.with_suffix(".new")
        whole.write_text(json.dumps(self._known, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        whole.replace(self._cache)
