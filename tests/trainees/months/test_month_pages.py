from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from core import clock
from core.models import JournalEntry, Work
from tests.factories import EnrollmentFactory, StructureFactory, TrainingSessionFactory
from tests.trainees.builders import attended, last_month
from trainees.enums import SessionState
from trainees.models import MonthlySheet, PastPlacement
from trainees.services.months import close_month, reopen_month

pytestmark = pytest.mark.date_sensitive


def slug() -> str:
    return f"{last_month():%Y-%m}"


def at(name: str, *args) -> str:
    return reverse(f"trainees:{name}", args=args)


@pytest.fixture
def sheet(enrollment, trainer) -> MonthlySheet:
    """A signed month whose file waits to be drawn."""
    attended(enrollment)
    return close_month(enrollment=enrollment, month=last_month(), by=trainer).sheets.get()


def test_a_month_is_signed_and_reopened_from_the_page(page_of, enrollment, trainer, director):
    attended(enrollment)
    hours = at("hours", enrollment.pk)

    assert page_of(trainer, at("month_close", enrollment.pk, slug()), {}) == (302, hours)
    assert "feuille signée" in page_of(director, hours)[1]
    page_of(director, at("month_reopen", enrollment.pk, slug()), {"reason": ""})
    assert "porte son motif" in page_of(director, hours)[1]
    page_of(director, at("month_reopen", enrollment.pk, slug()), {"reason": "Erreur"})
    page = page_of(director, hours)[1]
    assert "Signer la feuille" in page
    assert "1 feuille remplacée" in page.replace("\xa0", " ")
    assert "Erreur" in page


def test_the_page_asks_why_signatures_are_missing(page_of, enrollment, trainer):
    attended(enrollment, signed=False)
    hours, close = at("hours", enrollment.pk), at("month_close", enrollment.pk, slug())

    assert "Pourquoi ces signatures manquent" in page_of(trainer, hours)[1]
    page_of(trainer, close, {})
    assert "Faites signer, ou dites pourquoi" in page_of(trainer, hours)[1]
    page_of(trainer, close, {"missing_reason": "Téléphone perdu"})
    assert "Signatures manquantes&nbsp;: Téléphone perdu" in page_of(trainer, hours)[1]


def test_the_page_says_what_stands_in_the_way(page_of, enrollment, trainer):
    attended(enrollment, held_on=clock.today())

    page = page_of(trainer, at("hours", enrollment.pk))[1]

    assert "n’est pas fini" in page
    assert "Signer la feuille" not in page


@pytest.mark.parametrize("reason", ["é" * 501, "a\x00b"])
def test_a_reason_that_cannot_be_kept_does_not_reopen_a_month(page_of, enrollment, sheet, director, reason):
    status, _ = page_of(director, at("month_reopen", enrollment.pk, slug()), {"reason": reason})

    assert status == 302
    assert "Le motif" in page_of(director, at("hours", enrollment.pk))[1]
    assert enrollment.month_closings.get().reopened_at is None


@pytest.mark.parametrize("month", ["2026-13", "2026", "abc", "0000-01", "2026-1-1"])
def test_a_month_that_does_not_exist_is_not_found(page_of, enrollment, trainer, month):
    assert page_of(trainer, at("month_close", enrollment.pk, month), {})[0] == 404
    assert page_of(trainer, f"{at('month_list')}?mois={month}")[0] == 404


def test_the_sheet_is_awaited_then_read(client, page_of, enrollment, sheet, trainer, certifier, run_work):
    hours = at("hours", enrollment.pk)
    assert "La feuille se prépare" in page_of(trainer, hours)[1]
    status, page = page_of(trainer, at("sheet_file", sheet.pk))
    assert status == 409
    assert "en préparation" in page

    run_work()

    assert at("sheet_file", sheet.pk) in page_of(trainer, hours)[1]
    assert "La feuille est prête" in page_of(trainer, at("sheet_progress", sheet.pk))[1]
    answer = client.get(at("sheet_file", sheet.pk))
    assert answer.content.startswith(b"%PDF")
    assert f"emargement-{slug()}" in answer.headers["Content-Disposition"]
    assert not JournalEntry.objects.filter(action="trainees.sheet.read").exists()
    client.force_login(certifier)
    client.get(at("sheet_file", sheet.pk))
    assert JournalEntry.objects.get(action="trainees.sheet.read").topic_id == enrollment.pk


def test_a_drawing_that_was_set_aside_is_started_again(page_of, enrollment, sheet, trainer, run_work):
    Work.objects.update(state="set_aside", attempts=8)
    assert "Relancer la préparation" in page_of(trainer, at("hours", enrollment.pk))[1]

    page_of(trainer, at("sheet_retry", sheet.pk), {})

    assert run_work() == 1
    assert MonthlySheet.objects.get().file


def test_the_provisional_sheet_leads_to_the_signed_one(client, enrollment, trainer):
    attended(enrollment)
    url = at("month_sheet", enrollment.pk, slug(), enrollment.structure_id)
    client.force_login(trainer)

    assert client.get(url).content.startswith(b"%PDF")
    assert client.get(at("month_sheet", enrollment.pk, slug(), StructureFactory().pk)).status_code == 404
    sheet = close_month(enrollment=enrollment, month=last_month(), by=trainer).sheets.get()
    assert client.get(url).headers["Location"] == at("sheet_file", sheet.pk)


def test_the_replaced_sheet_stays_readable(client, enrollment, sheet, trainer, director, run_work):
    run_work()
    reopen_month(enrollment=enrollment, month=last_month(), reason="Erreur", by=director)

    client.force_login(trainer)

    assert client.get(at("sheet_file", sheet.pk)).status_code == 200


def test_the_employer_left_behind_finds_its_sheets_on_its_page(
    client, enrollment, trainer, stranger, run_work
):
    elsewhere = stranger.memberships.get().structure
    attended(enrollment, structure=elsewhere, held_on=last_month(2))
    attended(enrollment, held_on=last_month(20))
    days = {"starts_on": last_month(1), "ends_on": last_month(10)}
    placement = PastPlacement.objects.create(enrollment=enrollment, structure=elsewhere, **days)
    close_month(enrollment=enrollment, month=last_month(), by=trainer)
    own, other = (MonthlySheet.objects.get(structure=row) for row in (elsewhere, enrollment.structure))
    client.force_login(stranger)

    assert client.get(at("sheet_file", own.pk)).status_code == 409
    run_work()
    page = client.get(reverse("evaluations:past_placement", args=[placement.pk])).text

    assert at("sheet_file", own.pk) in page
    assert at("sheet_file", other.pk) not in page
    assert client.get(at("sheet_file", own.pk)).status_code == 200
    assert client.get(at("sheet_file", other.pk)).status_code == 404


def test_the_complete_sheets_of_a_crew_are_signed_in_one_act(page_of, crew, trainer, enrollment):
    ready, unsigned, waiting = crew
    attended(ready)
    attended(unsigned, signed=False)
    attended(waiting)
    slot = TrainingSessionFactory(
        structure=waiting.structure, held_on=last_month(9), state=SessionState.PLANNED, theme="Bouturer"
    )
    slot.expected.add(waiting)
    page = page_of(trainer, at("month_list"))[1]

    assert page.count('type="checkbox"') == 1
    assert str(enrollment.trainee) not in page
    assert "« Bouturer »" in page
    everybody = {"enrollment": [str(row.pk) for row in crew]}
    status, back = page_of(trainer, f"{at('month_list')}?mois={slug()}", everybody)
    text = page_of(trainer, back)[1].replace("\xa0", " ")

    assert (status, back) == (302, f"{at('month_list')}?mois={slug()}&structure={ready.structure_id}")
    assert "1 feuille signée pour le mois" in text
    assert f"{unsigned.trainee} : 1 signature à recueillir" in text
    assert f"{waiting.trainee} : L’appel n’est pas fait" in text
    assert [row.month_closings.count() for row in crew] == [1, 0, 0]


def test_nobody_signs_the_month_of_another_crew(page_of, enrollment, stranger):
    attended(enrollment)

    page_of(stranger, at("month_list"), {"enrollment": [str(enrollment.pk)]})

    assert not enrollment.month_closings.exists()


@pytest.mark.parametrize("name", ["month_list", "hours"])
def test_the_pages_of_the_months_ask_the_same_for_one_and_for_three(count_queries, enrollment, trainer, name):
    url = at(name, *([enrollment.pk] if name == "hours" else []))
    attended(enrollment)
    close_month(enrollment=enrollment, month=last_month(), by=trainer)
    attended(enrollment, held_on=last_month() - timedelta(days=40), signed=False)
    one = count_queries(trainer, url)

    for n in range(2):
        other = EnrollmentFactory(structure=enrollment.structure, referent=trainer)
        attended(other)
        close_month(enrollment=other, month=last_month(), by=trainer)
        attended(enrollment, held_on=last_month() - timedelta(days=70 + 31 * n), signed=False)

    assert count_queries(trainer, url) == one <= 24


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "2026-3", "\0"])
def test_a_month_outside_of_the_calendar_of_the_site_is_not_found(page_of, enrollment, trainer, month):
    status, _ = page_of(trainer, f"{at('month_list')}?{urlencode({'mois': month})}")
    signing, _ = page_of(trainer, at("month_close", enrollment.pk, month), {})

    assert (status, signing) == (404, 404)
