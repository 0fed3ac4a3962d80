"""Explanations in sentences, German and English."""

from collections.abc import Iterable

from api.words.languages import language_name
from api.words.levels import LEVELS
from api.words.reasons import Language, Naming, sentence
from data.results.change import Change, ChangeKind
from data.results.explanation import (
    Amount,
    Clash,
    Continuity,
    HelperProposal,
    Hire,
    RelationChange,
    Remedy,
    Resolved,
    WhyNobody,
    WhyThisBuddy,
)

CHANGES: dict[ChangeKind, tuple[str, str]] = {
    ChangeKind.PLACES: (
        "{who}: {after} statt {before} Betriebe",
        "{who}: {after} companies instead of {before}",
    ),
    ChangeKind.CARE_MIN: (
        "{who}: {more} min mehr Betreuung in vier Wochen ({after} statt {before})",
        "{who}: {more} more minutes of care in four weeks ({after} instead of {before})",
    ),
    ChangeKind.WEEK_WORK_MIN: (
        "{who}: {more} min mehr Arbeitszeit in der Woche ({after} statt {before})",
        "{who}: {more} more contract minutes a week ({after} instead of {before})",
    ),
    ChangeKind.ONE_WAY_MIN: (
        "{who}: bis {after} statt {before} min einfache Fahrt",
        "{who}: up to {after} instead of {before} min one way",
    ),
    ChangeKind.POLICY_ONE_WAY_MIN: (
        "für alle bis {after} statt {before} min einfache Fahrt",
        "for everybody up to {after} instead of {before} min one way",
    ),
    ChangeKind.LANGUAGE: ("{who}: {after} statt {before}", "{who}: {after} instead of {before}"),
    ChangeKind.DISTRICT: ("{who}: auch für {after} zuständig", "{who}: in charge of {after} too"),
    ChangeKind.SECTOR: (
        "{who}: auch für Branche {after} zuständig",
        "{who}: in charge of sector {after} too",
    ),
    ChangeKind.PRIORITY: ("Priorität {after} statt {before}", "priority {after} instead of {before}"),
    ChangeKind.PIN: ("auf {who} festlegen", "pin it to {who}"),
    ChangeKind.BAN: ("{who} ausschließen", "ban {who}"),
    ChangeKind.UNBAN: ("Ausschluss von {who} aufheben", "lift the ban of {who}"),
    ChangeKind.CROSS_HOST: (
        "{who} erlaubt Zuordnungen mit anderen Trägern",
        "{who} allows pairs with other hosts",
    ),
}
NOT_SPOKEN = ("gar nicht", "none at all")
CASELOADS = {
    "companies": ("höchstens {n} Betriebe", "at most {n} companies"),
    "care_min": ("höchstens {n} min Betreuung in vier Wochen", "at most {n} min of care in four weeks"),
    "work_min": ("höchstens {n} min Arbeit in vier Wochen", "at most {n} min of work in four weeks"),
}


def change_words(change: Change, named: Naming, language: Language) -> str:
    """Return a change as a phrase without a full stop."""
    english = language == "en"
    before, after = change.before, change.after
    more = int(after) - int(before) if before.isdigit() and after.isdigit() else 0
    if change.kind is ChangeKind.LANGUAGE:
        before, after = _spoken(before, english) or NOT_SPOKEN[english], _spoken(after, english)
    elif change.kind is ChangeKind.DISTRICT:
        after = named(after)
    return CHANGES[change.kind][english].format(who=named(change.who), before=before, after=after, more=more)


def remedy_words(remedy: Remedy, named: Naming, language: Language) -> str:
    """Return a remedy as a sentence: the change, who is then served, who loses and who gains."""
    changes = ", ".join(change_words(change, named, language) for change in remedy.changes)
    if language == "de":
        said = f"{_capital(changes)}: Dann betreut {named(remedy.buddy)} den Betrieb"
    else:
        said = f"{_capital(changes)}: then {named(remedy.buddy)} looks after it"
    return _full_stop(said + _moved(remedy.resolved, named, language))


def gap_words(why: WhyNobody, named: Naming, language: Language) -> list[str]:
    """Return the reason and each remedy, one sentence each."""
    reason = sentence(why.reason, named, language)
    told = [remedy_words(remedy, named, language) for remedy in why.remedies]
    none = ("Keine einzelne Änderung hilft.", "No single change helps.")[language == "en"]
    return [reason, *(told or [none])]


def pair_words(why: WhyThisBuddy, named: Naming, language: Language) -> list[str]:
    """Return why a company has its buddy: the value of the pair, and the price of the runner-up."""
    english, buddy = language == "en", named(why.buddy)
    held = ("festgelegt", "pinned") if why.pinned else ("beibehalten", "kept")
    how = f" ({held[english]})" if why.pinned or why.kept else ""
    worth = price_words(why.worth, language)
    first = (
        f"{_full_stop(f'{buddy} looks after {named(why.company)}{how}')} The pair changes: {worth}."
        if english
        else f"{_full_stop(f'{buddy} betreut {named(why.company)}{how}')} Das Paar ändert: {worth}."
    )
    if why.runner_up is None:
        second = (
            ("Nobody else may, or can within all limits.")
            if english
            else "Niemand sonst darf es, oder könnte es in allen Grenzen."
        )
        return [first, second]
    other, price = named(why.runner_up.buddy), price_words(why.runner_up.resolved.price, language)
    moved = _moved(why.runner_up.resolved, named, language)
    second = (
        f"Next best of {why.tried} tried is {other}; forcing that would cost: {price}{moved}"
        if english
        else f"Zweitbeste von {why.tried} geprüften ist {other}; das zu erzwingen kostet: {price}{moved}"
    )
    return [first, _full_stop(second)]


def price_words(price: Iterable[Amount], language: Language) -> str:
    """Return the levels that change, each with its sign; a decrease is good."""
    english = language == "en"
    changed = [
        f"{LEVELS[amount.name][english]} {_signed(amount.value, english)}" for amount in price if amount.value
    ]
    return "; ".join(changed) or ("nothing" if english else "nichts")


def _signed(value: int, english: bool) -> str:
    told = f"{value:+,}".replace("-", "\u2212")
    return told if english else told.replace(",", ".")


def profile_words(hire: Hire, language: Language) -> str:
    """Return sector and languages of a buddy who would help, empty if any buddy would."""
    english = language == "en"
    sectors = [("sector " if english else "Branche ") + sector for sector in hire.sectors]
    return ", ".join(sectors + [language_name(code, english) for code in hire.languages])


def hire_words(hire: Hire, named: Naming, language: Language) -> str:
    """Return where one more buddy would help, and what was solved to find it."""
    english, profile = language == "en", profile_words(hire, language)
    where = named(hire.district) + (f" ({profile})" if profile else "")
    count, price = len(hire.resolved.gained), price_words(hire.resolved.price, language)
    if english:
        return f"{where}: {count} more {'company' if count == 1 else 'companies'} served. {price}."
    return f"{where}: {count} {'Betrieb' if count == 1 else 'Betriebe'} mehr versorgt. {price}."


def helper_words(proposal: HelperProposal, named: Naming, language: Language) -> str:
    """Return who could help a company, and in which languages."""
    english = language == "en"
    spoken = ", ".join(language_name(code, english) for code in proposal.languages)
    company, buddy, count = named(proposal.company), named(proposal.buddy), proposal.specialists
    if english:
        people = "specialist" if count == 1 else "specialists"
        return f"{company}: {buddy} speaks {spoken} with {count} {people}, {proposal.one_way_min} min away."
    people = "Fachkraft" if count == 1 else "Fachkräften"
    return f"{company}: {buddy} spricht {spoken} mit {count} {people}, {proposal.one_way_min} min entfernt."


def relation_words(change: RelationChange, named: Naming, language: Language) -> str:
    """Return a relation that ends, with its reason."""
    english = language == "en"
    after = named(change.after) if change.after else ("nobody" if english else "niemand")
    return (
        f"{named(change.company)}: {named(change.before)} → {after}. {sentence(change.why, named, language)}"
    )


def keeping_words(continuity: Continuity, language: Language) -> str:
    """Return the price of keeping every relation, empty if it is zero."""
    english = language == "en"
    if continuity.price is None:
        return (
            "Changing nobody is not possible within all limits."
            if english
            else "Niemanden zu wechseln ist in allen Grenzen nicht möglich."
        )
    if not continuity.price:
        return ""
    price = price_words(continuity.price, language)
    return (
        f"Changing nobody would cost: {price}."
        if english
        else f"Niemanden zu wechseln würde kosten: {price}."
    )


def clash_words(clash: Clash, named: Naming, language: Language) -> str:
    """Return the conditions that cannot all hold; without any single one, the others could."""
    english = language == "en"
    parts = [
        f"{named(pin.company)} pinned to {named(pin.buddy)}"
        if english
        else f"{named(pin.company)} auf {named(pin.buddy)} festgelegt"
        for pin in clash.pins
    ]
    parts += [
        f"{named(limit.buddy)} {CASELOADS[limit.what][english].format(n=limit.at_most)}"
        for limit in clash.limits
    ]
    if clash.max_changed_relations is not None:
        most = clash.max_changed_relations
        parts.append(
            f"at most {most} relations change" if english else f"höchstens {most} Zuständigkeiten wechseln"
        )
    told = "; ".join(parts)
    if english:
        return f"This cannot all hold, though without any one of it the rest can: {told}."
    return f"Das geht nicht alles zugleich, ohne jedes einzelne davon aber schon: {told}."


def _moved(resolved: Resolved, named: Naming, language: Language) -> str:
    english = language == "en"
    lost, gained = (", ".join(named(key) for key in keys) for keys in (resolved.displaced, resolved.gained))
    told = ""
    if lost:
        told += f"; left without a buddy: {lost}" if english else f"; ohne Buddy wäre dann: {lost}"
    if gained:
        told += f"; served as well: {gained}" if english else f"; auch versorgt wäre: {gained}"
    return told


def _full_stop(said: str) -> str:
    return said if said.endswith(".") else said + "."  # a company's name may end in one


def _spoken(figure: str, english: bool) -> str:
    if not figure:
        return ""
    code, level = figure.split(":")
    return f"{language_name(code, english)} {level}"


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
