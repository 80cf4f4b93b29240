"""Duplicates: the very same file again, and the journal that keeps who, when and why."""

import pytest
from django.urls import reverse

from certificates.services.register.lines import replace_certificate, revoke_certificate
from core.models import JournalEntry
from tests.factories.register import certificate_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_certifier(client, certifier):
    client.force_login(certifier)
    return client


@pytest.fixture
def certificate(run_work):
    certificate = certificate_of()
    run_work()
    certificate.refresh_from_db()
    return certificate


def duplicate(client, certificate, **data):
    return client.post(reverse("certificates:certificate_duplicate", args=[certificate.pk]), data)


def told() -> list[JournalEntry]:
    return list(
        JournalEntry.objects.filter(action="certificates.certificate.duplicated").order_by("sequence")
    )


def test_a_duplicate_is_the_same_file_byte_for_byte_and_the_journal_keeps_it(
    as_certifier, certificate, certifier
):
    with certificate.file.open("rb") as file:
        delivered = file.read()

    first = duplicate(as_certifier, certificate, reason=" Parchemin perdu ")
    second = duplicate(as_certifier, certificate)

    assert first.content == second.content == delivered
    assert first["Content-Disposition"] == f'attachment; filename="{certificate.number}.pdf"'
    assert [(entry.actor, entry.reason) for entry in told()] == [
        (certifier, "Parchemin perdu"),
        (certifier, ""),
    ]


def test_the_page_counts_the_duplicates(as_certifier, certificate):
    url = reverse("certificates:certificate_detail", args=[certificate.pk])
    before = as_certifier.get(url).content.decode()
    duplicate(as_certifier, certificate)

    after = as_certifier.get(url).content.decode()

    assert "duplicata délivré" not in before
    assert "1\xa0duplicata délivré" in after


def test_a_reason_too_long_answers_422_with_what_was_typed(as_certifier, certificate):
    reason = "Perdu dans un déménagement. " * 18

    response = duplicate(as_certifier, certificate, reason=reason)

    shown = response.content.decode()
    assert response.status_code == 422
    assert "500" in shown
    assert reason.strip() in shown
    assert '<details class="confirm" open' in shown
    assert told() == []


def test_asking_by_get_writes_nothing(as_certifier, certificate):
    response = as_certifier.get(reverse("certificates:certificate_duplicate", args=[certificate.pk]))

    assert response.status_code == 405
    assert told() == []


def test_none_is_delivered_of_a_revoked_certificate(as_certifier, certificate, certifier):
    revoke_certificate(certificate=certificate, reason="Fraude", by=certifier)

    response = duplicate(as_certifier, certificate)

    assert response.status_code == 409
    assert "il n’en est pas délivré de duplicata" in response.content.decode()
    assert told() == []


def test_none_is_delivered_of_a_replaced_certificate_and_the_one_that_stands_is_named(
    as_certifier, certificate, certifier
):
    new = replace_certificate(
        certificate=certificate, changes={"first_names": "Inès"}, reason="Prénom", by=certifier
    )

    response = duplicate(as_certifier, certificate)

    assert response.status_code == 409
    assert f"Celui qui vaut est le {new.number}" in response.content.decode()


def test_none_is_delivered_before_its_file_is_there(as_certifier):
    response = duplicate(as_certifier, certificate_of())

    assert response.status_code == 409
    assert "en préparation" in response.content.decode()
