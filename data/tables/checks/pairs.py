"""Checks of the pairs that a programme names: main buddies, covers, pins and bans."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from data.base.message import message
from data.model.vocabulary import RelationRole
from data.tables.checks.tables import place_of
from data.tables.rows import Row, Tables


def check_main_relations(tables: Tables) -> None:
    """Check that a company has at most one main buddy at a time."""
    spans: dict[str, list[tuple[date, date, Row]]] = defaultdict(list)
    for row in tables["companies"]:
        if row["buddy"]:
            spans[row["id"]].append((row["buddy_since"] or date.min, date.max, row))
    for row in tables["relations"]:
        if row["role"] is RelationRole.MAIN and not row.broken:
            spans[row["company"]].append((row["from"] or date.min, row["to"] or date.max, row))
    for lasting in spans.values():
        lasting.sort(key=lambda span: span[:2])
        _, busy_until, holder = lasting[0]
        for start, end, row in lasting[1:]:
            if start <= busy_until:
                row.error("buddy", message("second_main_buddy", row=place_of(holder)), message("end_one"))
            if end > busy_until:
                busy_until, holder = end, row


def check_covers(tables: Tables) -> None:
    """Check that a company has one cover at a time, for some days, who is not banned from it."""
    banned = {(row["buddy"], row["company"]): row for row in tables["bans"]}
    spans: dict[str, list[tuple[date, date, Row]]] = defaultdict(list)
    for row in tables["relations"]:
        if row["role"] is not RelationRole.COVER or row.broken:
            continue
        spans[row["company"]].append((row["from"] or date.min, row["to"] or date.max, row))
        if ban := banned.get((row["buddy"], row["company"])):
            row.warn("buddy", message("cover_banned_by", row=place_of(ban)), message("name_another_cover"))
        if row["from"] is None and row["to"] is None:
            row.warn("role", message("cover_without_days"), message("give_days_of_cover"))
    for lasting in spans.values():
        lasting.sort(key=lambda span: span[:2])
        for (_, before_ends, before), (begins, _, row) in pairwise(lasting):
            if begins <= before_ends and row["buddy"] != before["buddy"]:
                row.warn("from", message("second_cover", row=place_of(before)), message("end_one"))


def check_pins(tables: Tables) -> None:
    """Check that a company is pinned to one buddy at most, and not to one that is banned from it."""
    banned = {(row["buddy"], row["company"]): row for row in tables["bans"]}
    pinned: dict[str, Row] = {}
    for row in tables["pins"]:
        if ban := banned.get((row["buddy"], row["company"])):
            row.error(
                "company",
                message("pinned_and_banned_by", row=place_of(ban)),
                message("take_one_row_away"),
            )
        before = pinned.setdefault(row["company"], row)
        if before["buddy"] != row["buddy"]:
            problem = message("pinned_elsewhere", row=place_of(before, row))
            row.error("company", problem, message("pin_to_one"))
