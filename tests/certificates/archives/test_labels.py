"""Postal labels: one a certificate, whole inside its edges, and a list of those without an address."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from certificates.models import Archive
from certificates.services.archives import read_archives, request_archive
from tests.factories import EnrollmentFactory, JurySessionFactory, StructureFactory
from tests.factories.register import certificate_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return JurySessionFactory()


def pages_of(archive: Archive) -> list:
    archive.refresh_from_db()
    with archive.file.open("rb") as file:
        return list(PdfReader(io.BytesIO(file.read())).pages)


def text_of(archive: Archive) -> list[str]:
    return [page.extract_text() for page in pages_of(archive)]


def heights_of(archive: Archive) -> list[float]:
    """How high each word of the first sheet stands, in millimetres from the foot of the page."""
    found = []

    def visit(text, matrix, text_matrix, font, size) -> None:
        if text.strip():
            found.append((matrix[3] * text_matrix[5] + matrix[5]) / 72 * 25.4)

    pages_of(archive)[0].extract_text(visitor_text=visit)
    return found


def test_labels_are_addressed_to_the_structure_for_the_holder(session, certifier, run_work):
    place = StructureFactory(
        name="Les Jardins du Lez", address="3 rue du Port", postcode="34200", city="Sète"
    )
    certificate = certificate_of(EnrollmentFactory(structure=place), session=session)
    for _ in range(14):
        certificate_of(EnrollmentFactory(structure=place), session=session)
    archive = request_archive(kind="labels", batch_id=session.pk, by=certifier)

    run_work()

    pages = text_of(archive)
    assert len(pages) == 2
    for words in ("Les Jardins du Lez", certificate.full_name, "3 rue du Port", "34200 Sète"):
        assert words in pages[0]
    assert "".join(pages).count("CQP-") == 15


def test_a_structure_without_an_address_gets_no_blank_label_but_a_line_apart(session, certifier, run_work):
    known = certificate_of(
        EnrollmentFactory(structure=StructureFactory(address="3 rue du Port")), session=session
    )
    lost = certificate_of(EnrollmentFactory(structure=StructureFactory(address=" ")), session=session)
    archive = request_archive(kind="labels", batch_id=session.pk, by=certifier)

    run_work()

    labels, apart = text_of(archive)
    (line,) = read_archives(certifier)
    assert known.number in labels
    assert lost.number not in labels
    assert lost.number in apart
    assert "la structure n’a pas d’adresse" in " ".join(apart.split())
    assert line.sentence == "1\xa0étiquette"
    assert "1\xa0certificat sans étiquette\xa0: la structure n’a pas d’adresse." in line.left_out


def test_the_longest_address_stands_whole_inside_its_label(session, certifier, run_work):
    place = StructureFactory(
        name="ASSOCIATION INTERMEDIAIRE DES JARDINS PARTAGES DU BASSIN DE VIE "
        "MONTPELLIERAIN ET DES GARRIGUES HAUTES DU NORD",
        address="Bâtiment C, résidence des Quatre-Vents, 128 bis avenue du Maréchal-Leclerc-de-Hauteclocque, "
        "zone artisanale de la Grande-Plaine, boîte postale 12345, lieu-dit Saint-Martin-de-la-Vieille-Église",
        postcode="34270",
        city="Saint-Jean-de-Cuculles-et-Saint-Mathieu-de-Tréviers",
    )
    person = {
        "trainee__first_names": "Marie-Antoinette Bérengère Philippine",
        "trainee__birth_name": "LE GOFF DE LA ROCHE",
    }
    for day in (1, 2, 3):
        enrollment = EnrollmentFactory(structure=place, trainee__birth_date=date(1990, 5, day), **person)
        certificate_of(enrollment, session=session)
    archive = request_archive(kind="labels", batch_id=session.pk, by=certifier)

    run_work()

    heights = heights_of(archive)
    top, tall = 297 - 15.15, 38.1
    assert all(tall * -2 + top <= height <= top for height in heights)
    for row in (0, 1):
        inside = sorted(height for height in heights if top - (row + 1) * tall < height <= top - row * tall)
        assert top - row * tall - inside[-1] > 3
        assert inside[0] - (top - (row + 1) * tall) > 2
