"""What forms let people choose by name: languages, and sectors of WZ 2008."""

from api.words.catalogue import has_text
from api.words.speaker import Speaker
from data.reference.words.values import names_of_sectors

Options = list[tuple[str, str]]
SPOKEN = (
    "am", "ar", "az", "be", "bg", "bn", "bs", "cs", "de", "el", "en", "es", "fa", "fr", "hi", "hr",
    "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ku", "lt", "lv", "mk", "ml", "mn", "ne", "pa",
    "pl", "ps", "pt", "ro", "ru", "sk", "sl", "so", "sq", "sr", "sw", "ta", "th", "ti", "tl", "tr",
    "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
"""The languages to choose from."""
DIVISION = 3
"""So long are the codes of divisions (`C10`); longer ones have no name of their own."""


def sector_options(say: Speaker) -> Options:
    """Return sections and divisions with their codes and names, each section before its divisions."""
    return [(code, sector_words(code, say)) for code in sorted(names_of_sectors(say.language))]


def sector_words(code: str, say: Speaker) -> str:
    """Return a code with its name, a longer code with that of its division: `C10 Nahrungsmittel`."""
    if len(code) == 1 and has_text(f"sector_{code}"):
        return f"{code} {say.t(f'sector_{code}')}"
    name = names_of_sectors(say.language).get(code[:DIVISION], "")
    return f"{code} {name}" if name else code
