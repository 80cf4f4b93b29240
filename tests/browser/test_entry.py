"""The evening of a crew on one page: what we did, who was there, what I saw; by finger, by keyboard, by voice."""

import pytest
from playwright.sync_api import Page, expect

from evaluations.models import Evaluation
from structures.models import ProductionSupport
from tests.browser.conftest import enter, new_context
from tests.browser.crew import EntryPage, gather, ranks_of
from tests.browser.looking import inaccessible, too_wide
from tests.factories import EnrollmentFactory

MOST_TAPS = 40


@pytest.fixture
def crew(transactional_db, structure, trainer, certifier):
    return gather(structure, trainer, certifier)


@pytest.fixture
def entry(desk, live_server, crew) -> EntryPage:
    page = enter(desk, live_server.url, crew.trainer)
    page.goto(f"{live_server.url}/saisie/")
    return EntryPage(page, crew)


@pytest.fixture
def finger(chromium, live_server, crew):
    context = new_context(chromium, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = enter(context, live_server.url, crew.trainer)
    page.goto(f"{live_server.url}/saisie/")
    yield EntryPage(page, crew, touch=True)
    context.close()


SEEN = {
    **{(person, 0): rank for person, rank in enumerate((2, 3, 3, 1, 4, 3, 1, 2))},
    **{(person, 1): rank for person, rank in enumerate((3, 2, 3, 2, 4, 3, 1, 1))},
    **{(person, 2): rank for person, rank in enumerate((2, 2, 4, 1, 4, 4, 2, 1))},
}
"""Most as the month before, some one step higher; the last two people had no history."""


@pytest.mark.parametrize("together", [True, False], ids=["column by column", "cell by cell"])
def test_eight_people_in_three_competencies_take_at_most_forty_taps(together, finger, crew):
    finger.choose()
    for (person, competency), rank in SEEN.items():
        if together and person == 0:
            finger.tap(finger.whole(competency))
        cell = finger.cell(person, competency)
        if not together:
            finger.tap(cell)
        while f"niveau {rank}," not in cell.get_attribute("aria-label"):
            finger.tap(cell)
    finger.save()

    expect(finger.notice).to_contain_text("24 évaluations reçues", timeout=15_000)
    assert finger.taps <= MOST_TAPS, f"{finger.taps} taps"
    assert finger.taps == (12 if together else 33)
    assert ranks_of(crew) == SEEN
    assert set(
        Evaluation.objects.filter(situation=crew.activity.name).values_list("evaluator", flat=True)
    ) == {crew.trainer.pk}


def test_the_whole_entry_is_done_with_the_keyboard_alone(entry, crew):
    page = entry.page
    keys = page.keyboard
    expect(page.locator("[name=activite]").first).to_be_visible()
    while page.evaluate("document.activeElement.name") != "activite":
        keys.press("Tab")
    while page.evaluate("document.activeElement.closest('label').innerText") != crew.activity.name:
        keys.press("ArrowDown")
    keys.press("Space")
    while not page.evaluate("document.activeElement.matches('.cell')"):
        keys.press("Tab")
    keys.press("Space")  # Aïcha: 2, as before
    keys.press("ArrowRight")
    keys.press("Enter")
    keys.press("Enter")  # Bruno: 2, then 3
    keys.press("ArrowDown")
    keys.press("4")  # Bruno, second competency
    keys.press("End")
    keys.press("1")  # Hugo
    keys.press("ArrowUp")
    keys.press("2")
    keys.press("Delete")
    keys.press("d")
    expect(page.get_by_role("dialog")).to_be_visible()
    keys.press("Escape")
    expect(entry.cell(7, 0)).to_be_focused()
    keys.press("Home")
    expect(entry.cell(0, 0)).to_be_focused()
    while page.evaluate("document.activeElement.textContent") != "Enregistrer":
        keys.press("Tab")
    keys.press("Enter")

    expect(entry.notice).to_contain_text("4 évaluations reçues", timeout=15_000)
    expect(entry.notice).to_be_focused()
    assert ranks_of(crew) == {(0, 0): 2, (1, 0): 3, (1, 1): 4, (7, 1): 1}


def test_each_cell_says_who_what_now_and_before(entry, crew):
    entry.choose()
    label = crew.competencies[0].label
    cell = entry.cell(0, 0)
    expect(cell).to_have_accessible_name(f"Aïcha Benali, {label} : rien vu ; avant : 2")

    cell.click()
    cell.click()

    said = f"Aïcha Benali, {label} : niveau 3, Fait en autonomie ; avant : 2"
    expect(cell).to_have_accessible_name(said)
    expect(entry.announced).to_have_text(said)
    expect(entry.cell(7, 0)).to_have_accessible_name(f"Hugo Imbert, {label} : rien vu ; avant : jamais vu")
    assert entry.page.locator(".marks [tabindex='0']").count() == 1


def test_a_tap_confirms_then_climbs_then_clears(entry):
    entry.choose()
    shown = []
    for _ in range(4):
        entry.cell(0, 0).click()
        shown.append(entry.cell(0, 0).locator(".cell-mark").inner_text())

    assert shown == ["2", "3", "4", ""]
    expect(entry.cell(0, 0).locator(".cell-before")).to_contain_text("2")


def test_a_column_marks_those_who_are_not_yet_then_climbs_together(entry):
    entry.choose()
    entry.cell(0, 0).press("4")

    entry.whole(0).click()
    first = [entry.cell(person, 0).locator(".cell-mark").inner_text() for person in range(8)]
    entry.whole(0).click()
    then = [entry.cell(person, 0).locator(".cell-mark").inner_text() for person in range(8)]

    assert first == ["4", "2", "3", "1", "4", "3", "1", "1"]
    assert then == ["4", "3", "4", "2", "4", "4", "2", "2"]


def test_every_act_is_undone_one_after_the_other(entry):
    entry.choose()
    entry.cell(0, 0).click()
    entry.whole(1).click()
    entry.page.locator("label.face", has_text="Aïcha").click()
    expect(entry.marked).to_have_count(7)

    entry.page.get_by_role("button", name="Annuler le dernier geste").click()
    expect(entry.marked).to_have_count(9)
    expect(entry.page.get_by_label("Aïcha Benali", exact=True)).to_be_checked()
    entry.page.keyboard.press("Control+z")
    expect(entry.marked).to_have_count(1)
    entry.page.keyboard.press("Control+z")

    expect(entry.marked).to_have_count(0)
    expect(entry.page.get_by_role("button", name="Annuler le dernier geste")).to_be_hidden()


def test_a_long_press_opens_the_details_and_marks_nothing(finger, crew):
    finger.choose()
    box = finger.cell(0, 0)
    box.scroll_into_view_if_needed()
    touch(finger.page, box, held=700)

    dialog = finger.page.get_by_role("dialog")
    expect(dialog).to_contain_text("La dernière fois : 2")
    expect(finger.marked).to_have_count(0)
    dialog.get_by_role("group", name="Niveau").get_by_label("4, ").check()
    dialog.get_by_role("group", name="Selon Aïcha").get_by_label("3, ").check()
    dialog.get_by_label("Situation").fill("Haie du stade")
    dialog.get_by_label("Commentaire").fill("Avec soin.")
    dialog.get_by_role("button", name="Garder").click()
    finger.save()

    expect(finger.notice).to_contain_text("1 évaluation reçue", timeout=15_000)
    fact = Evaluation.objects.get(situation="Haie du stade")
    assert (fact.level.rank, fact.own_level.rank, fact.comment) == (4, 3, "Avec soin.")


def touch(page: Page, target, *, held: int) -> None:
    """A finger that stays `held` milliseconds."""
    box = target.bounding_box()
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    wire = page.context.new_cdp_session(page)
    wire.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_timeout(held)
    wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_activity_proposes_and_the_trainer_adjusts(entry, crew):
    page = entry.page
    entry.choose()
    page.locator("summary", has_text="en ajouter").click()
    page.get_by_role("checkbox", name=crew.competencies[0].label).uncheck()
    page.get_by_label("Chercher une compétence").fill("REMARQUES prog")
    page.get_by_role("checkbox", name="Tenir compte des remarques et chercher à progresser").first.check()
    page.get_by_label("Chercher une compétence").fill("")
    page.locator("summary", has_text="2. Comprendre et communiquer").click()
    page.get_by_role("button", name="Ajouter tout le domaine").locator("visible=true").click()

    rows = page.locator(".marks tbody th").all_inner_texts()
    assert len(rows) == len(crew.competencies) - 1 + 1 + 5
    assert not any(crew.competencies[0].label in row for row in rows)


def test_a_second_support_joins_the_crew_and_skips_what_is_not_its_work(desk, live_server, crew, structure):
    market = ProductionSupport.objects.get(code="maraichage")
    guest = EnrollmentFactory(
        structure=structure, support=market, referent=crew.trainer, trainee__first_names="Zoé"
    )
    page = enter(desk, live_server.url, crew.trainer)
    page.goto(f"{live_server.url}/saisie/")
    entry = EntryPage(page, crew)
    entry.choose()
    expect(page.locator(f'[data-enrollment="{guest.pk}"]')).to_have_count(0)

    page.locator("label.chip", has_text="Maraîchage").last.click()

    expect(page.get_by_label(str(guest.trainee), exact=True)).to_be_checked()
    shared = [row for row in crew.competencies if row.support_id is None]
    expect(page.locator(f'[data-key^="{guest.pk}"]')).to_have_count(len(shared))


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_the_grid_and_its_details(width, entry):
    entry.page.set_viewport_size({"width": width, "height": 844})
    entry.choose()
    entry.whole(0).click()
    entry.page.locator("summary", has_text="en ajouter").click()
    faults = inaccessible(entry.page) + too_wide(entry.page)

    entry.cell(0, 0).press("d")
    expect(entry.page.get_by_role("dialog")).to_be_visible()
    faults += inaccessible(entry.page)

    assert faults == []
