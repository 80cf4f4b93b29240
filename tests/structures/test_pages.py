from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Invitation
from core import clock
from structures.enums import Role, StructureState
from structures.models import Structure
from tests.factories import MembershipFactory, StructureFactory, UserFactory
from tests.factories.structures import siret

pytestmark = pytest.mark.django_db
LIST = reverse("structures:list")


def url(name: str, row) -> str:
    return reverse(f"structures:{name}", args=[row.pk])


@pytest.fixture
def as_certifier(client, certifier):
    client.force_login(certifier)
    return client


@pytest.fixture
def as_director(client, director):
    client.force_login(director)
    return client


def names(response) -> list[str]:
    return [structure.name for structure in response.context["page"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_little_for_three_structures_as_for_one(
    count, as_certifier, django_assert_num_queries
):
    for _ in range(count):
        MembershipFactory()

    with django_assert_num_queries(6):
        response = as_certifier.get(LIST)

    assert len(names(response)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_structure_asks_as_little_for_three_members_as_for_one(
    count, as_certifier, structure, django_assert_num_queries
):
    for _ in range(count):
        MembershipFactory(structure=structure)

    with django_assert_num_queries(8):
        as_certifier.get(url("detail", structure))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=port+saumur", ["Atelier du Port"]),
        ("q=49400", ["Atelier du Port"]),
        ("region=52", ["Atelier du Port"]),
        ("state=suspended", ["Les Jardins"]),
        ("state=accredited&region=76", []),
        ("q=PÔRT+sâumur", ["Atelier du Port"]),
        ("q=rien", []),
        ("state=inconnu&region=zz", ["Atelier du Port", "Les Jardins"]),
        ("page=99", ["Atelier du Port", "Les Jardins"]),
        ("page=abc", ["Atelier du Port", "Les Jardins"]),
    ],
)
def test_the_list_answers_what_is_asked(query, found, as_certifier):
    StructureFactory(name="Atelier du Port", city="Saumur", postcode="49400", region="52")
    StructureFactory(name="Les Jardins", state=StructureState.SUSPENDED)

    assert names(as_certifier.get(f"{LIST}?{query}")) == found


def test_a_director_sees_only_their_own_structures(as_director, structure, stranger):
    response = as_director.get(LIST)

    assert names(response) == [structure.name]
    assert "Inscrire une structure" not in response.text


def test_the_list_teaches_when_it_is_empty(as_certifier):
    assert "Pas encore de structure" in as_certifier.get(LIST).text
    StructureFactory()
    assert "Aucune structure ne correspond" in as_certifier.get(f"{LIST}?q=rien").text


def test_a_structure_is_registered_with_a_siret_typed_in_groups(as_certifier):
    number = siret(800)
    typed = f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"

    response = as_certifier.post(
        reverse("structures:create"),
        {"name": "L’Atelier neuf", "siret": typed, "postcode": "34 200", "city": "Sète"},
    )

    structure = Structure.objects.get()
    assert response.url == url("detail", structure)
    assert (structure.siret, structure.region) == (number, "76")


def test_a_form_that_is_refused_keeps_what_was_typed(as_certifier):
    other = StructureFactory()

    response = as_certifier.post(
        reverse("structures:create"),
        {"name": "L’Atelier neuf", "siret": other.siret, "postcode": "00100", "city": "Sète"},
    )

    assert response.status_code == 422
    assert "L’Atelier neuf" in response.text
    assert "Une structure porte déjà ce SIRET." in response.text
    assert "aucune région" in response.text


def test_the_certifier_accredits_and_the_page_says_until_when(as_certifier):
    structure = StructureFactory(interested=True)
    start, end = clock.today(), clock.today() + timedelta(days=1000)

    response = as_certifier.post(
        url("accredit", structure), {"starts_on": start, "ends_on": end}, follow=True
    )

    structure.refresh_from_db()
    assert structure.may_enrol_on(start)
    assert "est agréée jusqu’au" in response.text


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("accredit", {"starts_on": "2026-03-01", "ends_on": "2026-02-01"}, "finir après"),
        ("accredit", {"starts_on": "31/02/2026", "ends_on": "2099-01-01"}, "n’existe pas"),
        ("suspend", {"reason": " "}, "obligatoire"),
        ("suspend", {"reason": "x" * 501}, "500"),
        ("visit", {"visited_on": "2099-01-01"}, "à venir"),
        ("visit", {"visited_on": "1999-01-01"}, "corrigez sa date"),
    ],
)
def test_an_act_that_cannot_be_says_why(name, data, sentence, as_certifier, structure):
    response = as_certifier.post(url(name, structure), data)

    assert response.status_code == 422
    assert sentence in response.text
    assert as_certifier.get(url("detail", structure)).context["structure"].state == StructureState.ACCREDITED


def test_suspending_twice_says_that_somebody_was_first(as_certifier, structure):
    as_certifier.post(url("suspend", structure), {"reason": "Travaux"})

    response = as_certifier.post(url("suspend", structure), {"reason": "Travaux"})

    assert response.status_code == 409
    assert "Rechargez la page" in response.text


def test_resuming_what_is_not_suspended_shows_the_page_with_the_refusal(as_certifier, structure):
    response = as_certifier.post(url("resume", structure))

    assert response.status_code == 409
    assert "n’est pas suspendu" in response.text


def test_a_director_invites_a_trainer_and_sees_that_the_invitation_waits(as_director, structure):
    person = {"first_name": "Ines", "last_name": "Neuve", "email": "ines@essai.example", "role": Role.TRAINER}

    response = as_director.post(url("member_add", structure), person, follow=True)

    assert "Une invitation part vers ines@essai.example" in response.text
    assert "invitation en attente" in response.text
    assert Invitation.objects.open().count() == 1


def test_the_same_person_twice_is_refused_on_the_form(as_director, structure, trainer):
    person = {"first_name": "A", "last_name": "B", "email": trainer.email, "role": Role.TRAINER}

    response = as_director.post(url("member_add", structure), person)

    assert response.status_code == 422
    assert "tient déjà ce rôle" in response.text


def test_the_last_director_cannot_leave(as_director, director, structure):
    response = as_director.post(url("member_end", structure.memberships.get(user=director)))

    assert response.status_code == 409
    assert "seule personne à la direction" in response.text


def test_a_director_who_leaves_is_brought_home(as_director, director, structure):
    MembershipFactory(structure=structure, role=Role.DIRECTOR)

    response = as_director.post(url("member_end", structure.memberships.get(user=director)))

    assert response.url == reverse("home")
    assert as_director.get(url("detail", structure)).status_code == 404


def test_a_new_link_is_sent_to_a_member_who_lost_theirs(as_director, structure):
    membership = MembershipFactory(structure=structure, user=UserFactory(password="!"))

    response = as_director.post(url("member_invite", membership), follow=True)

    assert "Une nouvelle invitation part" in response.text
    assert Invitation.objects.open().get().user == membership.user


def test_the_page_shows_the_suspension_and_its_reason_to_the_team(client, certifier, director, structure):
    client.force_login(certifier)
    client.post(url("suspend", structure), {"reason": "Encadrement absent"})
    client.force_login(director)

    page = client.get(url("detail", structure)).text

    assert "la structure n’inscrit plus" in page
    assert "Encadrement absent" in page
    assert "Reprendre l’agrément" not in page
