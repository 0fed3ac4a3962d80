"""Bodies of requests: text is composed, wherever it stands."""

from api.http.frame.schemas import Schema


class Note(Schema):
    """A body with text in a field, in a list and in a mapping."""

    company: str
    buddies: list[str]
    changes: dict[str, str]


def test_text_in_a_body_is_the_same_however_it_was_typed() -> None:
    typed = Note.model_validate(
        {"company": "mu\u0308hle", "buddies": ["jo\u0308rg"], "changes": {"a\u0308": "o\u0308"}}
    )
    assert typed == Note(company="mühle", buddies=["jörg"], changes={"ä": "ö"})
