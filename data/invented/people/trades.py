"""Trades within the sections of WZ 2008: divisions with names, tags and usual opening hours."""

from data.invented.draws import Weighted

Trade = tuple[str, str, str, str]
"""Sector code, name, tags, and kind of opening hours."""

# Trades of each section with weights. Our assumption.
TRADES: dict[str, Weighted[Trade]] = {
    "A": [
        (("A01", "Agrarhof", "", "early"), 6),
        (("A01", "Gemüsebau", "", "early"), 3),
        (("A02", "Forstbetrieb", "", "early"), 1),
    ],
    "B": [(("B08", "Kieswerk", "", "early"), 1)],
    "C": [
        (("C10", "Bäckerei", "craft food", "early"), 4),
        (("C10", "Fleischwaren", "food", "early"), 4),
        (("C16", "Holzbau", "craft", "office"), 2),
        (("C20", "Chemietechnik", "", "office"), 3),
        (("C22", "Kunststofftechnik", "", "early"), 3),
        (("C25", "Metallbau", "craft", "early"), 5),
        (("C28", "Maschinenbau", "", "office"), 4),
        (("C29", "Fahrzeugteile", "", "early"), 2),
        (("C31", "Möbelwerkstatt", "craft", "office"), 1),
        (("C", "Fertigung", "", "office"), 2),
    ],
    "D": [(("D35", "Energietechnik", "", "office"), 1)],
    "E": [(("E38", "Recycling", "", "early"), 1)],
    "F": [
        (("F41", "Hochbau", "craft", "early"), 3),
        (("F42", "Tiefbau", "craft", "early"), 3),
        (("F43", "Elektrotechnik", "craft", "early"), 4),
        (("F43", "Haustechnik", "craft", "early"), 4),
        (("F43", "Dachdeckerei", "craft", "early"), 2),
    ],
    "G": [
        (("G45", "Autohaus", "craft", "office"), 3),
        (("G46", "Großhandel", "", "office"), 4),
        (("G47", "Markt", "", "office"), 3),
    ],
    "H": [
        (("H49", "Spedition", "logistics", "office"), 5),
        (("H52", "Lagerlogistik", "logistics", "office"), 4),
        (("H53", "Zustelldienst", "logistics", "early"), 1),
    ],
    "I": [
        (("I55", "Hotel", "", "hospitality"), 4),
        (("I56", "Gasthaus", "", "hospitality"), 5),
        (("I56", "Catering", "food", "early"), 2),
    ],
    "J": [(("J62", "Softwarehaus", "", "office"), 3), (("J61", "Netztechnik", "", "office"), 1)],
    "K": [(("K66", "Versicherungsbüro", "", "office"), 1)],
    "L": [(("L68", "Hausverwaltung", "", "office"), 1)],
    "M": [(("M71", "Ingenieurbüro", "", "office"), 3), (("M72", "Prüflabor", "", "office"), 1)],
    "N": [
        (("N78", "Personaldienst", "", "office"), 5),
        (("N81", "Gebäudereinigung", "craft", "early"), 4),
        (("N81", "Gartenpflege", "craft", "early"), 2),
        (("N82", "Servicebüro", "", "office"), 1),
    ],
    "P": [(("P85", "Lernwerk", "", "office"), 1)],
    "Q": [
        (("Q86", "Praxisverbund", "care", "care"), 3),
        (("Q87", "Pflegehaus", "care", "care"), 5),
        (("Q88", "Pflegedienst", "care", "care"), 4),
    ],
    "R": [(("R93", "Freizeitpark", "", "hospitality"), 1)],
    "S": [(("S96", "Wäscherei", "", "early"), 2), (("S95", "Reparaturwerkstatt", "craft", "office"), 1)],
}

_WEEKDAYS = "08:00-16:00"
# Monday to Sunday, one text a day as in the tables; seven empty ones mean the tables' default.
OPENING: dict[str, Weighted[tuple[str, ...]]] = {
    "office": [
        (("",) * 7, 35),
        ((_WEEKDAYS,) * 5 + ("-", "-"), 20),
        (("08:00-12:00 13:00-16:00",) * 5 + ("-", "-"), 20),
        (("08:00-16:30",) * 4 + ("08:00-13:00", "-", "-"), 20),
        (("09:00-17:00", "09:00-17:00", "-", "09:00-17:00", "09:00-15:00", "-", "-"), 5),
    ],
    "early": [
        (("06:30-15:00",) * 5 + ("-", "-"), 40),
        (("07:00-15:30",) * 4 + ("07:00-12:00", "-", "-"), 35),
        (("06:00-09:30 13:00-16:30",) * 5 + ("-", "-"), 10),
        (("",) * 7, 15),
    ],
    "care": [
        (("09:00-15:00",) * 5 + ("-", "-"), 50),
        (("08:30-11:30 13:30-15:30",) * 5 + ("-", "-"), 30),
        (("",) * 7, 20),
    ],
    "hospitality": [
        (("-", "14:00-17:30", "14:00-17:30", "14:00-17:30", "14:00-17:30", "11:00-18:00", "11:00-18:00"), 50),
        (("10:00-11:30 14:00-17:00",) * 5 + ("-", "-"), 35),
        (("-", "-", "12:00-18:00", "12:00-18:00", "12:00-18:00", "12:00-20:00", "12:00-20:00"), 15),
    ],
}
