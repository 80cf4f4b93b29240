"""The question to the tutor and the answer: one link at a time, one answer, nothing about private life."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from core import clock
from core.enums import WorkState
from core.errors import DomainError, StaleState
from core.models import JournalEntry, Work
from tests.factories import ImmersionFactory, TutorAppraisalFactory
from trainees.emails import read_tutor_token, tutor_token
from trainees.models import TutorAppraisal
from trainees.services.immersions import cancel_immersion
from trainees.services.immersions.tutors import (
    answer_as_tutor,
    ask_tutor,
    first_day_to_ask,
    read_tutor_status,
)
from trainees.tasks import send_tutor_request

pytestmark = pytest.mark.date_sensitive

ANSWER = {
    "objectives_reached": "partly",
    "went_well": "Ponctuelle, soigneuse 🌱",
    "to_work_on": "La conduite du motoculteur",
    "signed_as": "Paul Tuteur",
}


@pytest.fixture
def immersion(enrollment):
    return ImmersionFactory(enrollment=enrollment, tutor_email="paul@entreprise.example")


def test_the_tutor_receives_a_link_and_little_about_the_person(immersion, trainer, run_work, settings):
    appraisal = ask_tutor(immersion=immersion, by=trainer)
    run_work()

    message = mail.outbox[-1]
    trainee = immersion.enrollment.trainee
    assert message.to == ["paul@entreprise.example"]
    assert message.subject == "Votre avis sur l’immersion de Samira D."
    assert f"{settings.SITE_URL}/immersions/avis/{tutor_token(appraisal)}/" in message.body
    assert "une fois" in message.body
    for secret in (trainee.birth_name, "17 mai", "Sète", str(immersion.enrollment_id), str(trainer.email)):
        assert secret not in message.body
    appraisal.refresh_from_db()
    assert appraisal.sent_at
    assert appraisal.expires_at - appraisal.asked_at == timedelta(days=30)
    assert "Demandé à paul@entreprise.example" in read_tutor_status(immersion).sentence


def test_a_link_is_sent_once_even_if_the_work_runs_twice(immersion, trainer, run_work):
    appraisal = ask_tutor(immersion=immersion, by=trainer)
    run_work()
    Work.objects.update(state=WorkState.PENDING)
    run_work()

    assert len(mail.outbox) == 1
    assert appraisal.pk == TutorAppraisal.objects.get().pk


def test_asking_again_withdraws_the_former_link(immersion, trainer, run_work):
    first = ask_tutor(immersion=immersion, by=trainer)
    second = ask_tutor(immersion=immersion, email="anne@entreprise.example", by=trainer)
    run_work()

    first.refresh_from_db()
    immersion.refresh_from_db()
    assert first.revoked_at
    assert immersion.tutor_email == "anne@entreprise.example"
    assert [message.to for message in mail.outbox] == [["anne@entreprise.example"]]
    with pytest.raises(StaleState, match="ne sert plus"):
        answer_as_tutor(appraisal=first, **ANSWER)
    assert answer_as_tutor(appraisal=second, **ANSWER).answered_at


def test_the_tutor_is_asked_from_the_last_week_on(immersion, trainer):
    for starts, ends, opens in [(0, 20, 14), (-3, 20, 14), (0, 3, 0), (2, 4, 2)]:
        immersion.starts_on = clock.today() + timedelta(days=starts)
        immersion.ends_on = clock.today() + timedelta(days=ends)
        assert first_day_to_ask(immersion) == clock.today() + timedelta(days=opens)
    immersion.save()

    with pytest.raises(DomainError, match="pourra répondre à partir du"):
        ask_tutor(immersion=immersion, by=trainer)


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "manque"),
        ("paul", "n’est pas valable"),
        ("trainee", "accueillie"),
        ("team", "quelqu’un de l’équipe"),
    ],
)
def test_an_address_that_is_not_the_tutors_is_refused(immersion, trainer, email, words):
    immersion.tutor_email = ""
    immersion.save()
    immersion.enrollment.trainee.email = "samira@courriel.example"
    immersion.enrollment.trainee.save()
    email = {"trainee": "Samira@courriel.example", "team": trainer.email.upper()}.get(email, email)

    with pytest.raises(DomainError, match=words):
        ask_tutor(immersion=immersion, email=email, by=trainer)
    assert not TutorAppraisal.objects.exists()


def test_three_links_a_day_are_enough(immersion, trainer):
    for _ in range(3):
        ask_tutor(immersion=immersion, by=trainer)

    with pytest.raises(DomainError, match="Trois liens"):
        ask_tutor(immersion=immersion, by=trainer)
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert ask_tutor(immersion=immersion, by=trainer).pk


def test_an_answer_is_kept_once_and_journaled_without_its_words(immersion, trainer):
    appraisal = TutorAppraisalFactory(immersion=immersion)

    answer_as_tutor(appraisal=appraisal, **ANSWER)

    appraisal.refresh_from_db()
    assert (appraisal.went_well, appraisal.signed_as) == (ANSWER["went_well"], "Paul Tuteur")
    entry = JournalEntry.objects.latest("sequence")
    assert (entry.actor, entry.topic_id) == (None, immersion.enrollment_id)
    assert "motoculteur" not in str(entry.data) + entry.summary
    with pytest.raises(StaleState):
        answer_as_tutor(appraisal=appraisal, **ANSWER | {"objectives_reached": "no"})
    with pytest.raises(StaleState, match="déjà répondu"):
        ask_tutor(immersion=immersion, by=trainer)
    assert read_tutor_status(immersion).answer == appraisal


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"objectives_reached": "maybe"}, "oui, en partie ou pas encore"),
        ({"signed_as": "  "}, "Signez"),
        ({"signed_as": "x" * 121}, "120"),
        ({"went_well": "x" * 10_000}, "1000"),
        ({"to_work_on": "a\x00b"}, "invisible"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused(immersion, changes, words):
    appraisal = TutorAppraisalFactory(immersion=immersion)

    with pytest.raises(DomainError, match=words):
        answer_as_tutor(appraisal=appraisal, **ANSWER | changes)
    appraisal.refresh_from_db()
    assert appraisal.answered_at is None


def test_a_late_link_does_not_answer_and_says_so_to_the_team(immersion):
    appraisal = TutorAppraisalFactory(immersion=immersion, sent_at=clock.now())

    with clock.at(clock.now() + timedelta(days=30)):
        with pytest.raises(StaleState):
            answer_as_tutor(appraisal=appraisal, **ANSWER)
        assert "a expiré" in read_tutor_status(immersion).sentence


def test_an_email_that_does_not_leave_says_why(immersion, trainer):
    appraisal = ask_tutor(immersion=immersion, by=trainer)
    work = Work.objects.get(task=send_tutor_request.name, subject_id=appraisal.pk)
    assert "part dans un instant" in read_tutor_status(immersion).sentence

    for state, words in [
        (WorkState.PENDING, "essaie de nouveau"),
        (WorkState.SET_ASIDE, "Vérifiez l’adresse"),
    ]:
        work.state, work.error = state, "SMTPRecipientsRefused: 550 unknown"
        work.save()
        sentence = read_tutor_status(immersion).sentence
        assert words in sentence
        assert "550 unknown" in sentence


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "g" + t[1:], lambda t: t + "x", lambda t: "", lambda t: "\x00"]
)
def test_a_forged_token_opens_nothing(immersion, change):
    token = tutor_token(TutorAppraisalFactory(immersion=immersion))

    assert read_tutor_token(token)
    assert read_tutor_token(change(token)) is None
    assert re.fullmatch(r"[\w:-]+", token)


def test_a_link_dies_with_its_immersion(immersion, trainer, run_work):
    appraisal = ask_tutor(immersion=immersion, by=trainer)
    token = tutor_token(appraisal)
    cancel_immersion(immersion=immersion, reason="Fermée", by=trainer)

    assert run_work() == 1
    assert mail.outbox == []
    assert read_tutor_token(token) is None
    with pytest.raises(StaleState):
        answer_as_tutor(appraisal=appraisal, **ANSWER)


def at_once(*acts) -> list:
    """Run every act in a thread and a connection of its own, all starting together."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_leave_one_answer(immersion):
    appraisal = TutorAppraisalFactory(immersion=immersion)

    outcomes = at_once(
        lambda: answer_as_tutor(appraisal=appraisal, **ANSWER | {"signed_as": "Paul"}),
        lambda: answer_as_tutor(appraisal=appraisal, **ANSWER | {"signed_as": "Anne"}),
    )

    assert sum(isinstance(outcome, StaleState) for outcome in outcomes) == 1
    assert TutorAppraisal.objects.get().signed_as in ("Paul", "Anne")


@pytest.mark.django_db(transaction=True)
def test_asking_again_while_the_tutor_answers_leaves_one_truth(immersion, trainer):
    appraisal = TutorAppraisalFactory(immersion=immersion)

    outcomes = at_once(
        lambda: answer_as_tutor(appraisal=appraisal, **ANSWER),
        lambda: ask_tutor(immersion=immersion, by=trainer),
    )

    assert sum(isinstance(outcome, StaleState) for outcome in outcomes) == 1
    answered = TutorAppraisal.objects.exclude(answered_at=None).count()
    assert answered + TutorAppraisal.objects.open().count() == 1
