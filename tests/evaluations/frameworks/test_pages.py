import pytest
from django.urls import reverse

from evaluations.models import Competency, Framework
from evaluations.services.frameworks import copy_framework, load_example, publish
from tests.factories import CompetencyFactory, FrameworkFactory
from trainees.models import Enrollment


@pytest.fixture
def draft(certifier):
    return load_example(version="2026-1", by=certifier)


def page(name, *args):
    return reverse(f"evaluations:{name}", args=args)


def test_the_list_shows_every_version_to_the_certifier_and_no_draft_to_others(
    client, draft, certifier, trainer
):
    client.force_login(certifier)
    seen_by_certifier = client.get(page("framework_list"))
    client.force_login(trainer)
    seen_by_trainer = client.get(page("framework_list"))

    assert "2026-1" in seen_by_certifier.text
    assert "Exemple, à remplacer" in seen_by_certifier.text
    assert "2026-1" not in seen_by_trainer.text
    assert "Aucun référentiel publié" in seen_by_trainer.text
    assert client.get(page("framework_detail", draft.pk)).status_code == 404


@pytest.mark.parametrize("name", ["framework_list", "framework_detail"])
def test_a_page_costs_the_same_with_one_row_and_with_three(
    client, certifier, name, django_assert_max_num_queries
):
    framework = FrameworkFactory()
    client.force_login(certifier)
    url = page(name) if name == "framework_list" else page(name, framework.pk)
    with django_assert_max_num_queries(30) as once:
        client.get(url)
    CompetencyFactory.create_batch(2)
    for version in ("2027-1", "2028-1"):
        copy_framework(framework=framework, version=version, by=certifier)

    with django_assert_max_num_queries(len(once.captured_queries)):
        client.get(url)


def test_the_newest_version_comes_first(client, certifier, draft):
    copy_framework(framework=draft, version="2027-1", by=certifier)
    client.force_login(certifier)

    text = client.get(page("framework_list")).text

    assert text.index(">2027-1<") < text.index(">2026-1<")


def test_the_detail_reads_modules_domains_competencies_by_support_scale_and_grids(client, draft, certifier):
    client.force_login(certifier)

    text = client.get(page("framework_detail", draft.pk)).text

    for words in (
        "Compétences clés",
        "Santé et sécurité au travail",
        "9.EV.1",
        "Maraîchage",
        "Échelle de maîtrise",
        "Grille du jury",
        "Exemple, à remplacer par le référentiel officiel.",
    ):
        assert words in text


def test_a_version_is_created_from_the_example_and_then_copied(client, certifier):
    client.force_login(certifier)

    client.post(page("framework_create"), {"version": "2026-1", "model": ""})
    first = Framework.objects.get(version="2026-1")
    client.post(page("framework_create"), {"version": "2026-2", "model": str(first.pk)})

    assert Competency.objects.filter(domain__framework__version="2026-2").count() == 67


@pytest.mark.parametrize(
    "data",
    [{"version": ""}, {"version": "2026-1"}, {"version": "x" * 30}, {"version": "a", "model": "pas-un-id"}],
)
def test_a_version_that_cannot_be_is_refused_with_what_was_typed(client, certifier, draft, data):
    client.force_login(certifier)

    response = client.post(page("framework_create"), data)

    assert response.status_code == 422
    assert Framework.objects.count() == 1


def test_the_draft_is_edited_and_a_wrong_threshold_refused(client, certifier, draft):
    client.force_login(certifier)
    fields = {
        "title": "Titre",
        "certificate_title": "CQP",
        "notice": "Exemple",
        "source": "",
        "threshold": 2,
        "experience_sheets_required": 4,
    }

    good = client.post(page("framework_edit", draft.pk), fields)
    bad = client.post(page("framework_edit", draft.pk), {**fields, "threshold": 12})

    draft.refresh_from_db()
    assert (good.status_code, bad.status_code) == (302, 422)
    assert (draft.title, draft.threshold, draft.experience_sheets_required) == ("Titre", 2, 4)
    assert draft.immersion_required is False


def test_a_competency_is_added_changed_and_taken_out(client, certifier, draft):
    client.force_login(certifier)
    text = {"code": "7.9", "label": "Ranger les produits", "indicators": "Lit l’étiquette\n\nFerme le local"}

    client.post(page("competency_add", draft.pk, 7), text)
    competency = Competency.objects.get(code="7.9")
    client.post(page("competency_edit", competency.pk), {**text, "label": "Ranger les produits dangereux"})
    changed = Competency.objects.get(code="7.9")
    asked = client.get(page("competency_delete", competency.pk))
    client.post(page("competency_delete", competency.pk))

    assert competency.indicators == ["Lit l’étiquette", "Ferme le local"]
    assert changed.label == "Ranger les produits dangereux"
    assert asked.status_code == 200
    assert not Competency.objects.filter(code="7.9").exists()


def test_a_code_already_taken_comes_back_with_what_was_typed(client, certifier, draft):
    client.force_login(certifier)

    response = client.post(page("competency_add", draft.pk, 7), {"code": "1.1", "label": "Mon intitulé"})

    assert response.status_code == 422
    assert "déjà pris" in response.text
    assert "Mon intitulé" in response.text


def test_a_domain_or_a_competency_that_does_not_exist_is_not_found(client, certifier, draft):
    client.force_login(certifier)

    assert client.get(page("competency_add", draft.pk, 12)).status_code == 404
    assert client.get(page("competency_edit", draft.pk)).status_code == 404


def test_publishing_says_first_what_will_happen(client, certifier, draft, enrollment):
    publish(framework=draft, by=certifier)
    second = copy_framework(framework=draft, version="2027-1", by=certifier)
    Enrollment.objects.update(framework_version="2026-1")
    client.force_login(certifier)

    asked = client.get(page("framework_publish", second.pk)).text
    response = client.post(page("framework_publish", second.pk))

    assert "La version 2026-1 sera retirée. 1 parcours en cours la garde jusqu’au bout." in asked.replace(
        "\u00a0", " "
    )
    assert "Restauration" in asked
    assert response.status_code == 302
    assert Framework.objects.published().get() == second


def test_an_incomplete_version_says_what_it_lacks_and_is_not_published(client, certifier, draft):
    Competency.objects.filter(domain__framework=draft, domain__number=6).delete()
    client.force_login(certifier)

    asked = client.get(page("framework_publish", draft.pk))
    response = client.post(page("framework_publish", draft.pk))

    assert "Sans aucune compétence" in asked.text
    assert response.status_code == 409
    assert not Framework.objects.published().exists()


def test_a_published_version_answers_that_it_no_longer_changes(client, certifier, draft):
    publish(framework=draft, by=certifier)
    competency = Competency.objects.filter(domain__framework=draft).first()
    client.force_login(certifier)
    text = {"code": "1.9", "label": "Autre"}

    answers = [
        client.post(page("framework_publish", draft.pk)),
        client.post(page("competency_add", draft.pk, 1), text),
        client.post(page("competency_edit", competency.pk), text),
        client.post(page("competency_delete", competency.pk)),
    ]

    assert [answer.status_code for answer in answers] == [409] * 4
    assert all("ne change plus" in answer.text for answer in answers)


def test_retiring_asks_first_and_happens_once(client, certifier, draft):
    publish(framework=draft, by=certifier)
    client.force_login(certifier)

    asked = client.get(page("framework_retire", draft.pk))
    first = client.post(page("framework_retire", draft.pk))
    second = client.post(page("framework_retire", draft.pk))

    assert "Plus personne ne pourra être inscrit" in asked.text
    assert (first.status_code, second.status_code) == (302, 409)


def test_only_the_certifier_changes_the_framework(client, director, draft, certifier):
    publish(framework=draft, by=certifier)
    client.force_login(director)

    assert client.get(page("framework_detail", draft.pk)).status_code == 200
    assert client.get(page("framework_create")).status_code == 403
    assert client.post(page("framework_retire", draft.pk)).status_code == 403
