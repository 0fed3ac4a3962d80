"""A small programme as the CSV files that an office would upload."""

from pathlib import Path

BUDDIES = """id,name,town,lat,lon,districts,languages,hours_per_week,max_companies
anna,Anna Ahorn,Magdeburg,52.1205,11.6276,15003 15090,de:C2 ar:C1,40,6
bert,Bert Birke,Bernburg (Saale),51.7947,11.7402,15002 15003,de:C2 uk:B2,40,6
"""
FIRMS = (
    ("baecker", "Bäckerei Kruste", "Magdeburg", 52.13, 11.62, "C10"),
    ("metall", "Metallbau Funke", "Magdeburg", 52.11, 11.64, "C25"),
    ("pflege", "Pflegedienst Abendrot", "Magdeburg", 52.14, 11.66, "Q88"),
    ("hotel", "Hotel zum Dom", "Halle (Saale)", 51.48, 11.97, "I55"),
    ("klinik", "Klinik am Saaleufer", "Halle (Saale)", 51.49, 11.95, "Q86"),
    ("dach", "Dachdeckerei Ziegel", "Halle (Saale)", 51.47, 12.0, "F43"),
    ("holz", "Tischlerei Astloch", "Stendal", 52.6, 11.86, "C31"),
    ("fern", "Salzwedeler Baumkuchen", "Salzwedel", 52.852, 11.155, "C10"),
)
"""The last one is in a district where nobody works."""
CARE = "company,mode,every_weeks,times,minutes\n" + "".join(f"{firm[0]},visit,1,1,60\n" for firm in FIRMS)


def write(folder: Path, priority: str = "3") -> list[Path]:
    """Write the files; a priority other than 1 to 5 is an error in rows 2 to 9."""
    rows = [
        f"{key},{name},{town},{lat},{lon},{sector},{priority}" for key, name, town, lat, lon, sector in FIRMS
    ]
    texts = {
        "buddies.csv": BUDDIES,
        "companies.csv": "id,name,town,lat,lon,sector,priority\n" + "\n".join(rows) + "\n",
        "care.csv": CARE,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
