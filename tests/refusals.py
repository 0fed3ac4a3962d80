"""Expects an error of ours, by what it says in English; other languages are the catalogues' own tests."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from api.words.sentence import sentence
from data.base.errors import BuddyplanError


@contextmanager
def refused(kind: type[BuddyplanError], says: str) -> Iterator[pytest.ExceptionInfo[BuddyplanError]]:
    """Expect an error whose sentence matches a regular expression, with every field filled in."""
    with pytest.raises(kind) as caught:
        yield caught
    said = sentence(caught.value.said, "en")
    assert re.search(says, said), said


def english(error: BuddyplanError) -> str:
    """Return what an error says in English."""
    return sentence(error.said, "en")
