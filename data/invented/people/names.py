"""Fictitious names of firms, hosts, people and streets, and telephone numbers."""

from collections.abc import Iterator
from random import Random

COLOURS = """Azur Bernstein Flieder
Indigo Karmin Kobalt Korallen Kupfer Lavendel Limetten Magenta Mandarinen
Minz Mohn Ocker Oliven Petrol Pflaumen Purpur Safran Samt Sepia Smaragd Türkis Umbra Vanille Zimt Zinnober"""
ANIMALS = """biber dachs dompfaff drossel eule fasan forelle fuchs gämse grille hamster hase hecht igel iltis
kauz kiebitz kranich lerche libelle luchs marder meise otter pirol reiher salamander schwalbe specht uhu unke
wiesel wisent zeisig"""
FIRST_NAMES = """Ada Alma Anouk Beate Bogdan Carla Cem Dana Daria Edda Elias Emil Fatima Finn Frieda Greta
Hanna Henrik Ida Ilja Ines Jakob Jana Jonas Karim Katja Lea Leyla Linus Lotte Mara Mats Mila Nadja Nils Nora
Olga Oskar Paula Pavel Rania Rosa Samir Selma Sinan Tarek Tilda Vera Wanda Yara"""
SURNAMES = """Ahornblatt Apfelkern Birkenlicht Blaustern Brombeer Distelfeld Drachenstieg Efeuwand Farnhain
Federgras Ginsterberg Glockenbach Haferkamp-Blau Haselgrund Himmelreiter Holderbusch Immergrün Irislauf
Kieselbach Kirschgrün Kleewiese Kornrade Lindenhall Löwenzahn Malvenrot Mistelzweig Mohnfeld Moosgrün
Nachtkerz Nebelhorn Nelkenduft Quellenstein Quittenbaum Regenpfeif Ringelblum Sanddornweg Schilfrohr
Schlehengrund Silberdist Sommerwind Sonnentau Sternmoos Tannenhell Tausendschön Veilchental Wacholder
Waldmeist Weidenkorb Wiesenschaum Wolkenstein Zaunwinde Zimtapfel"""
STREETS = """Beispielweg Musterstraße Probeallee Erdachte-Gasse Platzhalterring Vorlagenstraße Attrappenweg
Fantasiestraße Modellplatz Skizzenufer"""
LEGAL_FORMS = ("GmbH", "GmbH", "GmbH & Co. KG", "KG", "OHG", "e. K.")


def firm_names(rng: Random, trades: list[str]) -> Iterator[str]:
    """Yield one invented firm name for each trade, such as `Kobaltbiber Metallbau GmbH`; no duplicates."""
    animals = [colour + animal for colour in COLOURS.split() for animal in ANIMALS.split()]
    rng.shuffle(animals)
    used: set[str] = set()
    for i, trade in enumerate(trades):
        first = f"{animals[i % len(animals)]} {trade}"
        number = 1
        while (name := first if number == 1 else f"{first} {number}") in used:
            number += 1
        used.add(name)
        yield f"{name} {rng.choice(LEGAL_FORMS)}"


def people(rng: Random, count: int) -> list[str]:
    """Return invented people, without duplicates as long as the lists allow it (about 2,600)."""
    names = [f"{first} {last}" for first in FIRST_NAMES.split() for last in SURNAMES.split()]
    rng.shuffle(names)
    return [names[i % len(names)] for i in range(count)]


def street(rng: Random) -> str:
    """Return an invented street and number."""
    return f"{rng.choice(STREETS.split())} {rng.randint(1, 98)}"


def telephone(rng: Random) -> str:
    """Return a number that the Bundesnetzagentur reserves for films: 030 23125 000 to 999."""
    return f"030 23125 {rng.randint(0, 999):03d}"
