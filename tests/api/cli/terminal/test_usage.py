"""A command that cannot be read says why in the language that its words ask for, else in the locale's."""

import pytest

from tests.api.conftest import Run


@pytest.mark.parametrize(
    ("words", "german", "english"),
    [
        (
            ("plan", "x", "--weeks", "0"),
            "--weeks: erlaubt sind Zahlen von 1 bis 53; Hilfe: buddyplan plan --help",
            "--weeks: numbers from 1 to 53 are allowed; help: buddyplan plan --help",
        ),
        (("plan", "x", "--weeks", "two"), "erlaubt sind Zahlen von 1 bis 53", "numbers from 1 to 53 are"),
        (("plan", "x", "--foo"), "Die Option --foo gibt es nicht", "there is no option --foo"),
        (("plan",), "folder fehlt", "folder is missing"),
        (("report", "funding", "--host", "a", "--from", "2026"), "einen Tag wie", "a day such as 2026-11-23"),
        (("plan", "x", "--week", "2026-W54"), "„2026-W54“ ist keine", '"2026-W54" is no ISO week'),
        (("demo", "--state", "XX"), "„XX“ ist kein Bundesland", '"XX" is no German state'),
        (
            ("no-such-command",),
            "„no-such-command“ gehört nicht hierher; Hilfe:",
            "“no-such-command” does not belong",
        ),
        (("plan", "x", "y", "z"), "„y z“ gehört nicht hierher; Hilfe:", "“y z” does not belong here; help:"),
        (("plan", "x", "--refine", "q"), "Zahlen von 1 bis 1.000.000;", "numbers from 1 to 1,000,000 are"),
        (("solve", "week", "/no/such/file"), "/no/such/file: gibt es nicht", "/no/such/file: does not exist"),
    ],
)
def test_wrong_words_are_told(
    words: tuple[str, ...], german: str, english: str, buddyplan: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for option, told in (("--german", german), ("--english", english)):
        assert buddyplan(*words, option) == 2
        assert told in capsys.readouterr().err


def test_an_unknown_language_is_told_in_that_of_the_locale(
    buddyplan: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert buddyplan("plan", "x", "--language", "xx") == 2
    assert "Die Sprache „xx“ gibt es nicht" in capsys.readouterr().err


def test_no_words_at_all_show_the_help(buddyplan: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert buddyplan() == 2
    shown = capsys.readouterr()
    assert "Usage" in shown.out + shown.err
