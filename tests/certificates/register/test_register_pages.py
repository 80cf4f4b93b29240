"""The register on screen: search, one line, files, revocation, replacement, progress, export."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.enums import CertificateState
from certificates.models import Certificate
from certificates.services.register.lines import revoke_certificate
from core.enums import WorkState
from core.models import JournalEntry, Work
from tests.factories import EnrollmentFactory, JurySessionFactory
from tests.factories.register import certificate_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_certifier(client, certifier):
    client.force_login(certifier)
    return client


def page(client, name: str, *args, **query) -> str:
    room = "juries" if name == "session_certificates" else "certificates"
    return client.get(reverse(f"{room}:{name}", args=args), query).content.decode()


def queries_of(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_list_is_found_by_words_of_the_name_the_number_the_year_and_the_state(as_certifier):
    session = JurySessionFactory()
    samira = certificate_of(session=session, first_names="Samira", birth_name="BÉNALI")
    karim = certificate_of(session=session, first_names="Karim", birth_name="OULD", sex="M")

    found = {
        "samira benali": page(as_certifier, "certificate_list", q="samira benali"),
        "number": page(as_certifier, "certificate_list", q=karim.number[-6:]),
        "year": page(as_certifier, "certificate_list", year=str(samira.year)),
        "state": page(as_certifier, "certificate_list", state="revoked"),
        "nonsense": page(as_certifier, "certificate_list", year="abc", state="?"),
    }

    assert ("BÉNALI" in found["samira benali"], "OULD" in found["samira benali"]) == (True, False)
    assert ("BÉNALI" in found["number"], "OULD" in found["number"]) == (False, True)
    assert "BÉNALI" in found["year"]
    assert "Aucun certificat ne correspond" in found["state"]
    assert "BÉNALI" in found["nonsense"]


def test_a_team_reads_the_certificates_of_its_own_enrollments(client, director, structure):
    mine = certificate_of(EnrollmentFactory(structure=structure, trainee__birth_name="DUSITE"))
    other = certificate_of(birth_name="AILLEURS")
    client.force_login(director)

    listed = page(client, "certificate_list")

    assert "DUSITE" in listed
    assert "AILLEURS" not in listed
    assert client.get(reverse("certificates:certificate_detail", args=[mine.pk])).status_code == 200
    assert client.get(reverse("certificates:certificate_detail", args=[other.pk])).status_code == 404


def test_the_holder_reads_and_downloads_their_own_certificate(client, enrollment, trainee_user, run_work):
    certificate = certificate_of(enrollment)
    run_work()
    client.force_login(trainee_user)

    response = client.get(reverse("certificates:certificate_file", args=[certificate.pk]))

    assert response["Content-Type"] == "application/pdf"
    assert certificate.number in response["Content-Disposition"]
    assert response.content.startswith(b"%PDF-")
    assert JournalEntry.objects.filter(
        action="certificates.certificate.downloaded", actor=trainee_user
    ).exists()


def test_a_file_that_is_not_ready_answers_409_with_the_page(as_certifier):
    certificate = certificate_of()

    response = as_certifier.get(reverse("certificates:certificate_file", args=[certificate.pk]))

    assert response.status_code == 409
    assert "en préparation" in response.content.decode()


@pytest.mark.parametrize(
    "name", ["certificates:certificate_list", "certificates:register_csv", "juries:session_certificates"]
)
def test_three_lines_cost_as_many_queries_as_one(as_certifier, name):
    session = JurySessionFactory()
    url = reverse(name, args=[session.pk] if name == "juries:session_certificates" else [])
    certificate_of(session=session)

    with_one = queries_of(as_certifier, url)
    for _ in range(2):
        certificate_of(session=session)
    with_three = queries_of(as_certifier, url)

    assert with_three == with_one
    assert with_one <= 16


def test_the_detail_tells_its_history_to_the_certifier(as_certifier, certifier):
    certificate = certificate_of()
    revoke_certificate(certificate=certificate, reason="Fraude au dossier", by=certifier)

    shown = page(as_certifier, "certificate_detail", certificate.pk)

    assert "inscrit au registre" in shown
    assert "Fraude au dossier" in shown
    assert "Révoquer le certificat" not in shown


def test_a_team_does_not_read_why_a_certificate_was_revoked(client, certifier, director, structure):
    certificate = certificate_of(EnrollmentFactory(structure=structure))
    revoke_certificate(certificate=certificate, reason="Motif intime", by=certifier)
    client.force_login(director)

    assert "Motif intime" not in page(client, "certificate_detail", certificate.pk)


def test_revoking_twice_says_that_it_is_done_with_the_reason_kept(as_certifier, certifier):
    certificate = certificate_of()
    url = reverse("certificates:certificate_revoke", args=[certificate.pk])
    first = as_certifier.post(url, {"reason": "Fraude"})

    second = as_certifier.post(url, {"reason": "Encore une fraude"})

    assert first.status_code == 302
    assert second.status_code == 409
    assert "déjà révoqué" in second.content.decode()
    assert "Encore une fraude" in second.content.decode()


def test_a_correction_leads_to_the_new_certificate(as_certifier):
    old = certificate_of()
    printed = {
        "first_names": "Samira Inès",
        "birth_name": old.birth_name,
        "sex": "F",
        "birth_date": "1990-05-17",
        "birth_place": "Sète",
        "birth_country": "France",
        "reason": "Prénom oublié",
    }

    response = as_certifier.post(reverse("certificates:certificate_replace", args=[old.pk]), printed)

    new = Certificate.objects.get(replaces=old)
    assert response["Location"] == reverse("certificates:certificate_detail", args=[new.pk])
    assert new.first_names == "Samira Inès"


def test_a_correction_that_changes_nothing_or_prints_wrong_is_refused_on_the_page(as_certifier):
    old = certificate_of()
    url = reverse("certificates:certificate_replace", args=[old.pk])
    same = {
        "first_names": old.first_names,
        "birth_name": old.birth_name,
        "sex": old.sex,
        "birth_date": old.birth_date.isoformat(),
        "birth_place": old.birth_place,
        "birth_country": old.birth_country,
        "reason": "Essai",
    }

    nothing = as_certifier.post(url, same)
    wrong = as_certifier.post(url, same | {"first_names": "王芳"})

    assert (nothing.status_code, wrong.status_code) == (422, 422)
    assert "Rien ne change" in nothing.content.decode()
    assert "lettres latines" in wrong.content.decode()
    assert Certificate.objects.count() == 1


def test_the_progress_counts_what_is_ready_and_goes_on_by_itself(as_certifier, run_work):
    session = JurySessionFactory()
    certificate_of(session=session)
    run_work()
    certificate_of(session=session)

    waiting = page(as_certifier, "session_certificates", session.pk)
    run_work()
    ready = page(as_certifier, "session_certificates", session.pk)

    assert "1 certificat prêt sur 2" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "Actualiser" in waiting
    assert "2 certificats prêts sur 2" in ready
    assert "hx-trigger" not in ready


def test_htmx_gets_the_moving_part_alone(as_certifier):
    session = JurySessionFactory()
    certificate_of(session=session)

    response = as_certifier.get(
        reverse("juries:session_certificates", args=[session.pk]), headers={"HX-Request": "true"}
    )

    assert "<html" not in response.content.decode()
    assert "0 certificat prêt sur 1" in response.content.decode()


def test_a_file_set_aside_shows_its_reason_and_can_be_started_again(as_certifier, run_work):
    session = JurySessionFactory()
    certificate = certificate_of(session=session)
    Work.objects.update(state=WorkState.SET_ASIDE, attempts=8, error="OSError: No space left on device")

    stuck = page(as_certifier, "session_certificates", session.pk)
    response = as_certifier.post(reverse("certificates:certificate_retry", args=[certificate.pk]))
    run_work()

    certificate.refresh_from_db()
    assert "Mis de côté après 8" in stuck
    assert "No space left" in stuck
    assert "Relancer" in stuck
    assert response["Location"] == reverse("juries:session_certificates", args=[session.pk])
    assert certificate.state == CertificateState.ISSUED


def test_the_register_opens_in_a_spreadsheet_and_runs_no_formula(as_certifier, certifier):
    certificate = certificate_of(birth_name="=CMD()", first_names="Zoé; Anne")
    revoke_certificate(certificate=certificate, reason="+33 fraude", by=certifier)

    response = as_certifier.get(reverse("certificates:register_csv"))

    content = b"".join(response.streaming_content)
    (line,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert content.startswith(b"\xef\xbb\xbf")
    assert (line["Numéro"], line["Prénoms"]) == (certificate.number, "Zoé; Anne")
    assert (line["Nom de naissance"], line["Motif"]) == ("'=CMD()", "'+33 fraude")
    assert JournalEntry.objects.filter(action="certificates.register.exported").count() == 1
