from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from core import clock
from tests.factories import ImmersionFactory, TutorAppraisalFactory
from trainees.models import Immersion

WEEK = {str(day): [["08:00", "12:00"], ["13:00", "16:00"]] for day in range(5)}


def at(name: str, immersion: Immersion) -> str:
    return reverse(f"trainees:{name}", args=[immersion.pk])


@pytest.fixture
def immersion(enrollment):
    return ImmersionFactory(enrollment=enrollment, tutor_email="paul@entreprise.example")


@pytest.fixture
def monday():
    day = clock.today() + timedelta(days=7)
    return day - timedelta(days=day.weekday())


@pytest.fixture
def typed(monday):
    return {
        "host_name": "Pépinières du Sud",
        "tutor_name": "Paul Tuteur",
        "purpose": "discover",
        "objectives": "Voir",
        "starts_on": monday,
        "ends_on": monday + timedelta(days=4),
        "planned_minutes": "",
        "usual": "8h-12h et 13h-16h",
    }


def minutes_of(immersion: Immersion) -> dict[str, int]:
    return {day: len(slots) for day, slots in immersion.schedule.items()}


def test_one_line_makes_the_schedule_of_the_week(page_of, enrollment, trainer, typed):
    url = reverse("trainees:immersion_add", args=[enrollment.pk])

    status, where = page_of(trainer, url, typed | {"day_2": "repos", "day_5": "9h-12h", "day_4": "8-12"})

    immersion = enrollment.immersions.get()
    assert (status, where) == (302, at("immersion_detail", immersion))
    assert minutes_of(immersion) == {"0": 2, "1": 2, "3": 2, "4": 1, "5": 1}
    html = page_of(trainer, where)[1]
    assert "de 8\u00a0h à 12\u00a0h et de 13\u00a0h à 16\u00a0h" in html
    assert "Mercredi" not in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"usual": "le matin"}, "ne se lisent pas"),
        ({"day_6": "x" * 61}, "60"),
        ({"usual": "8\x00-12"}, "caractère nul"),
        ({"usual": "", "planned_minutes": ""}, "donnez les horaires"),
        ({"planned_minutes": "12 h"}, "Corrigez l’un ou l’autre"),
        ({"usual": "6-12 13-19"}, "une journée ne dépasse pas"),
        ({"tutor_email": "paul"}, "n’est pas valable"),
        ({"host_name": "x" * 10_000}, "120"),
        ({"objectives": "🌱" * 10_000}, "1000"),
        ({"starts_on": "0001-01-01"}, "trop loin"),
        ({"ends_on": "2099-12-31"}, "sort du contrat"),
        ({"starts_on": "31/02/2026"}, "n’existe pas"),
    ],
)
def test_what_is_refused_is_kept_as_typed(page_of, enrollment, trainer, typed, changes, words):
    url = reverse("trainees:immersion_add", args=[enrollment.pk])

    status, html = page_of(trainer, url, typed | changes)

    assert status == 422
    assert words in html.replace("&#x27;", "’")
    assert 'value="Paul Tuteur"' in html
    assert not Immersion.objects.exists()


def test_the_page_of_an_immersion_says_what_the_convention_lacks(page_of, immersion, trainer):
    html = page_of(trainer, at("immersion_detail", immersion))[1]

    assert "Avant de la faire signer, il manque" in html
    assert "Les horaires de présence" in html
    assert "Demander l’avis du tuteur" in html


def test_the_trainee_reads_their_immersion_and_acts_on_nothing(page_of, immersion, trainee_user):
    TutorAppraisalFactory(
        immersion=immersion, answered_at=clock.now(), objectives_reached="partly", signed_as="P. Tuteur",
        went_well="<b>Soigneuse</b>",
    )  # fmt: skip

    status, html = page_of(trainee_user, at("immersion_detail", immersion))

    assert status == 200
    assert "En partie" in html
    assert "&lt;b&gt;Soigneuse" in html
    for act in ("Modifier", "Annuler", "Imprimer", "paul@entreprise.example"):
        assert act not in html


def test_an_immersion_is_changed_completed_and_cancelled_on_its_pages(page_of, enrollment, trainer, typed):
    page_of(trainer, reverse("trainees:immersion_add", args=[enrollment.pk]), typed)
    immersion = enrollment.immersions.get()
    edit = at("immersion_edit", immersion)

    assert 'value="8:00–12:00 / 13:00–16:00"' in page_of(trainer, edit)[1]
    assert page_of(trainer, edit, typed | {"place": "12 rue des Serres"})[0] == 302
    status, html = page_of(trainer, edit, typed | {"host_name": "Autre", "place": "12 rue des Serres"})
    assert status == 422
    assert "dites pourquoi" in html
    assert page_of(trainer, edit, typed | {"host_name": "Autre", "reason": "Elle a fermé"})[0] == 302
    cancel = at("immersion_cancel", immersion)
    status, html = page_of(trainer, cancel, {"reason": ""})
    assert status == 409
    assert "dit pourquoi" in html
    assert page_of(trainer, cancel, {"reason": "Plus de place"})[0] == 302
    assert page_of(trainer, at("immersion_detail", immersion))[0] == 404


def test_a_renewal_begins_with_what_was_agreed(page_of, immersion, trainer):
    url = reverse("trainees:immersion_add", args=[immersion.enrollment_id])

    html = page_of(trainer, f"{url}?renouvelle={immersion.pk}")[1]

    assert 'value="Jardins du Lez"' in html
    assert f'<option value="{immersion.pk}" selected' in html
    for nonsense in ("x", "00000000-0000-0000-0000-000000000000", "\x00"):
        assert page_of(trainer, f"{url}?renouvelle={nonsense}")[0] == 200


def test_a_renewal_goes_through_its_page(page_of, immersion, trainer, typed):
    url = reverse("trainees:immersion_add", args=[immersion.enrollment_id])
    renewal = typed | {"host_name": "Jardins du Lez", "renews": immersion.pk}

    assert "ce qui reste à atteindre" in page_of(trainer, url, renewal)[1]
    status, where = page_of(trainer, url, renewal | {"renewal_reason": "Tenir la serre"})
    assert status == 302
    assert "Reste à atteindre\u00a0: Tenir la serre" in page_of(trainer, where)[1].replace("&nbsp;", "\u00a0")
    assert "Renouvelée par" in page_of(trainer, at("immersion_detail", immersion))[1]


def test_more_hours_than_planned_ask_why_on_the_page(page_of, immersion, trainer):
    url = at("immersion_confirm", immersion)

    status, html = page_of(trainer, url, {"done_minutes": "36"})
    assert status == 422
    assert "de plus que la convention" in html
    assert page_of(trainer, url, {"done_minutes": "36", "reason": "Un samedi"})[0] == 302
    html = page_of(trainer, at("immersion_detail", immersion))[1]
    assert "Un samedi" in html
    assert "Modifier" not in html


def test_the_tutor_is_asked_on_the_page_and_the_page_tells_where_it_stands(
    page_of, immersion, trainer, run_work
):
    status, html = page_of(trainer, at("tutor_ask", immersion), {"email": "paul"})
    assert status == 422
    assert 'value="paul"' in html
    assert page_of(trainer, at("tutor_ask", immersion), {"email": "paul@entreprise.example"})[0] == 302
    assert "part dans un instant" in page_of(trainer, at("immersion_detail", immersion))[1]
    run_work()
    assert "Demandé à paul@entreprise.example" in page_of(trainer, at("immersion_detail", immersion))[1]


def test_the_convention_is_a_pdf_that_says_what_the_law_asks(client, immersion, trainer):
    immersion.schedule, immersion.tasks = WEEK, "Semer & repiquer"
    immersion.save()
    client.force_login(trainer)

    response = client.get(at("immersion_convention", immersion))

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    text = " ".join(text.split())
    trainee = immersion.enrollment.trainee
    assert response["Content-Type"] == "application/pdf"
    for words in (
        "le formulaire officiel (Cerfa) fait foi", trainee.birth_name, "17 mai 1990", "Jardins du Lez",
        "Paul Tuteur", "35 h", "Découvrir le métier de jardinier", "Semer & repiquer", "à compléter", "Mercredi",
    ):  # fmt: skip
        assert words in text, words


def test_a_convention_with_signs_that_the_typeface_lacks_is_drawn_all_the_same(client, immersion, trainer):
    immersion.tasks = "🌱 植物 " * 100
    immersion.save()
    client.force_login(trainer)

    assert client.get(at("immersion_convention", immersion)).content.startswith(b"%PDF")


def test_the_page_asks_as_many_queries_for_one_link_as_for_three(count_queries, immersion, trainer):
    ended = {"revoked_at": clock.now()}
    TutorAppraisalFactory(immersion=immersion, **ended)
    one = count_queries(trainer, at("immersion_detail", immersion))

    TutorAppraisalFactory.create_batch(2, immersion=immersion, **ended)
    ImmersionFactory.create_batch(2, enrollment=immersion.enrollment)

    assert count_queries(trainer, at("immersion_detail", immersion)) == one <= 16


def test_the_hours_page_shows_what_the_tutor_said_in_a_constant_number_of_queries(
    page_of, count_queries, immersion, trainer
):
    url = reverse("trainees:hours", args=[immersion.enrollment_id])
    one = count_queries(trainer, url)
    for _ in range(2):
        other = ImmersionFactory(enrollment=immersion.enrollment)
        TutorAppraisalFactory(
            immersion=other, answered_at=clock.now(), objectives_reached="partly", signed_as="Paul"
        )

    assert count_queries(trainer, url) == one
    assert page_of(trainer, url)[1].count("en partie") == 2
