"""Numbers as each language writes them."""

from api.words.reasons import Language

SWAPPED = str.maketrans(",.", ".,")


def written_number(value: float, language: Language, decimals: int = 0) -> str:
    """Return `1.234,5` in German, `1,234.5` in English; the minus sign is a hyphen."""
    text = f"{value:,.{decimals}f}"
    return text.translate(SWAPPED) if language == "de" else text
