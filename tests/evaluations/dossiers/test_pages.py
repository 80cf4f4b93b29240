import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.enums import WorkState
from core.models import Work
from evaluations.enums import DossierState, Piece
from evaluations.models import Dossier
from evaluations.queries.dossiers import read_gateway
from evaluations.services.dossiers import return_dossier, seal_dossier
from tests.evaluations.conftest import queries_of
from tests.factories import EnrollmentFactory, FrameworkFactory, seal_anyhow


def url(name, row):
    return reverse(f"evaluations:{name}", args=[row.pk])


@pytest.fixture
def sealed(signed_enrollment, director):
    return seal_dossier(enrollment=signed_enrollment, by=director)


def test_the_gateway_names_what_is_missing_with_a_link(client, enrollment, trainer):
    FrameworkFactory()
    client.force_login(trainer)

    page = client.get(url("gateway", enrollment))

    assertContains(page, "Le plan de formation n’est pas encore établi")
    assertContains(page, reverse("trainees:plan", args=[enrollment.pk]))
    assertNotContains(page, "Sceller le dossier")


def test_the_three_people_sign_and_the_director_seals(
    client, complete_enrollment, trainee_user, trainer, director
):
    for person, role in ((trainee_user, "trainee"), (trainer, "trainer"), (director, "director")):
        client.force_login(person)
        name = complete_enrollment.trainee if role == "trainee" else person
        client.post(url("sign", complete_enrollment), {"role": role, "signatory": str(name)})
    assert read_gateway(complete_enrollment).ready

    assertContains(client.get(url("gateway", complete_enrollment)), "Sceller le dossier")
    response = client.post(url("seal", complete_enrollment), follow=True)

    assertContains(response, "Présentation 1")
    assert Dossier.objects.get().state == DossierState.SEALED


def test_the_trainee_signs_on_the_page_of_a_trainer(client, complete_enrollment, trainer):
    client.force_login(trainer)
    assertContains(client.get(url("gateway", complete_enrollment)), "en votre présence")

    client.post(
        url("sign", complete_enrollment), {"role": "trainee", "signatory": str(complete_enrollment.trainee)}
    )

    assert read_gateway(complete_enrollment).signatures["trainee"].in_presence


@pytest.mark.parametrize(
    ("data", "status"),
    [({"role": "trainer", "signatory": ""}, 422), ({"role": "trainer", "signatory": "x"}, 422), ({}, 403)],
)
def test_a_wrong_signature_is_refused_on_the_page(client, complete_enrollment, trainer, data, status):
    client.force_login(trainer)

    assert client.post(url("sign", complete_enrollment), data).status_code == status


def test_sealing_twice_says_that_it_is_done(client, sealed, director):
    client.force_login(director)

    response = client.post(url("seal", sealed.enrollment))

    assertContains(response, "déjà scellé", status_code=409)
    assert Dossier.objects.count() == 1


def test_the_page_waits_for_the_file_then_links_to_it(client, sealed, director, run_work):
    client.force_login(director)
    assertContains(client.get(url("dossier_detail", sealed)), "en préparation")
    assertContains(client.get(url("dossier_file", sealed)), "en préparation", status_code=409)

    run_work()

    assertContains(client.get(url("dossier_progress", sealed)), url("dossier_file", sealed))
    response = client.get(url("dossier_file", sealed))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_a_drawing_set_aside_is_told_and_started_again(client, sealed, director, run_work):
    Work.objects.update(state=WorkState.SET_ASIDE, attempts=8)
    client.force_login(director)
    assertContains(client.get(url("dossier_detail", sealed)), "Relancer la préparation")

    client.post(url("dossier_retry", sealed))
    run_work()

    assertContains(client.get(url("dossier_detail", sealed)), "Lire le dossier")


def test_the_certifier_accepts_from_the_page(client, sealed, certifier):
    client.force_login(certifier)

    response = client.post(url("dossier_examine", sealed), {"decision": "accept"})

    assertRedirects(response, url("dossier_detail", sealed))
    sealed.refresh_from_db()
    assert sealed.state == DossierState.ACCEPTED


def test_the_certifier_returns_a_piece_and_the_team_reads_why(client, sealed, certifier, trainer):
    client.force_login(certifier)
    client.post(url("dossier_examine", sealed), {"decision": "return", "sheets": "La fiche 2 ne dit pas où."})
    client.force_login(trainer)

    page = client.get(url("gateway", sealed.enrollment))

    assertContains(page, "La fiche 2 ne dit pas où.")
    assertContains(page, "renvoyé à compléter")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"decision": "accept", "sheets": "Un mot"}, "un mot demande une reprise"),
        ({"decision": "return"}, "quelle pièce est à reprendre"),
        ({}, "quelle pièce est à reprendre"),
    ],
)
def test_an_examination_that_contradicts_itself_is_refused(client, sealed, certifier, data, sentence):
    client.force_login(certifier)

    assertContains(client.post(url("dossier_examine", sealed), data), sentence, status_code=422)

    sealed.refresh_from_db()
    assert sealed.state == DossierState.SEALED


def test_what_was_accepted_before_is_told_at_the_next_attempt(client, signed_enrollment, certifier):
    first = seal_anyhow(signed_enrollment)
    return_dossier(dossier=first, reasons={Piece.HOURS: "Deux feuilles manquent."}, by=certifier)
    second = seal_anyhow(signed_enrollment, attempt=2)
    client.force_login(certifier)

    page = client.get(url("dossier_examine", second))

    assertContains(page, "Acceptée à la présentation précédente.", count=len(Piece) - 1)


def test_the_list_shows_what_is_to_examine_and_finds_by_name(client, certifier):
    seal_anyhow(EnrollmentFactory(trainee__birth_name="BÉNALI"))
    seal_anyhow(EnrollmentFactory(trainee__birth_name="MARTIN"))
    client.force_login(certifier)

    page = client.get(reverse("evaluations:dossier_list"), {"q": "benali"})

    assertContains(page, "BÉNALI")
    assertNotContains(page, "MARTIN")
    assertContains(client.get(reverse("evaluations:dossier_list"), {"state": "nonsense"}), "MARTIN")


def test_what_the_filter_hides_of_a_search_is_one_link_away(client, certifier):
    seal_anyhow(EnrollmentFactory(trainee__birth_name="BÉNALI"))
    client.force_login(certifier)

    page = client.get(reverse("evaluations:dossier_list"), {"q": "benali", "state": "accepted"})

    assertContains(page, '<a href="?q=benali&amp;state=all">1\u00a0autre hors du filtre</a>')


def test_the_list_takes_the_same_number_of_queries_for_1_and_3_rows(client, certifier):
    client.force_login(certifier)
    address = reverse("evaluations:dossier_list")
    seal_anyhow(EnrollmentFactory())
    with_one = queries_of(client, address)

    for _ in range(2):
        seal_anyhow(EnrollmentFactory())

    assert queries_of(client, address) == with_one


def test_the_gateway_takes_the_same_number_of_queries_for_1_and_3_attempts(
    client, signed_enrollment, certifier, director
):
    client.force_login(director)
    counts = []

    for attempt in (1, 2, 3):
        dossier = seal_anyhow(signed_enrollment, attempt=attempt)
        return_dossier(dossier=dossier, reasons={Piece.HOURS: "Il en manque."}, by=certifier)
        counts.append(queries_of(client, url("gateway", signed_enrollment)))

    assert len(set(counts)) == 1
    assert counts[0] < 25
