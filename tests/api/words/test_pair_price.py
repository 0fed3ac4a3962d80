"""Prices of pairs in sentences: what happens to the company and to others, or why it is impossible."""

from api.words.pair_price import MOST_NAMED, pair_price_words
from data.base.status import ReasonCode
from data.model.policy import ObjectiveName
from data.model.relation import Pin
from data.results.change import ChangeKind
from data.results.explanation import Amount, CaseloadLimit, Clash, PairPrice, Resolved
from data.results.reason import Reason

NAMES = {"anna": "Anna Ahorn", "ben": "Ben Birke", "c": "Bäckerei Kruste"}
PRICE = (Amount(name=ObjectiveName.UNSERVED, value=2), Amount(name=ObjectiveName.TRAVEL_MIN, value=-1300))
PIN = PairPrice(
    kind=ChangeKind.PIN,
    company="c",
    buddy="anna",
    after="anna",
    resolved=Resolved(price=PRICE, displaced=("d",), gained=("e",), proved=True),
    moved=("f", "g"),
)


def both(price: PairPrice) -> tuple[list[str], list[str]]:
    def named(key: str) -> str:
        return NAMES.get(key, key)

    return pair_price_words(price, named, "de"), pair_price_words(price, named, "en")


def test_a_price_is_told_with_who_loses_gains_and_changes() -> None:
    german, english = both(PIN)
    assert german[0].startswith("Preis: ") and "+2" in german[0] and "−1.300" in german[0]
    assert german[1:] == [
        "Verliert den Buddy: d.",
        "Bekommt einen Buddy: e.",
        "Wechselt den Buddy: f, g.",
    ]
    assert english[1:] == ["Loses the buddy: d.", "Gets a buddy: e.", "Changes the buddy: f, g."]


def test_an_exception_and_a_missing_proof_are_said() -> None:
    assert PIN.resolved
    reason = Reason(code=ReasonCode.TOO_FAR, one_way_min=80, max_one_way_min=60)
    german, english = both(PIN.replace(exception=reason, resolved=PIN.resolved.replace(proved=False)))
    assert german[0] == "Das wäre eine Ausnahme: 80 min einfache Fahrt, erlaubt sind 60."
    assert english[-1] == "Not solved to the proof: the true price may be smaller or larger."


def test_of_many_the_first_are_named() -> None:
    german, _ = both(PIN.replace(moved=tuple(f"m{n}" for n in range(MOST_NAMED + 3))))
    assert german[-1].endswith("m7 und 3 weitere.")


def test_a_ban_tells_who_has_the_company_then() -> None:
    ban = PIN.replace(kind=ChangeKind.BAN, after="ben")
    assert both(ban)[0][0] == "Den Betrieb bekäme: Ben Birke."
    assert both(ban.replace(after=None))[1][0] == "Nobody would have the company."
    assert both(ban.replace(after=""))[0][0] == "Den Betrieb bekäme: ein Buddy eines anderen Trägers."


def test_what_cannot_be_says_why() -> None:
    nothing = PIN.replace(after=None, resolved=None, moved=())
    refused = nothing.replace(refused=Reason(code=ReasonCode.BAN))
    assert both(refused)[0] == ["Das lässt sich nicht festlegen: Das Paar ist ausgeschlossen."]
    limit = CaseloadLimit(buddy="anna", what="companies", at_most=1)
    clash = Clash(pins=(Pin(buddy="anna", company="c"),), limits=(limit,))
    assert "Bäckerei Kruste auf Anna Ahorn festgelegt" in both(nothing.replace(clash=clash))[0][0]
    assert both(nothing)[1] == ["No matching holds this within all limits."]
