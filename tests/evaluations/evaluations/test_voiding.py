from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from evaluations.models import Competency, CurrentLevel, Evaluation, EvaluationTally, EvaluationVoid
from evaluations.services.evaluations import Observation, record_evaluations, void_evaluation
from evaluations.services.evaluations.levels import wrong_levels, wrong_tallies
from tests.evaluations.enrollments import end_enrollment
from tests.factories import FrameworkFactory


@pytest.fixture
def competencies(db):
    FrameworkFactory()
    return list(Competency.objects.order_by("code"))


@pytest.fixture
def see(enrollment, competencies, trainer):
    """Record one evaluation and give it back."""

    def record(rank=3, days=0, competency=None) -> Evaluation:
        observation = Observation(
            id=uuid4(),
            enrollment_id=enrollment.pk,
            competency_id=(competency or competencies[0]).pk,
            rank=rank,
            seen_on=clock.today() - timedelta(days=days),
            situation="Taille de la haie",
        )
        record_evaluations(observations=[observation], by=trainer)
        return Evaluation.objects.get(pk=observation.id)

    return record


def test_a_voided_fact_gives_way_to_the_one_before(see, trainer, enrollment):
    see(rank=2, days=5)
    mistake = see(rank=4)

    void_evaluation(evaluation=mistake, reason="Ce n’était pas elle.", by=trainer)

    level = CurrentLevel.objects.get()
    assert (level.rank, level.observations) == (2, 1)
    assert Evaluation.objects.count() == 2
    line = JournalEntry.objects.order_by("-sequence").first()
    assert (line.action, line.reason) == ("evaluations.evaluation.voided", "Ce n’était pas elle.")
    assert line.topic_id == enrollment.pk


def test_voiding_the_only_fact_leaves_the_competency_unevaluated(see, trainer):
    void_evaluation(evaluation=see(), reason="Erreur de ligne.", by=trainer)

    assert not CurrentLevel.objects.exists()
    assert wrong_tallies() == {}


def test_another_level_may_replace_a_mistake(see, trainer):
    mistake = see(rank=4, days=3)

    void = void_evaluation(evaluation=mistake, reason="J’ai appuyé à côté.", replacement_rank=2, by=trainer)

    assert (void.replacement.level.rank, void.replacement.seen_on) == (2, mistake.seen_on)
    assert CurrentLevel.objects.get().evaluation == void.replacement


def test_the_director_voids_but_leaves_the_level_to_those_who_train(see, director):
    mistake = see()

    with pytest.raises(DomainError, match="encadre"):
        void_evaluation(evaluation=mistake, reason="Erreur.", replacement_rank=2, by=director)
    void_evaluation(evaluation=mistake, reason="Erreur.", by=director)

    assert mistake.void.voided_by == director


def test_a_colleague_a_trainee_and_a_stranger_do_not_void(see, counsellor, trainee_user, stranger, certifier):
    mistake = see()

    for person in (counsellor, trainee_user, stranger, certifier):
        with pytest.raises(DomainError, match="la personne qui l’a faite"):
            void_evaluation(evaluation=mistake, reason="Erreur.", by=person)

    assert not EvaluationVoid.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": "  "}, "pourquoi"),
        ({"reason": "x" * 501}, "500"),
        ({"reason": "Erreur.", "replacement_rank": 3}, "celui que vous annulez"),
        ({"reason": "Erreur.", "replacement_rank": 9}, "n’existe pas"),
    ],
)
def test_a_void_is_reasoned_and_its_replacement_real(see, trainer, fields, words):
    mistake = see(rank=3)

    with pytest.raises(DomainError, match=words):
        void_evaluation(evaluation=mistake, by=trainer, **fields)

    assert CurrentLevel.objects.get().rank == 3


def test_an_evaluation_is_voided_once(see, trainer):
    mistake = see()
    void_evaluation(evaluation=mistake, reason="Erreur.", by=trainer)

    with pytest.raises(StaleState):
        void_evaluation(evaluation=mistake, reason="Encore.", by=trainer)

    assert EvaluationVoid.objects.count() == 1


def test_the_evaluations_of_an_ended_enrollment_do_not_change(see, trainer, enrollment):
    mistake = see()
    end_enrollment(enrollment)

    with pytest.raises(DomainError, match="terminé"):
        void_evaluation(evaluation=mistake, reason="Erreur.", by=trainer)


def test_the_database_refuses_a_void_without_reason(see, trainer):
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationVoid.objects.create(evaluation=see(), reason="", voided_by=trainer)


def test_the_recount_lists_what_is_wrong_and_mends_it(see, capsys):
    see(rank=3)
    CurrentLevel.objects.update(rank=1)
    EvaluationTally.objects.update(count=7)

    with pytest.raises(CommandError, match="1 niveaux et 1 comptes"):
        call_command("recount_levels")
    call_command("recount_levels", "--fix")
    call_command("recount_levels")

    assert CurrentLevel.objects.get().rank == 3
    assert "Niveaux et comptes sont justes." in capsys.readouterr().out


def test_the_recount_drops_a_level_without_fact(see, enrollment, competencies):
    fact = see(competency=competencies[0])
    CurrentLevel.objects.create(
        enrollment=enrollment, competency=competencies[1], rank=2, seen_on=fact.seen_on, evaluation=fact
    )

    call_command("recount_levels", "--fix")

    assert CurrentLevel.objects.get().competency == competencies[0]


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.integers(0, 1), st.integers(1, 4), st.integers(0, 5)),
        st.tuples(st.just("replay"), st.integers(0, 20)),
        st.tuples(st.just("void"), st.integers(0, 20), st.sampled_from([None, 1, 2, 3, 4])),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_order_of_records_replays_and_voids_agrees_with_a_recount(
    acts, enrollment, competencies, trainer
):
    with transaction.atomic():
        sent = []
        for kind, *rest in acts:
            if kind == "record":
                place, rank, days = rest
                day = clock.today() - timedelta(days=days)
                sent.append(
                    Observation(uuid4(), enrollment.pk, competencies[place].pk, rank, day, "Au stade")
                )
                record_evaluations(observations=sent[-1:], by=trainer)
            elif kind == "replay" and sent:
                record_evaluations(observations=[sent[rest[0] % len(sent)]], by=trainer)
            elif kind == "void" and sent:
                void_anyhow(sent[rest[0] % len(sent)], rest[1], trainer)

        assert list(wrong_levels()) == []
        assert wrong_tallies() == {}
        transaction.set_rollback(True)


def void_anyhow(observation, replacement_rank, by):
    evaluation = Evaluation.objects.get(pk=observation.id)
    with suppress(DomainError):
        void_evaluation(evaluation=evaluation, reason="Erreur.", replacement_rank=replacement_rank, by=by)
