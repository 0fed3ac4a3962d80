"""The language of an answer, as requests name it."""

from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from api.words.catalogue import languages


def known_language(code: str) -> str:
    """Return a language that has a catalogue; raises ValueError for any other."""
    if code not in languages():
        raise ValueError(f"the languages are {', '.join(languages())}")
    return code


Language = Annotated[
    str, AfterValidator(known_language), WithJsonSchema({"type": "string", "enum": [*languages()]})
]
"""The code of a language (ISO 639-1) that has a catalogue."""
