"""« Tout est arrivé » is a word of both sides; what is refused stays on the phone with its reason."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from evaluations.models import Competency
from tests.browser.conftest import enter
from tests.browser.offline import (
    SENDING,
    STORE,
    evaluation,
    expect_state,
    flush,
    keep,
    prepare,
    row,
    states,
    stored,
    switch_to,
)
from tests.factories import EnrollmentFactory, FrameworkFactory


@pytest.fixture
def competency(transactional_db) -> Competency:
    FrameworkFactory()
    return Competency.objects.get(code="9.1")


@pytest.fixture
def page(phone, live_server, competency, enrollment, trainer) -> Page:
    page = enter(phone, live_server.url, trainer)
    prepare(page, live_server.url + SENDING)
    return page


def mark(page: Page, entry: dict, state: str) -> None:
    """Make the phone believe that the server said so."""
    page.evaluate(
        """async ([store, id, state]) => {
          const { changeEntries, entryOf } = await import(store);
          await changeEntries((await entryOf(id)).owner, [id], (record) => ({ ...record, state }));
        }""",
        [STORE, entry["id"], state],
    )


def test_an_entry_that_the_server_does_not_hold_is_found_and_sent_again(page, phone, competency, enrollment):
    phone.set_offline(True)
    entries = [
        evaluation(enrollment, competency, situation=f"« Haie » n° {n} – 100 % d’été 🌿") for n in range(5)
    ]
    keep(page, *entries)
    mark(page, entries[3], "received")  # accepted once, then lost on the other side
    phone.set_offline(False)

    expect_state(page, entries[0], "confirmed")
    expect(page.locator("[data-sentence]")).not_to_have_text("Tout est arrivé.")
    assert states(page)[entries[3]["id"]] != "confirmed"
    flush(page)
    flush(page)

    assert set(states(page).values()) == {"confirmed"}
    expect(page.locator("[data-sentence]")).to_have_text("Tout est arrivé.")
    expect(page.locator("[data-receipt]")).to_contain_text("les mêmes 5 saisies")
    assert stored(*entries) == 5


def test_an_entry_that_stands_with_another_content_is_never_confirmed(page, phone, competency, enrollment):
    entry = evaluation(enrollment, competency)
    keep(page, entry)
    expect_state(page, entry, "confirmed")
    page.evaluate(
        """async ([store, id]) => {
          const { changeEntries, entryOf } = await import(store);
          const { owner } = await entryOf(id);
          await changeEntries(owner, [id], (old) => ({ ...old, state: "received", entry: { ...old.entry, rank: 1 } }));
        }""",
        [STORE, entry["id"]],
    )

    sentence = flush(page)
    flush(page)

    assert "Tout est arrivé" not in sentence
    expect_state(page, entry, "refused")


def test_what_is_refused_comes_back_with_its_reason_and_stays(
    page, phone, live_server, competency, enrollment
):
    elsewhere = EnrollmentFactory()
    good, bad = evaluation(enrollment, competency), evaluation(elsewhere, competency)
    phone.set_offline(True)
    keep(page, good, bad)
    phone.set_offline(False)

    expect_state(page, good, "confirmed")
    expect_state(page, bad, "refused")
    expect(row(page, bad).locator(".text-refusal")).not_to_be_empty()
    expect(page.locator("[data-sentence]")).to_contain_text("1 saisie refusée")
    corrected = row(page, bad).get_by_role("link", name="Corriger")
    expect(corrected).to_have_attribute("href", f"/saisie/?corriger={bad['id']}")

    mended = page.evaluate(
        "async ([store, id, entry]) => (await import(store)).replaceEntry(id, entry)",
        [STORE, bad["id"], bad | {"enrollment": str(enrollment.pk)}],
    )

    assert mended != bad["id"]
    expect_state(page, {"id": mended}, "confirmed")
    expect(page.locator("[data-sentence]")).to_have_text("Tout est arrivé.")


def test_a_refused_entry_is_taken_away_only_after_a_question(page, competency):
    bad = evaluation(EnrollmentFactory(), competency)
    keep(page, bad)
    expect_state(page, bad, "refused")

    row(page, bad).locator("summary").click()
    expect(row(page, bad)).to_contain_text("Le site ne l’a pas enregistrée")
    row(page, bad).get_by_role("button", name="Supprimer cette saisie").click()

    expect(row(page, bad)).to_have_count(0)
    assert states(page) == {}


def exported(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def brought(page: Page, file: Path) -> None:
    page.get_by_label("Reprendre un carnet exporté").set_input_files(file)


def test_a_file_carries_what_waits_to_another_phone(
    page, phone, desk, live_server, competency, enrollment, trainer, tmp_path
):
    entries = [evaluation(enrollment, competency, situation=f"Haie {n}") for n in range(3)]
    phone.set_offline(True)
    keep(page, *entries)
    expect_state(page, entries[0], "pending")
    file = exported(page, tmp_path)
    other = enter(desk, live_server.url, trainer)
    prepare(other, live_server.url + SENDING)

    brought(other, file)

    expect(other.locator("[data-outcome]")).to_contain_text("3 saisies reprises")
    for entry in entries:
        expect_state(other, entry, "confirmed")
    brought(other, file)
    expect(other.locator("[data-outcome]")).to_contain_text("3 étaient déjà là")
    phone.set_offline(False)
    expect_state(page, entries[2], "confirmed")
    assert stored(*entries) == 3
    assert file.name.startswith("carnet-2")
    assert file.suffix == ".json"


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda text: "pas du JSON", "n’est pas un carnet"),
        (lambda text: json.dumps({"format": "autre"}), "n’est pas un carnet"),
        (lambda text: text.replace("stade", "parc"), "abîmé"),
        (lambda text: text.replace('"version": 1', '"version": 9'), "version plus récente"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_changes_nothing(
    damage, sentence, page, phone, competency, enrollment, tmp_path
):
    entry = evaluation(enrollment, competency)
    phone.set_offline(True)
    keep(page, entry)
    expect_state(page, entry, "pending")
    file = exported(page, tmp_path)
    file.write_text(damage(file.read_text()))

    brought(page, file)

    expect(page.locator("[data-outcome]")).to_contain_text(sentence)
    assert states(page) == {entry["id"]: "pending"}


def test_a_file_of_somebody_else_is_not_taken(
    page, phone, live_server, competency, enrollment, counsellor, tmp_path
):
    phone.set_offline(True)
    keep(page, evaluation(enrollment, competency))
    file = exported(page, tmp_path)
    phone.set_offline(False)
    other = switch_to(phone, live_server.url, counsellor)
    other.goto(live_server.url + SENDING)

    brought(other, file)

    expect(other.locator("[data-outcome]")).to_contain_text("seule cette personne peut le reprendre")
    assert states(other) == {}
