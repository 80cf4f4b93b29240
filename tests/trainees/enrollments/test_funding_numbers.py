"""The numbers that a financier reads on an attendance sheet, and where each one is typed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from core import clock
from core.models import JournalEntry
from tests.factories import MembershipFactory, SupportFactory, UserFactory
from trainees.models import Enrollment
from trainees.services.imports import import_promotion, read_promotion

HEADING = (
    "Nom de naissance;Prénoms;Sexe;Date de naissance;Début du contrat;Fin du contrat;Heures hebdo;"
    "Support de production;Référent (courriel);N° APC"
)
LINE = "MARTIN;Jeanne;F;14/03/1979;02/09/2026;01/09/2027;26;Espaces verts;encadrant@cqp.example"


def test_the_direction_writes_the_funding_number_with_the_contract(page_of, enrollment, director):
    typed = {
        "contract_start": enrollment.contract_start.isoformat(),
        "contract_end": enrollment.contract_end.isoformat(),
        "weekly_hours": "26",
        "funding_number": " APC-2026-00417 ",
    }
    url = reverse("trainees:contract", args=[enrollment.pk])

    assert page_of(director, url, typed)[0] == 302

    enrollment.refresh_from_db()
    assert enrollment.funding_number == "APC-2026-00417"
    data = JournalEntry.objects.get(action="trainees.contract.changed").data
    assert (data["before"]["funding_number"], data["after"]["funding_number"]) == ("", "APC-2026-00417")
    assert "APC-2026-00417" in page_of(director, url)[1]
    status, page = page_of(director, url, typed | {"funding_number": "9" * 41})
    assert status == 422
    assert "40 caractères" in page


@pytest.mark.parametrize(("number", "fault"), [("APC-2026-00417", ""), ("", ""), ("9" * 41, "40 caractères")])
def test_a_promotion_may_bring_its_funding_numbers(structure, director, number, fault):
    with clock.at(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        structure.supports.add(SupportFactory())
        MembershipFactory(structure=structure, user=UserFactory(email="encadrant@cqp.example"))
        content = f"{HEADING.replace('N° ', 'Numéro ')}\n{LINE};{number}\n".encode()
        promotion = read_promotion(structure=structure, content=content)
        if not fault:
            import_promotion(structure=structure, rows=promotion.rows, by=director)

    assert [row.column for row in promotion.faults] == (["Numéro de prise en charge"] if fault else [])
    assert list(Enrollment.objects.values_list("funding_number", flat=True)) == ([] if fault else [number])


def test_the_certifier_writes_the_numbers_of_a_structure(page_of, structure, certifier):
    typed = {"name": structure.name, "siret": structure.siret, "postcode": "34200", "city": "Sète"}
    url = reverse("structures:edit", args=[structure.pk])

    status, page = page_of(certifier, url, typed | {"training_body_number": "76 34 00123"})
    assert status == 422
    assert "11 chiffres" in page
    page_of(certifier, url, typed | {"training_body_number": "76 34 00123 45", "member_number": "ICO-204518"})

    structure.refresh_from_db()
    assert (structure.training_body_number, structure.member_number) == ("76340012345", "ICO-204518")
    page = page_of(certifier, reverse("structures:detail", args=[structure.pk]))[1]
    assert "76340012345" in page
    assert "ICO-204518" in page
