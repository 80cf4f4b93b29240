from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pytest_django.asserts import assertContains, assertRedirects

from core import clock
from evaluations.enums import SheetState
from evaluations.models import Competency, ExperienceSheet
from tests.evaluations.conftest import queries_of
from tests.factories import ExperienceSheetFactory, FrameworkFactory


@pytest.fixture
def story(enrollment):
    FrameworkFactory()
    return {
        "id": str(uuid4()),
        "title": "La haie du stade",
        "done_on": f"{clock.today():%Y-%m-%d}",
        "where": "Au stade",
        "what": "J’ai taillé la haie.",
        "learnt": "À garder la ligne.",
        f"niveau-{Competency.objects.get(code='9.1').pk}": "3",
    }


@pytest.fixture
def sheet(enrollment, trainer):
    FrameworkFactory()
    return ExperienceSheetFactory(enrollment=enrollment, written_by=trainer, learnt="La précision")


def test_a_trainee_tells_an_experience_and_finds_it_with_its_levels(client, enrollment, trainee_user, story):
    client.force_login(trainee_user)

    response = client.post(reverse("evaluations:sheet_create", args=[enrollment.pk]), story)

    sheet = ExperienceSheet.objects.get()
    assertRedirects(response, reverse("evaluations:sheet_detail", args=[sheet.pk]))
    page = client.get(response.url)
    assertContains(page, "J’ai taillé la haie.")
    assertContains(page, "9.1 Tailler une haie")
    assertContains(page, "J’ai fini")


def test_the_same_page_sent_twice_makes_one_sheet(client, enrollment, trainer, story):
    client.force_login(trainer)

    for _ in range(2):
        client.post(reverse("evaluations:sheet_create", args=[enrollment.pk]), story)

    assert ExperienceSheet.objects.count() == 1


def test_a_refused_sheet_keeps_what_was_typed(client, enrollment, trainer, story):
    client.force_login(trainer)

    response = client.post(
        reverse("evaluations:sheet_create", args=[enrollment.pk]), story | {"done_on": "2099-01-01"}
    )

    assert response.status_code == 422
    assertContains(response, "est à venir", status_code=422)
    assertContains(response, "J’ai taillé la haie.", status_code=422)


def test_a_draft_is_shown_again_with_its_levels(client, sheet, trainer):
    competency = Competency.objects.get(code="9.1")
    sheet.claims.create(competency=competency, rank=2)
    client.force_login(trainer)

    page = client.get(reverse("evaluations:sheet_edit", args=[sheet.pk]))

    assertContains(page, '<option value="2" selected>2 – Avec aide</option>', html=True)


def test_a_sheet_is_submitted_returned_and_validated_from_its_page(client, sheet, trainer):
    sheet.claims.create(competency=Competency.objects.get(code="9.1"), rank=3)
    client.force_login(trainer)

    for act, data in (("submit", {}), ("return", {"reason": "Dites où."}), ("submit", {}), ("validate", {})):
        response = client.post(reverse(f"evaluations:sheet_{act}", args=[sheet.pk]), data, follow=True)
        assert response.status_code == 200

    sheet.refresh_from_db()
    assert (sheet.state, sheet.validated_by) == (SheetState.VALIDATED, trainer)
    assertContains(response, "validée")


def test_an_act_that_came_too_late_is_told_on_the_page(client, sheet, trainer):
    client.force_login(trainer)

    response = client.post(reverse("evaluations:sheet_validate", args=[sheet.pk]))

    assertContains(response, "encore un brouillon", status_code=409)


def test_a_validated_sheet_is_not_edited(client, sheet, trainer):
    ExperienceSheet.objects.update(state=SheetState.VALIDATED, validated_at=clock.now(), validated_by=trainer)
    client.force_login(trainer)

    response = client.get(reverse("evaluations:sheet_edit", args=[sheet.pk]))

    assertRedirects(response, reverse("evaluations:sheet_detail", args=[sheet.pk]))


def test_a_photo_is_added_seen_by_the_team_and_by_nobody_else(client, sheet, trainer, stranger):
    written = BytesIO()
    Image.new("RGB", (60, 40), "green").save(written, "PNG")
    client.force_login(trainer)

    client.post(
        reverse("evaluations:photo_add", args=[sheet.pk]),
        {"photo": SimpleUploadedFile("a.png", written.getvalue(), "image/png"), "caption": "La haie"},
    )

    address = reverse("evaluations:photo", args=[sheet.photos.get().pk])
    response = client.get(address)
    assert (response["Content-Type"], response.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    client.force_login(stranger)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("content", [b"MZ not a photo", b""])
def test_what_is_no_photo_is_refused_on_the_page(client, sheet, trainer, content):
    client.force_login(trainer)

    response = client.post(
        reverse("evaluations:photo_add", args=[sheet.pk]),
        {"photo": SimpleUploadedFile("a.jpg", content, "image/jpeg")},
    )

    assert response.status_code == 422
    assert not sheet.photos.exists()


def test_the_list_takes_the_same_number_of_queries_for_1_and_3_sheets(client, sheet, trainer):
    client.force_login(trainer)
    address = reverse("evaluations:sheet_list", args=[sheet.enrollment_id])
    sheet.photos.create(image="photos/a.jpg")
    with_one = queries_of(client, address)

    for n in range(2):
        another = ExperienceSheetFactory(enrollment=sheet.enrollment, title=f"Chantier {n}")
        another.photos.create(image="photos/a.jpg")

    assert queries_of(client, address) == with_one
