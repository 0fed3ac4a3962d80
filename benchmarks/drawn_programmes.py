"""Small programmes to study what planners can work out: few companies in each cell, and scarce buddies."""

from random import Random

from data.model.problem import Buddy, Care, Company, Horizon, Point, Problem, Spoken
from data.model.problem import SpecialistGroup as Group
from data.model.programme import District, Host, Programme
from data.model.relation import Relation
from data.model.vocabulary import LanguageLevel

MIDDLES = {
    "15002": (51.482, 11.979),
    "15003": (52.131, 11.632),
    "15090": (52.607, 11.859),
    "15082": (51.75, 12.1),
}
SECTORS = ("C10", "F43", "Q87", "G45")
HOSTS = ("craft", "trade")
LANGUAGES = ("ar", "uk", "vi")
OPEN = (((480, 1020),),) * 5 + ((),) * 2


def drawn_programme(seed: int) -> Problem:
    """Return a programme of 18 to 50 companies in four districts, and five buddies who cannot serve all."""
    rng = Random(f"differencing {seed}")
    districts, sizes = tuple(MIDDLES), [rng.randint(1, 12) for _ in MIDDLES]
    sizes[rng.randrange(4)] += max(0, 18 - sum(sizes))
    companies, care, groups = [], [], []
    for district, size in zip(districts, sizes, strict=True):
        for n in range(size):
            key = f"c{district[-2:]}{n:02}"
            companies.append(
                Company(
                    id=key, point=_near(rng, district), opening=OPEN, district=district,
                    sector=rng.choice(SECTORS), host=rng.choice(HOSTS), priority=rng.randint(1, 5),
                )
            )  # fmt: skip
            care.append(
                Care(company=key, every_weeks=rng.choice((1, 2, 4)), minutes=rng.choice((45, 60, 75, 90)))
            )
            if rng.random() < 0.8:
                groups.append(Group(company=key, languages=(rng.choice(LANGUAGES),), count=rng.randint(1, 6)))
    served = rng.uniform(0.6, 0.9) * len(companies) / 5
    buddies = tuple(
        Buddy(
            id=f"b{n}", base=_near(rng, rng.choice(districts)), shifts=OPEN, districts=districts,
            host=rng.choice(HOSTS), max_companies=max(2, round(served)),
            max_one_way_min=rng.choice((45, 70, 95)), languages=_two_languages(rng),
        )
        for n in range(5)
    )  # fmt: skip
    return Problem(
        programme=Programme(
            id="drawn", state="ST", districts=tuple(District(ags=each) for each in districts)
        ),
        horizon=Horizon(first_week="2026-W49", weeks=4),
        hosts=tuple(Host(id=each) for each in HOSTS),
        buddies=buddies,
        companies=tuple(companies),
        care=tuple(care),
        specialists=tuple(groups),
        relations=tuple(Relation(company=c.id, buddy=rng.choice(buddies).id) for c in companies[::4]),
    )


def _near(rng: Random, district: str) -> Point:
    lat, lon = MIDDLES[district]
    return Point(lat=round(lat + rng.uniform(-0.15, 0.15), 4), lon=round(lon + rng.uniform(-0.15, 0.15), 4))


def _two_languages(rng: Random) -> tuple[Spoken, ...]:
    return tuple(Spoken(language=code, level=LanguageLevel.C1) for code in rng.sample(LANGUAGES, 2))
