import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from evaluations.models import Competency, CurrentLevel, Evaluation, Framework
from evaluations.services.frameworks import load_example, publish
from structures.enums import Role
from structures.models import ProductionSupport
from tests.factories import EnrollmentFactory, MembershipFactory

URL = reverse("evaluations:entry")


@pytest.fixture
def framework(certifier):
    return publish(framework=load_example(version="2026-1", by=certifier), by=certifier)


@pytest.fixture
def support(framework):
    return ProductionSupport.objects.get(code="espaces-verts")


@pytest.fixture
def crew(structure, trainer, support):
    return EnrollmentFactory.create_batch(3, structure=structure, referent=trainer, support=support)


@pytest.fixture
def activity(framework, support):
    return framework.activities.get(name="Tondre et débroussailler")


@pytest.fixture
def page(client, trainer):
    client.force_login(trainer)
    return client


def asked(activity, crew) -> dict:
    return {"quoi": f"a{activity.pk}", "equipe": "1", "qui": [str(enrollment.pk) for enrollment in crew]}


def marked(response, ranks=(3,), **changes) -> dict:
    """What the browser would post after choosing `ranks` in the first cells of the page."""
    text = response.text
    hidden = re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', text)
    data = {}
    for name, value in hidden:
        data.setdefault(name, []).append(value)
    data.pop("csrfmiddlewaretoken", None)
    cells = [name for name in data if name.startswith("c:")]
    data |= {f"n:{cell[2:]}": str(rank) for cell, rank in zip(cells, ranks, strict=False)}
    data |= {"jour": clock.today().isoformat(), "situation": "Tonte du parc", "quoi": data["quoi"][-1]}
    return {**data, **changes}


def test_the_first_page_offers_activities_and_ticks_the_people_one_refers(page, crew, structure, support):
    other = EnrollmentFactory(structure=structure, support=support)

    text = page.get(URL).text

    assert "Tondre et débroussailler" in text
    assert text.count("checked") == 3
    assert str(other.pk) in text


def test_the_grid_has_a_cell_for_each_person_and_proposed_competency(page, crew, activity):
    response = page.get(URL, asked(activity, crew))

    assert response.text.count('name="c:') == 3 * activity.competencies.count()
    assert 'value="Tondre et débroussailler"' in response.text


def test_only_the_ticked_people_are_in_the_grid(page, crew, activity):
    response = page.get(URL, asked(activity, crew[:1]))

    assert response.text.count('name="c:') == activity.competencies.count()


def test_a_whole_domain_may_be_seen_instead_of_an_activity(page, crew):
    response = page.get(URL, {"quoi": "d9"})

    assert response.text.count('name="c:') == 3 * 6


def test_the_marks_become_evaluations(page, crew, activity, trainer):
    response = page.get(URL, asked(activity, crew))

    comment = {f"m:{crew[0].pk.hex}": "Avec soin"}
    posted = page.post(URL, marked(response, ranks=(3, 2), **comment), follow=True)

    facts = Evaluation.objects.order_by("-level__rank")
    assert [fact.level.rank for fact in facts] == [3, 2]
    assert facts[0].situation == "Tonte du parc"
    assert facts[0].evaluator == trainer
    assert "2 évaluations enregistrées" in posted.text.replace("\u00a0", " ")


def test_the_same_page_sent_twice_doubles_nothing(page, crew, activity):
    data = marked(page.get(URL, asked(activity, crew)), ranks=(3, 2))

    page.post(URL, data)
    again = page.post(URL, data, follow=True)

    assert Evaluation.objects.count() == 2
    assert "rien n’a été doublé" in again.text
    assert set(CurrentLevel.objects.values_list("observations", flat=True)) == {1}


def test_a_page_without_mark_keeps_what_was_typed(page, crew, activity):
    response = page.get(URL, asked(activity, crew))

    answer = page.post(URL, marked(response, ranks=(), situation="Au parc"))

    assert answer.status_code == 422
    assert "Aucun niveau n’est noté" in answer.text
    assert 'value="Au parc"' in answer.text


@pytest.mark.parametrize(
    ("field", "value"), [("jour", "pas une date"), ("jour", ""), ("situation", ""), ("situation", "x" * 161)]
)
def test_a_faulty_day_or_situation_keeps_the_marks(page, crew, activity, field, value):
    response = page.get(URL, asked(activity, crew))

    answer = page.post(URL, marked(response, **{field: value}))

    assert answer.status_code == 422
    assert re.search(r'value="3" checked', answer.text)
    assert not Evaluation.objects.exists()


def test_a_refused_cell_comes_back_with_its_reason_and_the_others_are_kept(page, crew, activity):
    data = marked(page.get(URL, asked(activity, crew)), ranks=(3, 2))
    wrong = next(name for name in data if name.startswith("n:"))
    data[wrong] = "9"

    answer = page.post(URL, data)

    assert answer.status_code == 422
    assert answer.text.count("Ce niveau n’existe pas") == 2
    assert "1 case refusée" in answer.text.replace("\u00a0", " ")
    assert Evaluation.objects.get().level.rank == 2


def test_a_day_to_come_is_refused_in_each_cell(page, crew, activity):
    response = page.get(URL, asked(activity, crew))

    answer = page.post(URL, marked(response, jour=(clock.today() + timedelta(days=2)).isoformat()))

    assert answer.status_code == 422
    assert "pas encore passé" in answer.text


@pytest.mark.parametrize("target", ["", "x", "a" * 32, "a" * 32 + ":zz"])
def test_a_forged_cell_is_refused_in_a_sentence(page, crew, target):
    cell = uuid4().hex

    answer = page.post(
        URL,
        {
            "jour": clock.today().isoformat(),
            "situation": "Ici",
            f"n:{cell}": "3",
            f"c:{cell}": target,
            "quoi": "d9",
        },
    )

    assert answer.status_code == 422
    assert "illisible" in answer.text


def test_the_enrollment_of_another_structure_is_refused(page, crew, support):
    elsewhere = EnrollmentFactory(support=support)
    competency = Competency.objects.filter(support=support).first()
    cell = uuid4().hex

    answer = page.post(
        URL,
        {
            "jour": clock.today().isoformat(),
            "situation": "Ici",
            "quoi": "d9",
            f"n:{cell}": "3",
            f"c:{cell}": f"{elsewhere.pk.hex}:{competency.pk.hex}",
        },
    )

    assert answer.status_code == 422
    assert "Cette personne n’est pas, ou n’est plus, dans une de vos équipes" in answer.text
    assert not Evaluation.objects.exists()


def test_one_person_is_evaluated_on_a_whole_domain_with_their_own_view(page, crew):
    response = page.get(URL, {"parcours": str(crew[0].pk), "quoi": "d2"})
    data = marked(response)
    cell = next(name for name in data if name.startswith("n:"))[2:]

    page.post(URL, {**data, f"o:{cell}": "2"})

    fact = Evaluation.objects.get()
    assert (fact.enrollment, fact.level.rank, fact.own_level.rank) == (crew[0], 3, 2)


def test_the_single_page_of_somebody_else_is_not_found(page, crew, support):
    elsewhere = EnrollmentFactory(support=support)

    assert page.get(URL, {"parcours": str(elsewhere.pk)}).status_code == 404


def test_the_program_of_the_page_has_its_place_and_the_form_is_there_without_it(page, crew, activity):
    first = page.get(URL).text
    refused = page.post(URL, marked(page.get(URL, asked(activity, crew)), ranks=())).text

    assert 'data-app="entry"' in first
    assert "Noter ce que j’ai vu" in first
    assert "htmx-2" not in first
    assert "data-app=" not in refused


def test_the_page_and_its_grid_travel_light(page, crew, activity, structure, trainer, support):
    crew += EnrollmentFactory.create_batch(9, structure=structure, referent=trainer, support=support)

    for query in ({}, asked(activity, crew)):
        answer = page.get(URL, query, headers={"Accept-Encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert len(answer.content) < 16_000


def test_a_director_without_a_crew_is_told_who_enters(client, director, crew):
    client.force_login(director)

    response = client.get(URL)

    assert response.status_code == 403
    assert "encadrent ou accompagnent" in response.text


@pytest.mark.parametrize(
    "query",
    [
        {"quoi": "zzz"},
        {"quoi": "a999999"},
        {"jour": "hier"},
        {"support": "inconnu"},
        {"qui": "x", "equipe": "1"},
    ],
)
def test_an_address_that_makes_no_sense_shows_the_first_page(page, crew, query):
    response = page.get(URL, query)

    assert response.status_code == 200
    assert "Ce que nous avons fait" in response.text


def test_a_trainer_without_crew_is_told_who_brings_it(client, db):
    alone = MembershipFactory(role=Role.TRAINER)
    client.force_login(alone.user)

    assert "Personne à évaluer" in client.get(URL).text


def test_each_person_is_marked_on_the_version_of_their_own_enrollment(page, crew, activity, certifier):
    old = crew[0]
    other = load_example(version="2025-1", by=certifier)
    old.framework_version = "2025-1"
    old.save()
    Framework.objects.filter(pk=other.pk).update(
        state="retired", published_at=clock.now(), published_by=certifier, retired_at=clock.now()
    )

    response = page.get(URL, asked(activity, crew))

    ids = set(re.findall(r"[0-9a-f]{32}:([0-9a-f]{32})", response.text))
    assert len(ids) == 2 * activity.competencies.count()


def test_the_grid_costs_the_same_with_one_person_and_with_three(
    page, crew, activity, django_assert_max_num_queries
):
    page.get(URL, asked(activity, crew))
    with django_assert_max_num_queries(25) as once:
        page.get(URL, asked(activity, crew[:1]))

    with django_assert_max_num_queries(len(once.captured_queries)):
        page.get(URL, asked(activity, crew))
