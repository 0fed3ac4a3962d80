"""The language of an answer: the one asked for, else that of the browser, else German."""

from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.requests import HTTPConnection

from api.words.catalogue import DEFAULT, languages
from api.words.language import Language

COOKIE = "buddyplan_language"
KEPT_S = 365 * 24 * 3600


def language_of(asking: HTTPConnection) -> Language:
    """Return the language of the cookie, else the first known one of `Accept-Language`, else German."""
    preferred = [asking.cookies.get(COOKIE, "")]
    ranked = [_ranked(part) for part in asking.headers.get("accept-language", "").split(",")]
    preferred += [code for _, code in sorted(ranked, key=lambda each: -each[0])]
    return next((code for code in preferred if code in languages()), DEFAULT)


def _ranked(part: str) -> tuple[float, str]:
    """Return the weight and the language of `en-GB;q=0.8`; what cannot be parsed has weight 0."""
    code, _, weight = part.strip().partition(";q=")
    try:
        return float(weight or 1), code[:2].lower()
    except ValueError:
        return 0.0, ""


async def _language(
    request: Request,
    language: Annotated[
        Language | None, Query(description="Without it the browser's, of its header `Accept-Language`.")
    ] = None,
) -> Language:
    return language or language_of(request)


InLanguage = Annotated[Language, Depends(_language)]
"""The language of a file with texts."""
