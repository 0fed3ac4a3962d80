"""Import: files are checked before anything is stored; findings are shown beside their rows."""

from typing import Any

from nicegui import ui

from api.http.frame.errors import Problem
from api.http.programme.headers import TableUnknown
from api.http.programme.imports import Corrected, ImportMade
from api.pages.desk.frame.elements import button, focus, link, part, week_field
from api.pages.desk.frame.page import Desk
from api.pages.desk.office.import_findings import show_findings
from api.pages.desk.office.import_headers import show_unknown
from api.pages.desk.office.import_result import show_result
from api.planning.week_input import next_week
from data.model.findings import Severity

PATH, TITLE = "/import", "desk_import"
FILES = "import-files"
TAKEN = 201
"""The status of files that are in the register now."""
SEND = """async () => {
  const chosen = document.getElementById("FILES").files, files = new FormData(), form = new FormData();
  for (const file of chosen) { files.append("files", file); form.append("files", file); }
  form.append("week", WEEK); form.append("dry_run", DRY);
  form.append("complete", document.getElementById("import-complete").checked);
  const right = document.querySelectorAll("input.from-file:checked"), said = {};
  for (const field of right) {
    form.append("from_file", field.value);
    form.set("seen", field.dataset.seen);
  }
  for (const list of document.querySelectorAll("select.by-hand"))
    (said[list.dataset.key] ??= {})[list.dataset.header] = list.value;
  form.append("by_hand", JSON.stringify(said));
  const corrected = [...document.querySelectorAll("input.corrected")].flatMap(field =>
    JSON.parse(field.dataset.cells).map(cell => ({...cell, value: field.value.trim()})))
    .filter(cell => cell.value !== cell.was);
  form.append("corrected", JSON.stringify({cells: corrected}));
  if (!chosen.length) return emit({status: 0, body: {}, headers: [], said, corrected});
  const asked = await fetch("/api/v1/imports/headers", {method: "POST", body: files});
  const answer = await fetch("/api/v1/imports", {method: "POST", body: form});
  const headers = asked.ok ? await asked.json() : [];
  emit({status: answer.status, body: await answer.json(), headers, said, corrected});
}"""
"""The browser sends the files to the API itself: the desk stores nothing of them."""
CHECK_ON_ENTER = """e => e.key === "Enter" && e.target.matches("input.corrected")
  && document.querySelector(".check-again").click()"""


async def show(desk: Desk) -> None:
    """Show the form, and below it the result for the files."""
    say = desk.say
    part("p", say.t("desk_import_text"), "lead")
    with part("form", classes="card").on("submit", js_handler="e => e.preventDefault()"):
        with part("label"):
            part("span", say.t("desk_files"))
            part("small", say.t("desk_files_text"))
            chosen = part("input").props(f'type="file" id="{FILES}" multiple accept=".csv,.toml,.xlsx,.md"')
        week_field(say.t("desk_week_from"), next_week(), id="import-week")
        with part("label", classes="pick"):
            part("input").props('type="checkbox" id="import-complete"')
            part("span", say.t("desk_import_complete"))
        with part("p", classes="links"):
            check = button(say.t("desk_check"), lambda: None, "primary")
            keep = button(say.t("desk_keep"), lambda: None)
    result = part("section").props('aria-live="polite" tabindex="-1"')
    result.on("keydown", js_handler=CHECK_ON_ENTER)
    chosen.on("change", result.clear)

    async def answered(event: Any, dry: bool) -> None:
        given = event.args
        corrected = [Corrected.model_validate(each) for each in given["corrected"]]
        result.clear()
        with result:
            unknown = [TableUnknown.model_validate(each) for each in given["headers"]]
            if unknown and given["status"] != TAKEN:
                show_unknown(desk, unknown, given["said"])
                sends(button(say.t("desk_headers_check"), lambda: None, "primary"), dry=True)
            if _tell(desk, given["status"], given["body"], dry, corrected):
                again = button(say.t("desk_correct_check"), lambda: None, "primary check-again")
                sends(again, dry=True)
        focus(result)

    def sends(made: ui.element, dry: bool) -> None:
        code = SEND.replace("FILES", FILES).replace("DRY", str(dry).lower())
        code = code.replace("WEEK", 'document.getElementById("import-week").value')
        made.on("click", lambda event: answered(event, dry), js_handler=code)

    sends(check, dry=True)
    sends(keep, dry=False)


def _tell(desk: Desk, status: int, body: dict[str, Any], dry: bool, corrected: list[Corrected]) -> bool:
    """Tell how the files fared, and return whether a cell can be corrected.

    The browser passes on the status and the body of the API's answer.
    """
    if status == 0:
        part("p", desk.say.t("desk_no_files"), "wrong")
        return False
    if status in (200, TAKEN):
        made = ImportMade.model_validate(body)
        _tell_made(desk, made, dry)
        return show_findings(desk, made.findings, corrected, taken=not dry)
    problem = Problem.model_validate(body)
    _tell_refused(desk, problem)
    return show_findings(desk, problem.findings or (), corrected, taken=False)


def _tell_made(desk: Desk, made: ImportMade, dry: bool) -> None:
    say = desk.say
    counts = {name: say.t(f"count_{name}", count=getattr(made, name)) for name in ("buddies", "companies")}
    part("p", say.t("desk_import_fits" if dry else "desk_import_kept", **counts), "notice")
    show_result(desk, made, dry)
    if not dry:
        to = f"/desk/matching?programme={made.programme}&week={made.first_week}"
        link(say.t("desk_to_matching"), to, "button primary")


def _tell_refused(desk: Desk, problem: Problem) -> None:
    say, findings = desk.say, problem.findings or ()
    if findings:
        errors = [each for each in findings if each.severity is Severity.ERROR]
        part("p", say.t("desk_import_errors", count=say.number(len(errors))), "wrong")
    else:
        known = problem.status in (401, 403, 413, 415, 422)
        part("p", say.t(f"desk_import_{problem.status}" if known else "desk_refused_other"), "wrong")
