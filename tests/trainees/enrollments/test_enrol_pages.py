from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from structures.enums import Role
from structures.models import Membership
from tests.factories import MembershipFactory, StructureFactory, SupportFactory, TraineeFactory, UserFactory
from trainees.models import Enrollment, Trainee
from trainees.services.imports import model_file

DATA = Path(__file__).parents[2] / "data"
ENROL = reverse("trainees:enrol")
IMPORT = reverse("trainees:import")


@pytest.fixture
def typed(support, trainer, contract):
    """What a director types in the form."""
    return {
        "birth_name": "Martin",
        "first_names": "Олена",
        "sex": "F",
        "birth_date": "14/03/1979",
        "birth_place": "Sète",
        "birth_country": "France",
        "phone": "0612001101",
        "contract_start": contract.start.strftime("%d/%m/%Y"),
        "contract_end": contract.end.isoformat(),
        "weekly_hours": "26,5",
        "support": support.pk,
        "referent": trainer.pk,
    }


@pytest.fixture
def promotion_place(structure, director):
    for name in ("Espaces verts", "Maraîchage"):
        structure.supports.add(SupportFactory(code=name.casefold().replace(" ", "-"), name=name))
    MembershipFactory(structure=structure, user=UserFactory(email="encadrant@cqp.example"))
    return structure


def upload(client, content: bytes, url: str = IMPORT):
    return client.post(url, {"file": SimpleUploadedFile("promotion.csv", content)})


def test_a_person_is_enrolled_from_the_page(page_of, director, typed):
    status, url = page_of(director, ENROL, typed)

    enrollment = Enrollment.objects.get()
    assert (status, url) == (302, reverse("trainee_page", args=[enrollment.pk]))
    assert (str(enrollment.trainee), enrollment.weekly_hours) == ("Олена MARTIN", 26.5)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"birth_name": ""}, "Le nom de naissance manque"),
        ({"birth_date": "31/02/1979"}, "Cette date n’existe pas"),
        ({"birth_date": "14/03/2019"}, "ans au début du contrat"),
        ({"sex": "X"}, "Sélectionnez un choix valide"),
        ({"contract_end": "01/01/2020"}, "finit avant d’avoir commencé"),
        ({"weekly_hours": "vingt-six"}, "Écrivez les heures en chiffres"),
        ({"weekly_hours": "99"}, "35 heures"),
        ({"email": "pas-un-courriel"}, "n’est pas valable"),
        ({"first_names": "=1+1"}, "formule de tableur"),
        ({"support": "nonsense"}, "valide"),
        ({"referent": "6d3c2c5e-4b8e-4d3e-8f21-9f2f6c9f8c11"}, "choix"),
    ],
)
def test_a_faulty_form_keeps_what_was_typed(page_of, director, typed, changes, words):
    status, html = page_of(director, ENROL, typed | changes)

    assert status == 422
    assert words in html
    assert 'value="Олена"' in html or "first_names" in changes
    assert Trainee.objects.count() == 0


def test_the_same_form_sent_twice_enrols_once(page_of, director, typed):
    page_of(director, ENROL, typed)

    status, html = page_of(director, ENROL, typed)

    assert status == 422
    assert "est déjà inscrite dans votre structure" in html
    assert Enrollment.objects.count() == 1


def test_the_page_asks_whether_it_is_a_known_person(page_of, director, typed):
    known = TraineeFactory(
        first_names="Олена", birth_name="MARTÍN", birth_date=date(1979, 3, 14), birth_place=""
    )

    status, html = page_of(director, ENROL, typed)

    assert (status, Enrollment.objects.count()) == (422, 0)
    assert "Est-ce elle" in html
    assert f'value="{known.pk}"' in html
    assert page_of(director, ENROL, typed | {"person": str(known.pk)})[0] == 302
    assert Enrollment.objects.get().trainee == known


def test_a_director_of_two_structures_chooses_one_of_them(page_of, director, structure, typed):
    second = MembershipFactory(user=director, role=Role.DIRECTOR).structure

    assert str(second) in page_of(director, ENROL)[1]
    assert page_of(director, f"{ENROL}?structure={second.pk}")[0] == 200
    for forged in (StructureFactory().pk, "nonsense"):
        assert page_of(director, f"{ENROL}?structure={forged}")[0] == 404


def test_a_preview_shows_the_promotion_and_writes_nothing(client, promotion_place, director):
    Membership.objects.update(starts_on="2026-01-01")
    client.force_login(director)

    response = upload(client, (DATA / "promotion.csv").read_bytes())

    html = response.content.decode()
    assert response.status_code == 200
    assert "12\u00a0personnes à inscrire" in html
    assert "ÇELİK Ümit" in html
    assert Trainee.objects.count() == 0

    confirmed = client.post(IMPORT, {"content": response.context["content"], "confirmed": "1"})
    assert confirmed.status_code == 302
    assert Enrollment.objects.filter(structure=promotion_place).count() == 12

    again = client.post(IMPORT, {"content": response.context["content"], "confirmed": "1"})
    assert again.status_code == 422
    assert "est déjà inscrit" in again.content.decode()
    assert Enrollment.objects.count() == 12


def test_every_fault_of_the_file_is_on_the_page(client, promotion_place, director):
    client.force_login(director)

    response = upload(client, (DATA / "promotion-faulty.csv").read_bytes())

    html = response.content.decode()
    assert response.status_code == 422
    for line in range(2, 14):
        assert f"Ligne {line}" in html
    assert "rien n’est inscrit" in html
    assert Trainee.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"%PDF-1.7", "est un PDF"),
        (b"x" * 10 * 1024 * 1024, "dépasse 1\u00a0Mo"),
        (b"\xff\xfe\x00", "ne se lisent pas"),
    ],
)
def test_another_kind_of_file_is_refused_in_a_sentence(client, promotion_place, director, content, words):
    client.force_login(director)

    response = upload(client, content)

    assert response.status_code == 422
    assert words.replace("\u00a0", " ") in response.content.decode().replace("\u00a0", " ")


def test_a_file_whose_accents_read_in_two_ways_is_shown_as_the_director_chooses(
    client, promotion_place, director
):
    Membership.objects.update(starts_on="2026-01-01")
    client.force_login(director)
    heading, *_, line = model_file().decode("utf-8-sig").replace("é", "e").splitlines()
    line = (
        line.replace("MARTIN", "LEFÈVRE").replace("Sète", "").replace("referent@structure", "encadrant@cqp")
    )
    content = f"{heading}\n{line}".replace("’", "'").encode("cp850")

    question = upload(client, content)
    answer = {"content": question.context["content"], "encoding": "cp850"}
    preview = client.post(IMPORT, answer)

    assert question.status_code == 422
    assert "LEFÔVRE" in question.content.decode()
    assert "LEFÈVRE" in preview.content.decode()
    assert not Trainee.objects.exists()
    client.post(IMPORT, {**answer, "confirmed": "1"})
    assert Trainee.objects.get().birth_name == "LEFÈVRE"


@pytest.mark.parametrize("content", ["", "nonsense", "eJwDAAAAAAE="])
def test_a_preview_that_came_back_broken_is_refused(client, promotion_place, director, content):
    client.force_login(director)

    response = client.post(IMPORT, {"content": content})

    assert response.status_code == 422
    assert Trainee.objects.count() == 0


def test_no_file_at_all_is_told(client, promotion_place, director):
    client.force_login(director)

    response = client.post(IMPORT, {})

    assert response.status_code == 422
    assert "Choisissez un fichier" in response.content.decode()


def test_the_model_file_opens_in_a_french_spreadsheet(client, director):
    client.force_login(director)

    response = client.get(reverse("trainees:import_model"))

    assert response.content == model_file()
    assert response.content.startswith(b"\xef\xbb\xbfNom de naissance;")
