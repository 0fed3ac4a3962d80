"""What the browser blocks: forms of other sites, scripts that are not ours, pages of other roles."""

from playwright.sync_api import expect

from tests.api.jobs.small_service import eventually
from tests.api.pages.conftest import Opener, Site
from tests.api.pages.small_office import PASSWORD

FOREIGN_FORM = """<form method="post" action="{url}/me/weeks/{week}/stops/{visit}/report">
<input name="outcome" value="cancelled_buddy"><button>Win a prize</button></form>"""
INJECT = """() => {
  const script = document.createElement("script");
  script.textContent = "window.broken = true";
  document.body.append(script);
  document.body.setAttribute("onclick", "window.broken = true");
  document.body.click();
  // Later, since what a debugger asks for at once may evaluate anything.
  setTimeout(() => { try { eval("window.tried = 'ran'") } catch { window.tried = "refused" } });
}"""


def test_a_form_of_another_site_does_nothing(by: Opener, site: Site) -> None:
    page = by("buddy")
    visit = site.office.visits(site.office.after)[4][1]
    page.set_content(FOREIGN_FORM.format(url=site.url, week=site.office.after, visit=visit))
    with page.expect_response("**/report") as answered:
        page.get_by_role("button").click()
    assert answered.value.status == 403
    page.goto(f"/me/weeks/{site.office.after}/stops/{visit}")
    expect(page.locator("p.outcome")).to_have_count(0)


def test_no_script_but_ours_runs(by: Opener, site: Site) -> None:
    for role, path in (("buddy", "/me/today"), ("viewer", "/coverage"), ("nobody", "/sign-in")):
        page = by(role)
        page.goto(path)
        page.evaluate(INJECT)
        eventually(lambda page=page: page.evaluate("window.tried !== undefined"))  # type: ignore[misc]
        assert page.evaluate("[window.broken, window.tried]") == [None, "refused"], path


def test_no_page_breaks_its_own_policy(by: Opener, site: Site) -> None:
    page, said = by("buddy"), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    visit = site.office.visits(site.office.after)[4][1]
    for path in ("/me/today", "/me/week", f"/me/weeks/{site.office.after}/stops/{visit}", "/account"):
        page.goto(path)
    viewer = by("viewer")
    viewer.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    viewer.goto("/coverage")
    assert said == []


def test_what_is_another_s_is_not_there(by: Opener, site: Site) -> None:
    page = by("buddy")
    visit = site.office.visits(site.office.after, "bert")[0][1]
    answer = page.goto(f"/me/weeks/{site.office.after}/stops/{visit}")
    assert answer and answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es nicht")


def test_a_viewer_has_no_week_and_a_buddy_no_coverage(by: Opener) -> None:
    for role, path in (("viewer", "/me/today"), ("planner", "/desk"), ("buddy", "/coverage")):
        page = by(role)
        answer = page.goto(path)
        assert answer and answer.status == 403
        expect(page.get_by_role("heading", level=1)).to_have_text("Das dürfen Sie hier nicht")


def test_a_session_that_ended_leads_back_to_where_it_was(by: Opener, site: Site) -> None:
    page = by("nobody")
    page.goto(f"/me/weeks/{site.office.before}")
    expect(page.get_by_text("danach geht es dort weiter, wo Sie waren")).to_be_visible()
    page.get_by_label("Anmeldename").fill("anna")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(f"{site.url}/me/weeks/{site.office.before}")
