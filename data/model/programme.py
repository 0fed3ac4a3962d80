"""The area of one coordination office, a German state and its districts; and the hosts in it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from data.base.entity import UNLESS_GIVEN, Entity


class District(Entity):
    """A Landkreis or kreisfreie Stadt by its 5-digit official key, with the keys of its neighbours."""

    ags: Annotated[str, Field(pattern=r"^\d{5}$")]
    neighbours: tuple[str, ...] = ()


class Programme(Entity):
    """The area of one coordination office: a German state (for its holidays) and its districts.

    `reference` is the content hash of the reference data that the programme brings (None: it brings none), so
    that a problem read with other data is another problem.
    """

    id: str
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    districts: tuple[District, ...] = ()
    reference: str | None = UNLESS_GIVEN


class Host(Entity):
    """An organisation that employs buddies; `cross_host` allows pairs with other hosts that also do so."""

    id: str
    kind: str = ""
    cross_host: bool = True
    grant_ref: str = ""
    grant_from: date | None = None
    grant_to: date | None = None
