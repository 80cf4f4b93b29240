"""The letter of each candidate at the release: once, in plain words, through the queue, where they can read it."""

from copy import deepcopy
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from certificates.models import Certificate
from core import clock
from core.errors import StaleState
from core.formats import longdate
from juries.documents.results.result_letter import render
from juries.enums import LetterKind, LetterState, Outcome
from juries.models import Letter
from juries.services.results.result_letters import send_result_letter_again
from juries.services.results.reversal import reverse_decision
from tests.juries import appeal_builders, builders, release_builders

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]


@pytest.fixture(scope="module")
def appraised_session(module_db):
    return release_builders.appraised()


@pytest.fixture
def appraised(appraised_session, db):
    return deepcopy(appraised_session)


@pytest.fixture
def refused(appraised):
    """Released, the only candidate refused."""
    builders.refuse(appraised.candidates.get())
    return release_builders.release(appraised)


def words_of(letter: Letter) -> str:
    pages = PdfReader(BytesIO(render(letter))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


def result_of(session) -> Letter:
    return session.letters.get(kind=LetterKind.RESULT, replaced_at=None)


def outcome_of(outcome: str, session) -> Letter:
    """The letter of a candidate of whom the jury decided so."""
    session = session if outcome != Outcome.ABSENT else builders.opened(present=False)
    candidate = session.candidates.get()
    if outcome == Outcome.ABSENT:
        builders.record_presence(
            session=session,
            jurors_present=[seat.juror for seat in builders.seats(session)],
            candidates_absent=[candidate],
            by=session.planned_by,
        )
        candidate = session.candidates.get()
    builders.refuse(candidate, outcome)
    return result_of(release_builders.release(builders.reread(session)))


def test_a_certified_candidate_reads_how_to_get_the_certificate(appraised):
    builders.certify(appraised.candidates.get())

    words = words_of(result_of(release_builders.release(appraised)))

    assert "Bravo, vous avez le CQP" in words
    assert Certificate.objects.get().number in words
    assert "Télécharger mon certificat" in words
    assert "recours" not in words


def test_a_candidate_certified_in_part_reads_what_is_won_what_remains_and_until_when():
    session = release_builders.released_partial(1, partial_validity_months=60, appeal_days=90)

    words = words_of(result_of(session))

    assert "Vous avez réussi une partie du CQP" in words
    assert "Comportements, jusqu’au" in words
    assert "Ce qui reste à réussir" in words
    assert "Tâches du métier" in words
    assert "Deux mois de plus en production." in words
    assert "attestation partielle" in words
    assert longdate(clock.today() + timedelta(days=90)).replace("\xa0", " ") in words


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Outcome.NOT_CERTIFIED, "préparez ensemble un nouveau dossier"),
        (Outcome.ADJOURNED, "Votre dossier reste bon"),
        (Outcome.ABSENT, "vous attendait"),
    ],
)
def test_the_others_read_why_and_what_comes_next(appraised, outcome, sentence):
    words = words_of(outcome_of(outcome, appraised))

    assert sentence in words
    assert "Les gestes du métier demandent encore de l’aide." in words
    assert "Vous avez jusqu’au" in words


def test_a_letter_is_a_tagged_pdf_in_french_and_the_same_row_gives_the_same_bytes(appraised):
    release_builders.grant(appraised.candidates.get(), 1)
    letter = result_of(release_builders.release(appraised))

    root = PdfReader(BytesIO(render(letter))).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert render(letter) == render(letter)


def test_each_candidate_is_written_once_at_the_release():
    session = builders.released(candidates=2)

    assert session.letters.filter(kind=LetterKind.RESULT).count() == 2


def test_nobody_is_written_before_the_release():
    minutes = builders.closed(release_mode="by_certifier")
    builders.sign_all(minutes)

    assert not Letter.objects.filter(kind=LetterKind.RESULT).exists()


def test_the_email_says_where_the_letter_is_and_never_what_it_says(mailoutbox, appraised):
    user = release_builders.trainee_of(appraised)
    builders.refuse(appraised.candidates.get())
    letter = result_of(release_builders.release(appraised))

    builders.send(letter)

    (mail,) = mailoutbox
    assert mail.to == [user.email]
    assert f"/jurys/lettres/{letter.pk}/pdf/" in mail.body
    assert "certifié" not in mail.subject + mail.body
    assert not mail.attachments


def test_without_an_address_the_letter_goes_by_the_structure(mailoutbox, appraised):
    enrollment = appraised.candidates.get().enrollment
    director = builders.director_of(enrollment)
    builders.refuse(appraised.candidates.get())
    letter = result_of(release_builders.release(appraised))

    builders.send(letter)

    (mail,) = [mail for mail in mailoutbox if "à remettre" in mail.subject]
    assert mail.to == [director.email]
    assert "Imprimez-la" in mail.body
    assert f"/jurys/lettres/{letter.pk}/pdf/" in mail.body


def test_with_an_address_and_no_account_the_email_says_to_ask_the_structure(mailoutbox, appraised):
    trainee = appraised.candidates.get().enrollment.trainee
    trainee.email = "samira@essai.example"
    trainee.save()
    builders.refuse(appraised.candidates.get())
    letter = result_of(release_builders.release(appraised))

    builders.send(letter)

    (mail,) = mailoutbox
    assert mail.to == ["samira@essai.example"]
    assert "est à votre structure" in mail.body
    assert "/jurys/" not in mail.body


def test_without_any_address_the_letter_is_set_apart_with_what_to_do(refused):
    letter = result_of(refused)

    builders.send(letter)

    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED
    assert "imprimez" in letter.failure


def test_a_changed_decision_is_told_by_another_letter_and_the_first_no_longer_holds(certifier, refused):
    first = result_of(refused)

    reverse_decision(
        appeal=appeal_builders.accepted(release_builders.in_force(refused)),
        outcome=Outcome.CERTIFIED,
        production_validated=True,
        interview_validated=True,
        acquired=builders.all_domains(),
        closed_reason="Erreur de personne",
        by=certifier,
    )

    first.refresh_from_db()
    second = result_of(refused)
    assert first.state == LetterState.USELESS
    assert second.number == first.number + 1
    assert "Votre recours est accepté" in words_of(second)


def test_the_answer_to_an_appeal_gives_its_reason(refused):
    appeal = appeal_builders.rejected(session=refused)
    (letter,) = release_builders.letters_to(appeal.decision.candidate.session, LetterKind.APPEAL)

    words = words_of(letter)

    assert "La décision du jury ne change pas" in words
    assert "La relecture confirme." in words


def test_an_appeal_set_aside_says_so(refused):
    appeal = appeal_builders.dismissed(session=refused)
    (letter,) = release_builders.letters_to(appeal.decision.candidate.session, LetterKind.APPEAL)

    words = words_of(letter)

    assert "ne peut pas être examiné" in words
    assert "a relu votre dossier" not in words


def test_a_letter_that_did_not_leave_is_sent_again_by_the_certifier(certifier, mailoutbox, refused):
    letter = result_of(refused)
    builders.send(letter)
    user = release_builders.trainee_of(refused)

    send_result_letter_again(letter=letter, by=certifier)
    builders.send(letter)

    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert [mail.to for mail in mailoutbox] == [[user.email]]


def test_a_letter_that_gave_way_is_not_sent_again(certifier, refused):
    letter = result_of(refused)
    Letter.objects.filter(pk=letter.pk).update(replaced_at=clock.now())

    with pytest.raises(StaleState, match="autre lettre"):
        send_result_letter_again(letter=letter, by=certifier)
