"""Covers: who stands in for the main buddy of a company, on which days."""

from datetime import date

from data.model.covers import Covers
from data.model.problem import Problem
from data.model.relation import Ban, Relation
from data.model.vocabulary import RelationRole
from tests.builders import buddy, company, problem

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))


def cover(who: str, since: date | None = None, until: date | None = None) -> Relation:
    return Relation(company="c1", buddy=who, role=RelationRole.COVER, since=since, until=until)


def programme(*relations: Relation, **fields: tuple[Ban, ...]) -> Problem:
    staff = tuple(buddy(key) for key in ("anna", "bert", "carl"))
    return problem(staff, (company("c1"), company("c2")), relations=relations, **fields)


def visitors(of: Problem) -> list[str]:
    covers = Covers(of)
    return [covers.visitor("c1", "anna", day) for day in (MONDAY, TUESDAY, WEDNESDAY)]


def test_a_cover_stands_in_from_its_first_to_its_last_day() -> None:
    assert visitors(programme(cover("bert", TUESDAY, TUESDAY))) == ["anna", "bert", "anna"]


def test_without_a_day_it_has_begun_or_does_not_end() -> None:
    assert visitors(programme(cover("bert", until=TUESDAY))) == ["bert", "bert", "anna"]
    assert visitors(programme(cover("bert", since=TUESDAY))) == ["anna", "bert", "bert"]


def test_of_several_that_begun_last_stands_in() -> None:
    both = programme(cover("bert", MONDAY, WEDNESDAY), cover("carl", TUESDAY, TUESDAY))
    assert visitors(both) == ["bert", "carl", "bert"]


def test_other_roles_and_companies_and_banned_covers_change_nothing() -> None:
    helper = Relation(company="c1", buddy="bert", role=RelationRole.LANGUAGE)
    elsewhere = cover("bert").replace(company="c2")
    assert visitors(programme(helper, elsewhere)) == ["anna"] * 3
    banned = programme(cover("bert"), bans=(Ban(buddy="bert", company="c1"),))
    assert visitors(banned) == ["anna"] * 3
    assert Covers(banned).companies("bert") == frozenset()
