"""What becomes of an entry: a draft, kept on the phone, received, taken back, refused, mended."""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core import clock
from evaluations.models import Evaluation
from structures.enums import Role
from tests.browser.conftest import enter
from tests.browser.crew import ACTIVITY, EntryPage, gather, ranks_of
from tests.browser.looking import inaccessible, too_wide
from tests.browser.offline import prepare, states, switch_to
from tests.factories import MembershipFactory

TOMORROW = "Ce jour n’est pas encore passé"


@pytest.fixture
def crew(transactional_db, structure, trainer, certifier):
    return gather(structure, trainer, certifier, 3)


@pytest.fixture
def entry(phone, live_server, crew) -> EntryPage:
    page = enter(phone, live_server.url, crew.trainer)
    prepare(page, f"{live_server.url}/saisie/")
    return EntryPage(page, crew)


def test_a_draft_is_found_again_after_a_reload(entry, crew):
    entry.choose()
    entry.cell(0, 0).press("4")
    entry.page.locator("label.face", has_text="Chantal").click()

    entry.page.reload()

    expect(entry.page.get_by_text("Vous aviez commencé une saisie")).to_be_visible()
    expect(entry.cell(0, 0)).to_have_accessible_name(
        f"Aïcha Benali, {crew.competencies[0].label} : niveau 4, Maîtrise et sait montrer ; avant : 2"
    )
    expect(entry.page.get_by_label("Chantal Diop", exact=True)).not_to_be_checked()
    entry.save()
    expect(entry.notice).to_contain_text("1 évaluation reçue", timeout=15_000)
    assert Evaluation.objects.get(seen_on=clock.today()).situation == ACTIVITY


def test_a_draft_is_shown_to_nobody_else_on_the_same_phone(entry, phone, live_server, structure):
    entry.choose()
    entry.cell(0, 0).press("4")
    colleague = MembershipFactory(structure=structure, role=Role.TRAINER).user

    page = switch_to(phone, live_server.url, colleague)
    page.goto(f"{live_server.url}/saisie/")

    expect(page.locator("[name=activite]").first).to_be_visible()
    assert "Vous aviez commencé" not in page.inner_text("main")
    expect(page.locator("[data-count]")).to_have_text("Rien de noté")


def test_what_is_kept_without_network_is_taken_back_changed_and_then_received(entry, phone, crew):
    entry.choose()
    phone.set_offline(True)
    entry.whole(0).click()
    entry.save()
    expect(entry.notice).to_contain_text("3 évaluations gardées sur ce téléphone")
    expect(entry.page.locator("[data-network]")).to_contain_text("Pas de réseau")
    expect(entry.page.locator(".entry-footer a")).to_have_text("Mes envois : 3 en attente")

    entry.page.get_by_role("button", name="Reprendre").click()
    expect(entry.marked).to_have_count(3)
    expect(entry.notice).to_be_hidden()
    entry.cell(2, 0).press("Delete")
    entry.save()
    expect(entry.notice).to_contain_text("2 évaluations gardées sur ce téléphone")
    phone.set_offline(False)

    expect(entry.notice).to_contain_text("2 évaluations reçues", timeout=15_000)
    expect(entry.page.get_by_role("button", name="Reprendre")).to_be_hidden()
    assert ranks_of(crew) == {(0, 0): 2, (1, 0): 2}


def test_a_second_tap_or_a_second_tab_keeps_nothing_twice(entry, phone, live_server, crew):
    entry.choose()
    entry.whole(0).click()
    other = phone.new_page()
    other.goto(f"{live_server.url}/saisie/")
    expect(other.locator("[data-count]")).to_have_text("3 cases notées")

    entry.page.get_by_role("button", name="Enregistrer").dblclick()
    expect(entry.notice).to_contain_text("3 évaluations reçues", timeout=15_000)
    # The bar goes away under the finger as soon as this tab hears of the other: the tap is sent to the button itself.
    other.get_by_role("button", name="Enregistrer", include_hidden=True).dispatch_event("click")

    expect(other.locator(".save-notice")).to_contain_text("3 évaluations reçues", timeout=15_000)
    assert Evaluation.objects.filter(seen_on=clock.today()).count() == 3


def test_what_was_noted_without_network_is_already_the_last_level(entry, phone):
    entry.choose()
    phone.set_offline(True)
    entry.page.reload()
    expect(entry.page.locator("[data-network]")).to_contain_text("Pas de réseau")
    entry.choose()
    entry.cell(0, 0).press("4")
    entry.save()
    expect(entry.notice).to_be_visible()

    entry.choose()

    expect(entry.cell(0, 0)).to_have_accessible_name(
        f"{entry.crew.names[0]}, {entry.crew.competencies[0].label} : rien vu ; avant : 4"
    )


def test_a_refused_entry_opens_with_its_reason_and_leaves_again(entry, phone, live_server, crew):
    entry.choose()
    phone.set_offline(True)
    entry.cell(0, 0).press("4")
    entry.save()
    expect(entry.notice).to_contain_text("gardée")
    refused = refuse_all(entry.page, "Le mois d’octobre est signé.")
    phone.set_offline(False)

    entry.page.goto(f"{live_server.url}/saisie/?corriger={refused}")
    dialog = entry.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Le mois d’octobre est signé.")
    expect(dialog.get_by_label("4, Maîtrise").first).to_be_checked()
    assert inaccessible(entry.page) == []
    dialog.get_by_role("group", name="Niveau").get_by_label("3, ").check()
    dialog.get_by_role("button", name="Enregistrer la correction").click()

    expect(entry.page.get_by_text("Corrigée, et gardée sur ce téléphone")).to_be_visible()
    deadline = time.monotonic() + 15
    while set(states(entry.page).values()) != {"confirmed"} and time.monotonic() < deadline:
        entry.page.wait_for_timeout(200)
    assert ranks_of(crew) == {(0, 0): 3}


def refuse_all(page: Page, reason: str) -> str:
    """As if the server had refused what is kept; the id of the first."""
    return page.evaluate(
        """async (reason) => {
          const { changeEntries, entriesOf } = await import("/static/js/notebook/store.js");
          const [{ owner, id }] = await entriesOf();
          await changeEntries(owner, [id], (record) => ({ ...record, state: "refused", reason }));
          return id;
        }""",
        reason,
    )


def test_one_person_is_evaluated_with_their_own_view(entry, live_server, crew):
    enrollment = crew.enrollments[0]
    page = entry.page
    page.goto(f"{live_server.url}/saisie/?parcours={enrollment.pk}&quoi=d2")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Évaluer {enrollment.trainee}")
    expect(page.locator(".cell")).to_have_count(5)
    own = page.get_by_role("group", name="Selon Aïcha").first
    expect(own.get_by_label("2, ")).to_be_disabled()

    page.locator(".cell").first.press("3")
    own.get_by_label("2, ").check()
    entry.save()
    expect(page.get_by_role("alert").locator("visible=true")).to_contain_text("écrivez la situation")
    faults = inaccessible(page) + too_wide(page)
    page.get_by_label("Situation").fill("Au téléphone avec un client")
    entry.save()

    expect(entry.notice).to_contain_text("1 évaluation reçue", timeout=15_000)
    fact = Evaluation.objects.get(seen_on=clock.today())
    assert (fact.enrollment, fact.level.rank, fact.own_level.rank) == (enrollment, 3, 2)
    assert faults == []


def test_a_person_of_nobody_here_is_said_in_words(entry, phone, live_server):
    phone.set_offline(True)

    entry.page.goto(f"{live_server.url}/saisie/?parcours=00000000-0000-4000-8000-000000000000")

    expect(entry.page.get_by_text("n’est pas dans votre carnet")).to_be_visible()


def test_what_is_missing_is_asked_for_in_a_sentence(entry):
    alert = entry.page.get_by_role("alert").locator("visible=true")
    entry.save()
    expect(alert).to_contain_text("Choisissez une activité")
    entry.choose()
    entry.save()
    expect(alert).to_contain_text("touchez au moins une case")
    for name in ("Aïcha", "Bruno", "Chantal"):
        entry.page.locator("label.face", has_text=name).click()
    entry.save()
    expect(alert).to_contain_text("Cochez au moins une personne")

    assert not Evaluation.objects.filter(seen_on=clock.today()).exists()


def test_a_day_to_come_is_refused_at_once(entry):
    tomorrow = clock.today() + timedelta(days=1)
    entry.choose()
    entry.cell(0, 0).click()
    entry.page.get_by_label("Jour", exact=True).fill(tomorrow.isoformat())
    entry.page.get_by_label("Jour", exact=True).blur()

    expect(entry.page.locator("#jour-mots")).to_contain_text(TOMORROW)
    entry.save()

    expect(entry.page.get_by_role("alert").locator("visible=true")).to_contain_text(TOMORROW)
    assert not Evaluation.objects.filter(seen_on__gte=clock.today()).exists()


@pytest.mark.parametrize("shift", [-365, 400])
def test_a_phone_at_the_wrong_date_is_told_and_offered_the_day_of_the_site(phone, live_server, crew, shift):
    page = enter(phone, live_server.url, crew.trainer)
    page.clock.install(time=clock.now() + timedelta(days=shift))
    page.goto(f"{live_server.url}/saisie/")
    entry = EntryPage(page, crew)

    expect(page.get_by_text("L’horloge de ce téléphone dit")).to_be_visible()
    expect(page.get_by_label("Jour", exact=True)).to_have_value(clock.today().isoformat())
    entry.choose()
    entry.cell(0, 0).click()
    entry.save()
    page.clock.run_for(5_000)

    expect(entry.notice).to_contain_text("1 évaluation reçue", timeout=15_000)
    assert ranks_of(crew) == {(0, 0): 2}


def test_the_form_of_the_page_works_without_javascript(chromium, live_server, crew):
    context = chromium.new_context(java_script_enabled=False, locale="fr-FR")
    page = enter(context, live_server.url, crew.trainer)
    page.goto(f"{live_server.url}/saisie/")
    page.get_by_label(ACTIVITY).check()
    page.get_by_role("button", name="Noter ce que j’ai vu").click()
    page.get_by_role("group", name="Aïcha").first.get_by_label("3", exact=True).check()
    page.get_by_role("button", name="Enregistrer ce que j’ai vu").click()

    expect(page.get_by_text("1 évaluation enregistrée")).to_be_visible()
    assert ranks_of(crew) == {(0, 0): 3}
    context.close()


def test_the_form_is_never_seen_while_the_program_comes(phone, live_server, crew):
    page = enter(phone, live_server.url, crew.trainer)
    page.route("**/entry/app*.js", lambda route: None)  # on its way for ever

    page.goto(f"{live_server.url}/saisie/", wait_until="domcontentloaded")

    expect(page.get_by_text("Le carnet s’ouvre…")).to_be_visible()
    expect(page.get_by_role("button", name="Noter ce que j’ai vu")).to_be_hidden()
    expect(page.get_by_role("button", name="Noter ce que j’ai vu")).to_be_visible(timeout=10_000)
