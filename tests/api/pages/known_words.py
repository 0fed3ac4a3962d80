"""Words on the pages of the small service that no catalogue has."""

from babel.dates import get_day_names, get_month_names

from api.pages.desk.frame.choices import SPOKEN
from api.words.speaker import Speaker
from data.base.dates import minute_of
from data.model.calendar import public_holidays
from data.reference.words.values import names_of_sectors
from data.store.tables.utc import now
from tests.api.http.conftest import PROGRAMME, USERS, World
from tests.api.words.pseudo_language import PSEUDO, words

UNITS = {"km", "min"}
NAMES = {"buddyplan"}
LABEL_OF_LINK = "phone"


def known(world: World) -> set[str]:
    """Words written by people, demanded by licences, or of the CLDR."""
    run = world.run
    written = [PROGRAMME, LABEL_OF_LINK, *run.sources.attributions]
    written += [str(value) for person in run.identities.people for value in person.model_dump().values()]
    written += [f"{key} {user.login} {user.host}" for key, user in USERS.items()]
    written += [name[:1] * 2 for name in ("Anna", "Ben")]
    for company in run.problem.companies:
        written += [company.id, run.sources.gazetteer.district_name(company.district)]
    gazetteer = run.sources.gazetteer
    written += [gazetteer.district_name(each.ags) for each in gazetteer.districts()]
    this = minute_of(now())[0].year
    written += [name for year in (this, this + 1) for name in public_holidays("ST", year).values()]
    written += names_of_sectors("en").values()
    return words(" ".join(written)) | UNITS | NAMES | dates() | languages_named()


def dates() -> set[str]:
    """Names of days and months."""
    widths = ("wide", "abbreviated")
    names = [get(width, locale=PSEUDO) for width in widths for get in (get_day_names, get_month_names)]
    return {word for each in names for name in each.values() for word in words(name)}


def languages_named() -> set[str]:
    """Names of languages."""
    return words(" ".join(map(Speaker(PSEUDO).language_name, SPOKEN)))
