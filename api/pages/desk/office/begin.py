"""A programme begun by hand, without files: its state is chosen, and its rows are entered afterwards."""

import json

from api.http.programme.programmes import NewProgramme, ProgrammeAnswer, State
from api.http.register.listing import spellings
from api.pages.desk.frame.elements import Choice, button, link, part
from api.pages.desk.frame.page import Desk
from api.words.speaker import Speaker
from data.model.calendar import STATES

PATH, TITLE = "/begin", "begin_by_hand"
FIRST = "ST"


async def show(desk: Desk) -> None:
    """Show the choice of a state, unless there is a programme already."""
    say = desk.say
    if desk.programmes:
        part("p", say.t("begin_there_is_one"), "notice")
        link(say.t("rows_companies"), f"/desk/companies{desk.query}", "button primary")
        return
    part("p", say.t("begin_text"), "lead")
    with part("div", classes="card narrow-card"):
        named = sorted(((each, say.t(f"german_state_{each}")) for each in STATES), key=lambda each: each[1])
        state = Choice(say.t("begin_state"), named, FIRST)

        async def begin() -> None:
            asked = NewProgramme(id=key_of(state.value), state=State(state.value))
            made = await desk.api.post(ProgrammeAnswer, "/programmes", asked)
            address = json.dumps(f"/desk/companies/~new?programme={made.id}")
            desk.client.run_javascript(f"location.href = {address}")

        button(say.t("begin"), desk.act(begin), "primary")


def key_of(state: str) -> str:
    """Return the id of a programme that is called like its state: `sachsen-anhalt`."""
    return max(spellings(Speaker("de").t(f"german_state_{state}")), key=len).replace(" ", "-")
