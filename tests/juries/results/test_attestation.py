"""A « partial » decision gives an attestation: a row at the release, a PDF after it."""

from copy import deepcopy
from datetime import date
from io import BytesIO

import pytest
from dateutil.relativedelta import relativedelta
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from pypdf import PdfReader

from core import clock
from core.errors import DomainError
from core.models import JournalEntry
from juries.enums import Outcome
from juries.models import PartialAttestation
from juries.services.results.attestations import download_attestation, write_attestation
from juries.services.results.reversal import reverse_decision
from tests.juries import appeal_builders, builders, release_builders

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]


@pytest.fixture(scope="module")
def released_session(module_db):
    """The candidate was granted the first domain."""
    return release_builders.released_partial(1)


@pytest.fixture
def session(released_session, db):
    return deepcopy(released_session)


@pytest.fixture
def attestation(session):
    return release_builders.attestation_of(session)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_partial_decision_is_attested_at_the_release_with_what_it_gives():
    session = release_builders.released_partial(1, 9)

    attestation = release_builders.attestation_of(session)
    trainee = session.candidates.get().enrollment.trainee
    assert (attestation.first_names, attestation.birth_name) == (trainee.first_names, trainee.birth_name)
    assert [line["number"] for line in attestation.acquired] == [1, 9]
    assert {line["since"] for line in attestation.acquired} == {session.held_on.isoformat()}
    assert [line["number"] for line in attestation.remaining] == [2]
    assert attestation.recommendation == "Deux mois de plus en production."


def test_nothing_is_attested_before_the_release():
    session = release_builders.appraised()
    release_builders.grant(session.candidates.get(), 1)

    builders.close_deliberation(session=session, by=builders.president(session).user)

    assert not PartialAttestation.objects.filter(decision__candidate__session=session).exists()


def test_other_decisions_are_not_attested():
    session = release_builders.released_refusal()

    assert not PartialAttestation.objects.filter(decision__candidate__session=session).exists()


@pytest.mark.parametrize("months", [None, 24])
def test_the_validity_is_that_of_the_rules_of_the_session(months):
    session = release_builders.released_partial(1, partial_validity_months=months)

    attestation = release_builders.attestation_of(session)
    expected = session.held_on + relativedelta(months=months) if months else None
    assert attestation.valid_until == expected
    assert attestation.acquired[0]["until"] == (expected.isoformat() if expected else "")


def test_the_attestation_says_in_its_pdf_that_it_is_not_the_certificate():
    session = release_builders.released_partial(1, 2, partial_validity_months=60)
    attestation = release_builders.attestation_of(session)

    pdf = release_builders.draw(attestation)

    text = text_of(pdf)
    assert attestation.full_name.split()[0] in text
    assert "n’est pas le certificat" in text
    assert "ni numéro au registre, ni code de vérification" in text
    assert "Deux mois de plus" in text
    assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert PdfReader(BytesIO(pdf)).trailer["/Root"]["/Lang"] == "fr"


def test_the_same_row_gives_the_same_file_and_only_one(attestation):
    first, name = release_builders.draw(attestation), attestation.file.name

    assert release_builders.draw(attestation) == first
    assert attestation.file.name == name


def test_an_attestation_never_changes_but_its_file_and_its_revocation(attestation):
    with pytest.raises(DatabaseError), transaction.atomic():
        PartialAttestation.objects.filter(pk=attestation.pk).update(birth_name="Autre")


def test_a_decision_has_one_attestation(session):
    with pytest.raises(IntegrityError), transaction.atomic():
        write_attestation(decision=release_builders.in_force(session), by=session.planned_by)

    assert PartialAttestation.objects.count() == 1


def test_a_reversal_revokes_the_attestation_and_writes_the_next(certifier, session):
    before = release_builders.in_force(session)

    after = reverse_decision(
        appeal=appeal_builders.accepted(before),
        outcome=Outcome.PARTIAL,
        acquired=release_builders.domains(1, 2),
        reason="Il manque encore des gestes.",
        recommendation="Un mois de plus.",
        closed_reason="Erreur de saisie",
        by=certifier,
    )

    before.attestation.refresh_from_db()
    assert before.attestation.revoked_reason == "Erreur de saisie"
    assert [line["number"] for line in after.attestation.acquired] == [1, 2]


def test_a_reversal_to_certified_leaves_no_attestation_standing(certifier, session):
    reverse_decision(
        appeal=appeal_builders.accepted(release_builders.in_force(session)),
        outcome=Outcome.CERTIFIED,
        production_validated=True,
        interview_validated=True,
        acquired=builders.all_domains(),
        closed_reason="Recours accepté",
        by=certifier,
    )

    assert not PartialAttestation.objects.not_revoked().exists()


def test_a_revocation_carries_its_reason(attestation):
    with pytest.raises(IntegrityError), transaction.atomic():
        PartialAttestation.objects.filter(pk=attestation.pk).update(revoked_at=clock.now())


def test_a_download_is_a_line_of_the_journal(session, attestation):
    pdf = release_builders.draw(attestation)
    director = builders.director_of(session.candidates.get().enrollment)

    assert download_attestation(attestation=attestation, by=director) == pdf

    line = JournalEntry.objects.get(action="juries.attestation.downloaded")
    assert line.actor == director


def test_a_file_that_is_not_what_was_drawn_is_never_handed_over(certifier, attestation):
    release_builders.draw(attestation)
    with attestation.file.storage.open(attestation.file.name, "wb") as file:
        file.write(b"%PDF-1.7 autre")

    with pytest.raises(DomainError, match="empreinte"):
        download_attestation(attestation=attestation, by=certifier)


def test_a_revoked_attestation_is_read_by_the_certifier_alone(certifier, session, attestation):
    release_builders.draw(attestation)
    reverse_decision(
        appeal=appeal_builders.accepted(release_builders.in_force(session)),
        outcome=Outcome.NOT_CERTIFIED,
        reason="Erreur.",
        recommendation="Revenir.",
        closed_reason="Erreur de personne",
        by=certifier,
    )
    attestation.refresh_from_db()

    with pytest.raises(DomainError, match="ne vaut plus"):
        download_attestation(
            attestation=attestation, by=builders.director_of(session.candidates.get().enrollment)
        )
    assert download_attestation(attestation=attestation, by=certifier)


def test_the_days_of_the_attestation_are_days():
    attestation = release_builders.attestation_of(
        release_builders.released_partial(1, partial_validity_months=12)
    )

    assert date.fromisoformat(attestation.acquired[0]["until"]) == attestation.valid_until
