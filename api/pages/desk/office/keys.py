"""Keys and calendar links of all users, each with a button that revokes it."""

from nicegui import ui

from api.http.accounts.keys import KeyAnswer
from api.pages.desk.frame.elements import clicks, data, heading, html, part, row_button, table
from api.pages.desk.frame.page import Desk


async def list_keys(desk: Desk, place: ui.element) -> None:
    """Show the keys and links that work, by login."""
    say = desk.say
    keys = {each.id: each for each in await desk.api.every(KeyAnswer, "/keys")}
    place.clear()
    with place:
        heading(say.t("desk_keys"))
        part("p", say.t("desk_keys_text"), "muted")
        if not keys:
            part("p", say.t("desk_keys_none"), "empty")
            return
        titles = [say.t(f"desk_key_{name}") for name in ("kind", "label", "scope", "until")]
        listed = sorted(keys.values(), key=lambda each: (each.login, each.created_at))
        rows = [_row(desk, each) for each in listed]

        async def revoke(given: dict[str, str]) -> None:
            await desk.api.ask("DELETE", f"/keys/{given['id']}")
            await list_keys(desk, place)
            desk.tell(say.t("desk_key_revoked", login=keys[given["id"]].login))

        headings = [say.t("desk_login"), *titles, say.t("desk_act")]
        clicks(html(table(say.t("desk_keys"), headings, rows)), desk.act(revoke))


def _row(desk: Desk, key: KeyAnswer) -> tuple[str, ...]:
    say = desk.say
    kind, label = say.t(f"desk_key_{key.kind}"), key.label or "–"
    revoked = say.t("desk_key_revoke_of", kind=kind, label=label, login=key.login)
    until = say.full_date(key.expires_at.date()) if key.expires_at else "–"
    shown = (key.login, kind, label, say.t(f"scope_{key.scope}"), until)
    button = row_button(say.t("desk_key_revoke"), "revoke", key.id, revoked, "small danger")
    return (*map(data, shown), button)
