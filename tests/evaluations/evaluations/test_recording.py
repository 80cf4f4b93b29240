from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import JournalEntry
from evaluations.models import Competency, CurrentLevel, Evaluation, EvaluationTally
from evaluations.services.evaluations import Observation, record_evaluations
from evaluations.services.evaluations.levels import wrong_levels, wrong_tallies
from structures.enums import Role
from tests.evaluations.enrollments import end_enrollment
from tests.factories import (
    CompetencyFactory,
    EnrollmentFactory,
    EvaluationFactory,
    FrameworkFactory,
    MembershipFactory,
    SupportFactory,
)

pytestmark = pytest.mark.date_sensitive


@pytest.fixture
def competency(db):
    FrameworkFactory()
    return Competency.objects.get(code="9.1")


@pytest.fixture
def seen(enrollment, competency):
    """An observation that nothing refuses."""
    return Observation(
        id=uuid4(),
        enrollment_id=enrollment.pk,
        competency_id=competency.pk,
        rank=3,
        seen_on=clock.today(),
        situation="Taille de la haie du stade",
    )


def level_of(enrollment, competency):
    return CurrentLevel.objects.get(enrollment=enrollment, competency=competency)


def test_an_observation_becomes_a_fact_a_level_a_count_and_a_line(seen, trainer, enrollment, competency):
    outcome = record_evaluations(observations=[replace(seen, own_rank=2, comment=" Net ")], by=trainer)

    fact = Evaluation.objects.get(pk=seen.id)
    assert (outcome.accepted, outcome.refused, outcome.new) == ([seen.id], {}, 1)
    assert (fact.level.rank, fact.own_level.rank, fact.comment) == (3, 2, "Net")
    assert (fact.evaluator, fact.structure) == (trainer, enrollment.structure)
    assert level_of(enrollment, competency).rank == 3
    assert EvaluationTally.objects.get().count == 1
    line = JournalEntry.objects.get()
    assert (line.action, line.topic_id) == ("evaluations.evaluation.recorded", enrollment.pk)


def test_the_same_observation_sent_again_changes_nothing(seen, trainer, enrollment, competency):
    record_evaluations(observations=[seen], by=trainer)

    outcome = record_evaluations(observations=[seen, seen], by=trainer)

    assert (outcome.accepted, outcome.refused, outcome.new) == ([seen.id], {}, 0)
    assert Evaluation.objects.count() == 1
    assert level_of(enrollment, competency).observations == 1
    assert JournalEntry.objects.count() == 1


def test_an_observation_is_still_acknowledged_after_the_enrollment_has_ended(seen, trainer, enrollment):
    record_evaluations(observations=[seen], by=trainer)
    end_enrollment(enrollment)

    outcome = record_evaluations(observations=[seen], by=trainer)

    assert outcome.accepted == [seen.id]


def test_an_id_replayed_with_other_content_is_refused(seen, trainer, counsellor):
    record_evaluations(observations=[seen], by=trainer)

    other_rank = record_evaluations(observations=[replace(seen, rank=4)], by=trainer)
    other_person = record_evaluations(observations=[seen], by=counsellor)

    assert "autre contenu" in other_rank.refused[seen.id]
    assert "autre contenu" in other_person.refused[seen.id]
    assert Evaluation.objects.get().level.rank == 3


def test_one_id_with_two_contents_in_a_batch_is_refused(seen, trainer):
    outcome = record_evaluations(observations=[seen, replace(seen, rank=1)], by=trainer)

    assert "deux observations" in outcome.refused[seen.id]
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"enrollment_id": uuid4()}, "n’est plus, dans une de vos équipes"),
        ({"competency_id": uuid4()}, "n’existe pas dans le référentiel"),
        ({"rank": 9}, "niveau n’existe pas"),
        ({"rank": -1}, "niveau n’existe pas"),
        ({"own_rank": 9}, "niveau n’existe pas"),
        ({"situation": "  "}, "quelle situation"),
        ({"situation": "x" * 161}, "160 caractères"),
        ({"comment": "x" * 1001}, "1000 caractères"),
        ({"comment": "a\x00b"}, "ne s’écrit pas"),
    ],
)
def test_a_faulty_observation_is_refused_and_the_others_kept(seen, trainer, change, words):
    faulty = replace(seen, id=uuid4(), **change)

    outcome = record_evaluations(observations=[faulty, seen], by=trainer)

    assert words in outcome.refused[faulty.id]
    assert outcome.accepted == [seen.id]
    assert list(Evaluation.objects.values_list("pk", flat=True)) == [seen.id]


@pytest.mark.parametrize(
    ("days", "words"), [(1, "pas encore passé"), (-191, "précède l’inscription"), (365, "pas encore passé")]
)
def test_a_day_that_cannot_be_is_refused(seen, trainer, days, words):
    outcome = record_evaluations(
        observations=[replace(seen, seen_on=clock.today() + timedelta(days=days))], by=trainer
    )

    assert words in outcome.refused[seen.id]


def test_a_day_more_than_a_year_ago_is_refused(seen, trainer, enrollment):
    enrollment.enrolled_on = clock.today() - timedelta(days=500)
    enrollment.save()

    outcome = record_evaluations(
        observations=[replace(seen, seen_on=clock.today() - timedelta(days=367))], by=trainer
    )

    assert "plus d’un an" in outcome.refused[seen.id]


def test_the_enrollment_of_another_structure_is_refused_alone(seen, trainer):
    elsewhere = EnrollmentFactory()

    outcome = record_evaluations(
        observations=[replace(seen, id=uuid4(), enrollment_id=elsewhere.pk), seen], by=trainer
    )

    assert len(outcome.refused) == 1
    assert outcome.accepted == [seen.id]


def test_only_those_who_train_or_accompany_evaluate(seen, director, certifier, trainee_user, counsellor):
    for person in (director, certifier, trainee_user):
        outcome = record_evaluations(observations=[seen], by=person)
        assert "Seules les personnes" in outcome.refused[seen.id]

    assert record_evaluations(observations=[seen], by=counsellor).accepted == [seen.id]


def test_a_former_trainer_is_refused(seen, structure):
    former = MembershipFactory(
        structure=structure, role=Role.TRAINER, ends_on=clock.today() - timedelta(days=1)
    )

    outcome = record_evaluations(observations=[seen], by=former.user)

    assert seen.id in outcome.refused


def test_an_enrollment_that_ended_takes_no_more_evaluation(seen, trainer, enrollment):
    end_enrollment(enrollment)

    outcome = record_evaluations(observations=[seen], by=trainer)

    assert "terminé" in outcome.refused[seen.id]


def test_a_competency_of_another_support_or_version_is_refused(seen, trainer):
    other_support = CompetencyFactory(support=SupportFactory(code="restauration"))
    other_version = CompetencyFactory(
        domain=FrameworkFactory(version="1", state="retired").domains.first(), code="x"
    )
    batch = [
        replace(seen, id=uuid4(), competency_id=other_support.pk),
        replace(seen, id=uuid4(), competency_id=other_version.pk),
    ]

    outcome = record_evaluations(observations=batch, by=trainer)

    assert "autre support" in outcome.refused[batch[0].id]
    assert "de la version 1, retirée depuis" in outcome.refused[batch[1].id]
    assert "suit la version 2026-1" in outcome.refused[batch[1].id]


def test_an_older_fact_that_arrives_late_does_not_hide_the_newer(seen, trainer, enrollment, competency):
    record_evaluations(observations=[seen], by=trainer)
    late = replace(seen, id=uuid4(), rank=1, seen_on=clock.today() - timedelta(days=3))

    record_evaluations(observations=[late], by=trainer)

    level = level_of(enrollment, competency)
    assert (level.rank, level.observations, level.evaluation_id) == (3, 2, seen.id)


def test_a_batch_beyond_the_limit_is_kept_up_to_the_limit(seen, trainer):
    batch = [replace(seen, id=uuid4()) for _ in range(503)]

    outcome = record_evaluations(observations=batch, by=trainer)

    assert (len(outcome.accepted), len(outcome.refused)) == (500, 3)
    assert "500" in outcome.refused[batch[-1].id]


@pytest.mark.parametrize("size", [1, 24, 90])
def test_a_batch_costs_fifteen_queries_whatever_its_size_and_the_history(
    seen, trainer, enrollment, competency, size, structure
):
    crew = [enrollment, *EnrollmentFactory.create_batch(2, structure=structure)]
    EvaluationFactory.create_batch(size, enrollment=enrollment, competency=competency)
    record_evaluations(observations=[replace(seen, id=uuid4())], by=trainer)
    batch = [replace(seen, id=uuid4(), enrollment_id=crew[n % 3].pk) for n in range(size)]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        record_evaluations(observations=batch, by=trainer)

    assert len(queries) <= 15


def test_a_batch_with_nothing_to_keep_writes_nothing(seen, trainer):
    outcome = record_evaluations(observations=[], by=trainer)

    assert (outcome.accepted, outcome.refused) == ([], {})
    assert not JournalEntry.objects.exists()


def test_counts_stay_with_the_structure_where_the_fact_was_seen(seen, trainer, enrollment, competency):
    record_evaluations(observations=[seen], by=trainer)
    elsewhere = MembershipFactory(role=Role.TRAINER)
    enrollment.structure = elsewhere.structure
    enrollment.save()

    record_evaluations(observations=[replace(seen, id=uuid4(), rank=4)], by=elsewhere.user)

    assert list(EvaluationTally.objects.values_list("count", flat=True)) == [1, 1]
    assert wrong_tallies() == {}
    assert list(wrong_levels()) == []


def test_the_database_refuses_a_fact_without_situation_and_to_change_one(
    seen, trainer, enrollment, competency
):
    record_evaluations(observations=[seen], by=trainer)

    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationFactory(enrollment=enrollment, competency=competency, situation="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.filter(pk=seen.id).update(comment="Autre")
