"""The printed names of ids: people, companies, hosts, places, districts and visits."""

from functools import cached_property

from api.run.not_planned import NotPlanned
from api.run.run import Run
from data.model.identity import Identity


class Names:
    """The names of one run, joined from its identities and its gazetteer; an unknown id is its own name."""

    def __init__(self, run: Run) -> None:
        self._run, self._gazetteer = run, run.sources.gazetteer

    def name(self, key: str) -> str:
        """Return the name of an id; a visit is called by its company or place."""
        key = self._place_of_visit.get(key, key)
        known = self._run.identities.name(key)
        return self._gazetteer.district_name(key) if known == key else known

    def of_not_planned(self, left: NotPlanned) -> str:
        """Return what a visit that is not planned is called: by its company, or by place and kind."""
        return f"{self.name(left.place)} ({left.kind})" if left.kind else self.name(left.place)

    def district(self, company: str) -> str:
        """Return the name of a company's district."""
        return self._gazetteer.district_name(self._run.problem.company[company].district)

    def town(self, key: str) -> str:
        """Return the town of a person, company or place, empty if unknown."""
        return self._run.identities.of(key).town

    def address(self, key: str) -> str:
        """Return street, postcode and town in one line, as far as they are known."""
        return address_of(self._run.identities.of(key))

    def contact(self, key: str) -> list[str]:
        """Return contact name, phone and e-mail, as far as they are known."""
        known = self._run.identities.of(key)
        return [part for part in (known.contact_name, known.contact_phone, known.contact_email) if part]

    @cached_property
    def _place_of_visit(self) -> dict[str, str]:
        plans = [plan for weeks in self._run.weeks for plan in weeks.weeks]
        made = {stop.id: stop.place for plan in plans for day in plan.days if day for stop in day.stops}
        return made | {visit.id: visit.at for plan in plans for visit in plan.unplanned}


def address_of(identity: Identity) -> str:
    """Return street, postcode and town in one line, as far as they are known."""
    town = " ".join(part for part in (identity.postcode, identity.town) if part)
    return ", ".join(part for part in (identity.street, town) if part)
