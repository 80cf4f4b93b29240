"""The numbers of the register, what is copied in, and what is refused."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.enums import CertificateState
from certificates.models import Certificate, RegisterYear
from certificates.services.register.lines import replace_certificate, revoke_certificate
from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry, Work
from juries.enums import Outcome
from juries.services.results.certificate_checks import check_certificate
from juries.services.results.certificates import deliver_certificate
from tests.factories import CandidateFactory, FrameworkFactory, JurySessionFactory
from tests.factories.register import CertifiedDecisionFactory, certificate_of, preside

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]


def test_the_first_certificate_of_a_year_has_number_one(certifier):
    with clock.at(datetime(2026, 11, 23, 15, tzinfo=UTC)):
        decision = CertifiedDecisionFactory()

        certificate = deliver_certificate(decision=decision, by=certifier)

    assert certificate.number == "CQP-2026-000001"
    assert certificate.state == CertificateState.PENDING
    assert certificate.delivered_on == date(2026, 11, 23)


def test_each_year_counts_from_one_in_the_calendar_of_france(certifier):
    decisions = [CertifiedDecisionFactory() for _ in range(3)]
    moments = [
        datetime(2026, 12, 31, 22, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 30, tzinfo=UTC),  # half past midnight in France
        datetime(2026, 12, 31, 22, 30, tzinfo=UTC),
    ]

    numbers = []
    for decision, moment in zip(decisions, moments, strict=True):
        with clock.at(moment):
            numbers.append(deliver_certificate(decision=decision, by=certifier).number)

    assert numbers == ["CQP-2026-000001", "CQP-2027-000001", "CQP-2026-000002"]


def test_everything_it_says_is_copied_and_later_changes_of_the_person_do_not_follow(certifier):
    decision = CertifiedDecisionFactory()
    enrollment = decision.candidate.enrollment

    certificate = deliver_certificate(decision=decision, by=certifier)
    enrollment.trainee.birth_name = "AUTRE"
    enrollment.trainee.save()
    certificate.refresh_from_db()

    assert certificate.birth_name.startswith("DUPONT")
    assert certificate.title == FrameworkFactory().certificate_title
    assert certificate.domains == ["Comportements", "Tâches du métier"]
    assert certificate.support_name == "Espaces verts"
    assert certificate.jury_place == "Sète"
    assert certificate.certifier_name == "CHANTIER école"
    assert certificate.signatories == [
        {"name": "Nadia Le Goff", "quality": "présidence du jury"},
        {"name": "Dominique Signataire", "quality": "Déléguée nationale"},
    ]
    assert not certificate.is_demo


def test_a_name_typed_in_pieces_is_kept_composed():
    certificate = certificate_of(first_names="Rene\u0301e")

    assert certificate.first_names == "Renée"


def test_the_entry_stands_in_the_journal_of_the_enrollment_and_its_file_is_asked_for():
    certificate = certificate_of()

    line = JournalEntry.objects.get(action="certificates.certificate.entered")
    assert line.topic_id == certificate.decision.candidate.enrollment_id
    assert Work.objects.filter(subject_id=certificate.pk, task__endswith="render_certificate").count() == 1


def test_another_outcome_gives_no_certificate(certifier):
    decision = CertifiedDecisionFactory(outcome=Outcome.PARTIAL, reason="m", recommendation="r")

    with pytest.raises(DomainError, match="pas de décision « certifié »"):
        deliver_certificate(decision=decision, by=certifier)

    assert not RegisterYear.objects.exists()


def test_a_decision_has_one_certificate(certifier):
    certificate = certificate_of()

    with pytest.raises(StaleState, match=certificate.number):
        deliver_certificate(decision=certificate.decision, by=certifier)

    assert RegisterYear.objects.get().last == 1


@pytest.mark.parametrize(
    ("identity", "sentence"),
    [
        ({"first_names": "王芳"}, "« 王 » et « 芳 ».*passeport"),
        ({"birth_name": "محمد"}, "lettres latines"),
        ({"birth_place": ""}, "commune de naissance"),
        ({"birth_date": date(9999, 12, 31)}, "n’est pas possible.*vérifiez l’année"),
        ({"birth_date": date(1, 1, 1)}, "n’est pas possible.*vérifiez l’année"),
    ],
)
def test_what_would_print_wrong_is_refused_before_any_number_is_taken(identity, sentence):
    with pytest.raises(DomainError, match=sentence):
        certificate_of(**identity)

    assert not Certificate.objects.exists()
    assert not RegisterYear.objects.exists()


def test_what_would_print_wrong_is_foreseen_before_the_jury_decides():
    session = JurySessionFactory()
    preside(session)
    well = CandidateFactory(session=session)
    wrong = CandidateFactory(session=session, enrollment__trainee__first_names="王")

    assert check_certificate(well).faults == []
    assert "passeport" in check_certificate(wrong).faults[0]
    assert "présidence" in check_certificate(CandidateFactory()).faults[0]


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh", "Łukasz Őrsi", "Юлия", "Ελένη", "Œdipe D’Aÿ-Ñuñez"])
def test_latin_vietnamese_greek_and_cyrillic_names_are_accepted(name):
    assert certificate_of(first_names=name).first_names == name


def test_a_birthplace_may_be_unknown_abroad():
    assert certificate_of(birth_place="", birth_country="Afghanistan").birth_place == ""


def test_a_rolled_back_entry_leaves_no_gap(certifier):
    lost, kept = CertifiedDecisionFactory(), CertifiedDecisionFactory()

    with transaction.atomic():
        deliver_certificate(decision=lost, by=certifier)
        transaction.set_rollback(True)
    certificate = deliver_certificate(decision=kept, by=certifier)

    assert certificate.sequence == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["keep", "lose", "refuse"]), max_size=8))
def test_whatever_is_lost_or_refused_the_numbers_run_from_one(certifier, fates):
    session = JurySessionFactory()
    decisions = [
        CertifiedDecisionFactory(
            candidate=CandidateFactory(
                session=session, enrollment__trainee__first_names="王" if fate == "refuse" else "Samira"
            )
        )
        for fate in fates
    ]

    with transaction.atomic():
        for decision, fate in zip(decisions, fates, strict=True):
            try:
                with transaction.atomic():
                    deliver_certificate(decision=decision, by=certifier)
                    transaction.set_rollback(fate == "lose")
            except DomainError:
                assert fate == "refuse"
        sequences = list(Certificate.objects.order_by("sequence").values_list("sequence", flat=True))
        transaction.set_rollback(True)

    assert sequences == list(range(1, fates.count("keep") + 1))


def test_a_revoked_certificate_keeps_its_line_its_reason_and_its_author(certifier):
    certificate = certificate_of()

    revoke_certificate(certificate=certificate, reason=" Fraude au dossier. ", by=certifier)

    certificate.refresh_from_db()
    assert certificate.state == CertificateState.REVOKED
    assert (certificate.revoked_by, certificate.revoked_reason) == (certifier, "Fraude au dossier.")
    assert JournalEntry.objects.filter(
        action="certificates.certificate.revoked", reason="Fraude au dossier."
    ).exists()


def test_a_certificate_is_not_revoked_without_a_reason_nor_twice(certifier):
    certificate = certificate_of()

    with pytest.raises(DomainError, match="Dites pourquoi"):
        revoke_certificate(certificate=certificate, reason="  ", by=certifier)
    revoke_certificate(certificate=certificate, reason="Fraude", by=certifier)
    with pytest.raises(StaleState, match="déjà révoqué"):
        revoke_certificate(certificate=certificate, reason="Fraude", by=certifier)


def test_a_replacement_takes_a_new_number_and_a_new_code_and_the_old_one_points_to_it(certifier):
    old = certificate_of()

    new = replace_certificate(
        certificate=old, changes={"first_names": "Samira Inès"}, reason="Prénom oublié", by=certifier
    )

    old.refresh_from_db()
    assert old.state == CertificateState.REPLACED
    assert old.replaced_by == new
    assert old.first_names == "Samira"
    assert (new.first_names, new.birth_name) == ("Samira Inès", old.birth_name)
    assert (new.sequence, new.state) == (2, CertificateState.PENDING)
    assert new.code != old.code
    assert (new.enrollment, new.batch_id) == (old.enrollment, old.batch_id)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Rien ne change"),
        ({"first_names": "Samira"}, "Rien ne change"),
        ({"title": "CQP « Autre »"}, "ne corrige que l’identité"),
        ({"first_names": "王"}, "lettres latines"),
        ({"birth_date": date(9999, 12, 31)}, "vérifiez l’année"),
    ],
)
def test_a_replacement_that_corrects_nothing_or_too_much_is_refused(certifier, changes, sentence):
    old = certificate_of()

    with pytest.raises(DomainError, match=sentence):
        replace_certificate(certificate=old, changes=changes, reason="Essai", by=certifier)

    old.refresh_from_db()
    assert old.state == CertificateState.PENDING
    assert RegisterYear.objects.get().last == 1


def test_a_replaced_certificate_is_neither_replaced_again_nor_revoked(certifier):
    old = certificate_of()
    new = replace_certificate(certificate=old, changes={"sex": "M"}, reason="Erreur", by=certifier)

    with pytest.raises(StaleState, match=f"déjà remplacé par le {new.number}"):
        replace_certificate(certificate=old, changes={"sex": "M"}, reason="Erreur", by=certifier)
    with pytest.raises(StaleState, match="déjà remplacé"):
        revoke_certificate(certificate=old, reason="Erreur", by=certifier)


def test_the_database_refuses_to_change_what_a_certificate_says():
    certificate = certificate_of()

    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate._base_manager.filter(pk=certificate.pk).update(birth_name="FAUX")

    connection.check_constraints()
