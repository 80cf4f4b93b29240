from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from evaluations.enums import Family
from evaluations.models import Competency, Evaluation, EvaluationVoid
from evaluations.queries.evaluations import read_booklet
from evaluations.services.evaluations import Observation, record_evaluations
from tests.factories import CompetencyFactory, EnrollmentFactory, FrameworkFactory, SupportFactory


@pytest.fixture
def competency(db):
    FrameworkFactory()
    return Competency.objects.get(code="1.1")


@pytest.fixture
def see(enrollment, competency, trainer):
    def record(rank=3, days=0, on=None, **fields) -> Evaluation:
        observation = Observation(
            id=uuid4(),
            enrollment_id=enrollment.pk,
            competency_id=(on or competency).pk,
            rank=rank,
            seen_on=clock.today() - timedelta(days=days),
            situation="Au stade",
            **fields,
        )
        assert not record_evaluations(observations=[observation], by=trainer).refused
        return Evaluation.objects.get(pk=observation.id)

    return record


def booklet_url(enrollment, slug="cles"):
    return reverse("evaluations:booklet", args=[enrollment.pk, slug])


def history_url(enrollment, competency):
    return reverse("evaluations:competency_history", args=[enrollment.pk, competency.pk])


def test_a_booklet_reads_the_latest_level_and_the_progression(see, enrollment):
    see(rank=1, days=30)
    see(rank=1, days=20)
    see(rank=3, days=1)

    line = read_booklet(enrollment, Family.KEY).lines[0]

    assert (line.rank, line.observations, line.reached) == (3, 3, True)
    assert [step.rank for step in line.steps] == [1, 3]


def test_a_booklet_states_its_gaps(see, enrollment, competency):
    never = CompetencyFactory()
    below = CompetencyFactory()
    see(rank=4)
    see(rank=2, on=below)

    booklet = read_booklet(enrollment, Family.KEY)

    assert [line.competency for line in booklet.never] == [never]
    assert [line.competency for line in booklet.below] == [below]
    assert not booklet.is_evaluated
    sentence = booklet.sentence.replace("\u00a0", " ")
    assert sentence == "1 compétence sur 3 au niveau « Autonome » ou plus ; 1 jamais évaluée et 1 en dessous."


def test_a_booklet_of_one_competency_speaks_in_the_singular(see, enrollment, competency):
    before = read_booklet(enrollment, Family.KEY).sentence
    see(rank=4)

    after = read_booklet(enrollment, Family.KEY).sentence

    assert before == "La compétence de ce livret n’a pas encore été évaluée."
    assert after.replace("\u00a0", " ") == "La compétence de ce livret atteint « Autonome »."


def test_a_booklet_holds_only_the_support_and_the_version_of_the_enrollment(enrollment):
    framework = FrameworkFactory()
    ninth = framework.domains.get(number=9)
    own = CompetencyFactory(domain=ninth, support=enrollment.support)
    CompetencyFactory(domain=ninth, support=SupportFactory(code="restauration"))

    lines = read_booklet(enrollment, Family.PROFESSIONAL).lines

    assert {line.competency.code for line in lines} == {"9.1", own.code}


def test_a_booklet_without_framework_is_empty_and_says_so(enrollment):
    booklet = read_booklet(enrollment, Family.KEY)

    assert booklet.lines == []
    assert not booklet.is_evaluated
    assert "pas de compétence" in booklet.sentence


def test_a_booklet_costs_four_queries_whatever_the_history(see, enrollment, django_assert_num_queries):
    for days in range(6):
        see(days=days)
    CompetencyFactory.create_batch(3)

    with django_assert_num_queries(4):
        read_booklet(enrollment, Family.KEY)


def test_the_team_reads_the_booklet_and_its_gaps(client, trainer, see, enrollment):
    see(rank=2)
    client.force_login(trainer)

    text = client.get(booklet_url(enrollment)).text

    assert "sous le seuil" in text
    assert "Exemple, à remplacer" in text
    assert "Évaluer" in text


def test_the_trainee_reads_it_in_the_first_person(client, trainee_user, see, enrollment):
    see(rank=3)
    client.force_login(trainee_user)

    text = client.get(booklet_url(enrollment)).text

    assert "Ce que je sais faire partout" in text
    assert "J’ai fini" in text
    assert "Évaluer" not in text


def test_a_third_booklet_does_not_exist(client, trainer, enrollment):
    client.force_login(trainer)

    assert client.get(booklet_url(enrollment, "autre")).status_code == 404


def test_the_booklet_page_costs_the_same_with_one_line_and_with_three(
    client, trainer, see, enrollment, django_assert_max_num_queries
):
    see()
    client.force_login(trainer)
    client.get(booklet_url(enrollment))
    with django_assert_max_num_queries(25) as once:
        client.get(booklet_url(enrollment))
    for extra in CompetencyFactory.create_batch(2):
        see(on=extra)

    with django_assert_max_num_queries(len(once.captured_queries)):
        client.get(booklet_url(enrollment))


def test_the_history_shows_each_fact_and_what_was_voided(client, trainer, see, enrollment, competency):
    kept = see(rank=2, days=3, comment="Prévient en cas de retard")
    mistake = see(rank=4, own_rank=1)
    client.force_login(trainer)

    client.post(reverse("evaluations:evaluation_void", args=[mistake.pk]), {"reason": "Erreur de ligne"})
    text = client.get(history_url(enrollment, competency)).text

    assert "Prévient en cas de retard" in text
    assert "Erreur de ligne" in text
    assert reverse("evaluations:evaluation_void", args=[kept.pk]) in text
    assert reverse("evaluations:evaluation_void", args=[mistake.pk]) not in text


def test_the_history_costs_the_same_with_one_fact_and_with_three(
    client, trainer, see, enrollment, competency, django_assert_max_num_queries
):
    see()
    client.force_login(trainer)
    client.get(history_url(enrollment, competency))
    with django_assert_max_num_queries(25) as once:
        client.get(history_url(enrollment, competency))
    see(days=1)
    see(days=2)

    with django_assert_max_num_queries(len(once.captured_queries)):
        client.get(history_url(enrollment, competency))


def test_a_competency_of_another_support_has_no_history(client, trainer, enrollment):
    other = CompetencyFactory(support=SupportFactory(code="restauration"))
    client.force_login(trainer)

    assert client.get(history_url(enrollment, other)).status_code == 404
    assert client.get(history_url(EnrollmentFactory(), other)).status_code == 404


def test_a_mistake_is_voided_and_replaced_from_its_page(client, trainer, see, enrollment):
    mistake = see(rank=4)
    url = reverse("evaluations:evaluation_void", args=[mistake.pk])
    client.force_login(trainer)

    asked = client.get(url)
    done = client.post(url, {"reason": "Erreur", "replacement": "2"})

    assert "Rien ne s’efface" in asked.text
    assert done.status_code == 302
    assert EvaluationVoid.objects.get().replacement.level.rank == 2


def test_voiding_twice_or_without_reason_answers_in_a_sentence(client, trainer, see):
    mistake = see()
    url = reverse("evaluations:evaluation_void", args=[mistake.pk])
    client.force_login(trainer)

    without = client.post(url, {"reason": ""})
    client.post(url, {"reason": "Erreur"})
    twice = client.post(url, {"reason": "Erreur"})

    assert (without.status_code, twice.status_code) == (422, 409)
    assert "déjà annulée" in twice.text
    assert EvaluationVoid.objects.count() == 1
