"""Explanations in sentences."""

from api.words.changes import change_words
from api.words.levels import price_words
from api.words.reasons import Naming, reason_words
from api.words.sentence import sentence
from api.words.speaker import Speaker
from data.base.message import Message, message
from data.model.policy import ObjectiveName
from data.results.explanation import (
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


def remedy_words(remedy: Remedy, named: Naming, language: str) -> str:
    """Return a remedy in words: the change, who is then served, who loses and who gains.

    A remedy by which others lose their buddy and no more weight is served is said to be a swap.
    """
    say = Speaker(language)
    changes = ", ".join(change_words(change, named, say) for change in remedy.changes)
    moved, first = _moved(remedy.resolved, named, say), named(remedy.changes[0].who)
    # An id or name keeps its case.
    changes = changes if first and changes.startswith(first) else _capital(changes)
    said = say.t("remedy", changes=changes, buddy=named(remedy.buddy), moved=moved)
    return f"{said} {say.t('remedy_swaps')}" if _swaps(remedy.resolved) else said


def gap_words(why: WhyNobody, named: Naming, language: str) -> list[str]:
    """Return the reason and each remedy, one sentence each."""
    reason = reason_words(why.reason, named, language)
    remedies = [remedy_words(remedy, named, language) for remedy in why.remedies]
    return [reason, *(remedies or [Speaker(language).t("no_remedy")])]


def pair_words(why: WhyThisBuddy, named: Naming, language: str) -> list[str]:
    """Return why a company has its buddy: the value of the pair, and the price of the runner-up."""
    say = Speaker(language)
    held = "_pinned" if why.pinned else "_kept" if why.kept else ""
    pair = say.t(f"pair_of{held}", buddy=named(why.buddy), company=named(why.company))
    first = f"{pair} {say.t('pair_worth', price=price_words(why.worth, say))}"
    if why.runner_up is None:
        return [first, say.t("pair_only")]
    resolved = why.runner_up.resolved
    second = say.t(
        "pair_runner_up",
        tried=why.tried,
        other=named(why.runner_up.buddy),
        price=price_words(resolved.price, say),
        moved=_moved(resolved, named, say),
    )
    return [first, second]


def profile_words(hire: Hire, language: str) -> str:
    """Return sector and languages of a buddy who would help, empty if any buddy would."""
    say = Speaker(language)
    sectors = [say.t("profile_sector", sector=sector) for sector in hire.sectors]
    return ", ".join([*sectors, *map(say.language_name, hire.languages)])


def hire_words(hire: Hire, named: Naming, language: str) -> str:
    """Return where one more buddy would help, and what was solved to find it."""
    say, profile = Speaker(language), profile_words(hire, language)
    where = named(hire.district) + (f" ({profile})" if profile else "")
    served = say.t("more_served", count=len(hire.resolved.gained))
    return say.t("hire_at", where=where, served=served, price=price_words(hire.resolved.price, say))


def helper_words(proposal: HelperProposal, named: Naming, language: str) -> str:
    """Return who could help a company, and in which languages."""
    say = Speaker(language)
    return say.t(
        "helper",
        company=named(proposal.company),
        buddy=named(proposal.buddy),
        languages=", ".join(map(say.language_name, proposal.languages)),
        people=say.t("with_specialists", count=proposal.specialists),
        minutes=proposal.one_way_min,
    )


def relation_words(change: RelationChange, named: Naming, language: str) -> str:
    """Return a relation that ends, with its reason."""
    say = Speaker(language)
    return say.t(
        "relation_change",
        company=named(change.company),
        before=named(change.before),
        after=named(change.after) if change.after else say.t("nobody"),
        reason=reason_words(change.why, named, language),
    )


def keeping_words(continuity: Continuity, language: str) -> str:
    """Return the price of keeping every relation, empty if it is zero."""
    say = Speaker(language)
    if continuity.price is None:
        return say.t("keeping_impossible")
    return say.t("keeping_price", price=price_words(continuity.price, say)) if continuity.price else ""


def clash_message(clash: Clash, named: Naming) -> Message:
    """Return the conditions that cannot all hold; without any single one, the others could."""
    parts = [message("clash_pin", company=named(pin.company), buddy=named(pin.buddy)) for pin in clash.pins]
    parts += [
        message(f"caseload_limit_{limit.what}", who=named(limit.buddy), n=limit.at_most)
        for limit in clash.limits
    ]
    if clash.max_changed_relations is not None:
        parts.append(message("clash_relations", count=clash.max_changed_relations))
    return message("clash", parts=tuple(parts))


def clash_words(clash: Clash, named: Naming, language: str) -> str:
    """Return the conditions of a clash as a sentence."""
    return sentence(clash_message(clash, named), language)


def _moved(resolved: Resolved, named: Naming, say: Speaker) -> str:
    """Return who loses and who gets a buddy, as the end of a sentence."""
    groups = (("moved_lost", resolved.displaced), ("moved_gained", resolved.gained))
    return "".join(say.t(key, names=", ".join(map(named, keys))) for key, keys in groups if keys)


def _swaps(resolved: Resolved) -> bool:
    """Return whether a change only swaps who is left out."""
    serves = any(each.name is ObjectiveName.UNSERVED and each.value < 0 for each in resolved.price)
    return bool(resolved.displaced) and not serves


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
