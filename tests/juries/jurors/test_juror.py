"""The pool of jurors, and the rules of certification by versions."""

import pytest
from django.urls import reverse

from accounts.models import Invitation
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from juries.enums import College
from juries.models import CertificationSettings, Juror
from juries.services.jurors.jurors import add_juror, change_juror, declare_link
from juries.services.sessions.settings import adopt_settings, settings_in_force
from tests.factories import CertificationSettingsFactory, JurorFactory, StructureFactory, TraineeFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db

FACTS = {
    "email": "chantal@essai.example",
    "first_name": "Chantal",
    "last_name": "Wattel",
    "college": College.EMPLOYER,
    "organisation": "Chambre des métiers",
    "region": "32",
}


def test_a_person_who_enters_the_pool_is_invited(certifier):
    juror = add_juror(**FACTS, by=certifier)

    assert Invitation.objects.get().user == juror.user
    assert JournalEntry.objects.filter(action="juries.juror.enlisted").exists()


def test_nobody_enters_the_pool_twice(certifier):
    add_juror(**FACTS, by=certifier)

    with pytest.raises(DomainError, match="déjà dans le vivier"):
        add_juror(**FACTS, by=certifier)

    assert Juror.objects.count() == 1


def test_a_college_that_does_not_exist_is_refused(certifier):
    with pytest.raises(DomainError):
        add_juror(**FACTS | {"college": "third"}, by=certifier)

    assert not Juror.objects.exists()


def test_a_juror_may_leave_the_pool(certifier):
    juror = change_juror(juror=JurorFactory(), is_active=False, by=certifier)

    assert not juror.is_active


def test_a_link_is_with_a_structure_or_with_a_person(certifier):
    with pytest.raises(DomainError, match="l’une des deux"):
        declare_link(
            juror=JurorFactory(),
            structure=StructureFactory(),
            trainee=TraineeFactory(),
            nature="Ami",
            by=certifier,
        )


def test_a_link_says_its_nature(certifier):
    with pytest.raises(DomainError, match="nature"):
        declare_link(juror=JurorFactory(), structure=StructureFactory(), nature=" ", by=certifier)


def test_the_same_link_is_declared_once(certifier):
    juror, structure = JurorFactory(), StructureFactory()
    declare_link(juror=juror, structure=structure, nature="Ancien salarié", by=certifier)

    with pytest.raises(StaleState, match="déjà déclaré"):
        declare_link(juror=juror, structure=structure, nature="Ancien salarié", by=certifier)


def test_without_settings_nothing_can_be_planned_and_the_sentence_says_where_to_go():
    with pytest.raises(DomainError, match="Adoptez d’abord"):
        settings_in_force()


def test_a_new_version_keeps_the_rules_that_are_not_changed(certifier):
    CertificationSettingsFactory(appeal_days=60, signatory_name="Dominique")

    version = adopt_settings(source="Comité du 3 mars", quorum=2, least_jurors=4, by=certifier)

    assert version.version == 2
    assert version.least_jurors == 4
    assert version.appeal_days == 60
    assert settings_in_force() == version


def test_a_quorum_above_the_number_of_jurors_is_refused(certifier):
    CertificationSettingsFactory()

    with pytest.raises(DomainError, match="quorum ne dépasse pas"):
        adopt_settings(source="Erreur", quorum=5, by=certifier)

    assert CertificationSettings.objects.count() == 1


def test_a_version_says_its_source(certifier):
    CertificationSettingsFactory()

    with pytest.raises(DomainError):
        adopt_settings(source=" ", by=certifier)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"layout_version": "zz"}, "maquette.*« zz »"),
        ({"signatory_name": "Dominique 😀"}, "ne peut pas écrire « 😀 »"),
    ],
)
def test_rules_that_no_certificate_could_print_are_refused(certifier, rule, sentence):
    CertificationSettingsFactory()

    with pytest.raises(DomainError, match=sentence):
        adopt_settings(source="Comité", **rule, by=certifier)


def test_the_same_rules_sent_twice_make_one_version(certifier):
    CertificationSettingsFactory()
    adopt_settings(source="Comité", appeal_days=45, by=certifier)

    with pytest.raises(StaleState, match="Rien ne change"):
        adopt_settings(source="Comité", appeal_days=45, by=certifier)

    assert CertificationSettings.objects.count() == 2


def test_a_planned_session_keeps_the_rules_it_was_planned_under(certifier):
    session = builders.planned()

    adopt_settings(source="Comité", least_jurors=6, by=certifier)

    assert builders.reread(session).rules.least_jurors == 2


def test_the_form_keeps_what_was_typed_when_it_is_refused(client, certifier):
    add_juror(**FACTS, by=certifier)
    client.force_login(certifier)

    response = client.post(reverse("juries:juror_create"), FACTS | {"organisation": "Une autre maison"})

    assert response.status_code == 422
    assert "déjà dans le vivier" in response.content.decode()
    assert "Une autre maison" in response.content.decode()


def test_a_juror_names_only_the_candidates_they_already_see(client, juror):
    other = builders.convened()
    client.force_login(juror)

    page = client.get(reverse("juries:juror_link_add", args=[juror.juror.pk])).content.decode()

    assert str(other.candidates.get().enrollment.trainee) not in page


def test_the_pool_costs_the_same_queries_with_one_and_three_jurors(
    client, certifier, django_assert_num_queries
):
    client.force_login(certifier)
    url = reverse("juries:juror_list")
    JurorFactory()
    client.get(url)
    with django_assert_num_queries(10, exact=False) as first:
        client.get(url)
    JurorFactory.create_batch(2)

    with django_assert_num_queries(len(first)):
        client.get(url)
