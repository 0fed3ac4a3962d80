"""The way to the first publication as a list of steps, each with its link and its tick."""

from api.http.programme.first_steps import FirstSteps, Step, StepShown
from api.pages.desk.frame.elements import heading, link, part
from api.pages.desk.frame.page import Desk

LINKS = {
    Step.HOSTS: "/desk/hosts",
    Step.BUDDIES: "/desk/buddies",
    Step.COMPANIES: "/desk/companies",
    Step.RULES: "/desk/policy",
    Step.INVITED: "/desk/invitations",
    Step.MATCHED: "/desk/matching",
    Step.ADOPTED: "/desk/matching",
    Step.PLANNED: "/desk/weeks",
    Step.PUBLISHED: "/desk/weeks",
}
BY_LISTS = frozenset((Step.HOSTS, Step.BUDDIES, Step.COMPANIES))
"""The steps that an import does too."""


def show_first_steps(desk: Desk, found: FirstSteps) -> None:
    """Show what is done and what is next; the state was chosen when the programme began."""
    say = desk.say
    done = 1 + sum(each.done for each in found.steps)
    with part("section", classes="first-steps"):
        heading(say.t("first_steps"))
        part(
            "p",
            say.t("first_steps_done", done=say.number(done), all=say.number(1 + len(found.steps))),
            "muted",
        )
        with part("ol", classes="steps"):
            with part("li", classes="done"):
                part("span", say.t("first_step_state"))
                part("span", say.t("desk_done"), "muted")
            following = next((each.step for each in found.steps if not each.done), None)
            for each in found.steps:
                _step(desk, each, each.step is following)


def _step(desk: Desk, shown: StepShown, following: bool) -> None:
    say, step = desk.say, shown.step
    css = "done" if shown.done else "open next" if following else "open"
    with part("li", classes=css) as item:
        if following:
            item.props["aria-current"] = "step"
        with part("span"):
            link(say.t(f"first_step_{step}"), f"{LINKS[step]}{desk.query}")
            if not shown.done:
                part("small", say.t(f"first_step_help_{step}"), "muted")
        if following and step in BY_LISTS:
            link(say.t("first_steps_import"), f"/desk/import{desk.query}", "button small")
        told = say.t("first_steps_count", count=shown.count) if shown.done and shown.count else ""
        part("span", told or say.t("desk_done" if shown.done else "desk_open"), "muted")
