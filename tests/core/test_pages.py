from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.emails import invitation_token
from accounts.models import User
from accounts.services.invitations import invite_person, withdraw_invitations
from core import clock
from core.models import JournalEntry
from core.services.journal import record
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
JOURNAL = reverse("accounts:journal")
SAID = {
    "first_name": "Inès",
    "last_name": "Neuve",
    "password": "brouette-pluie-carnet",
    "again": "brouette-pluie-carnet",
}


@pytest.fixture
def invited(certifier) -> User:
    return invite_person(email="ines@essai.example", first_name="Ines", last_name="Neuve", by=certifier)


@pytest.fixture
def link(invited) -> str:
    return reverse("accounts:accept_invitation", args=[invitation_token(invited.invitations.get())])


def test_the_person_invited_chooses_a_password_and_is_in(client, link, invited):
    page = client.get(link)
    response = client.post(link, SAID)

    assert 'value="Ines"' in page.text
    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(invited.pk)


def test_the_session_changes_its_key_when_the_account_opens(client, link):
    client.get(link)
    client.session["trace"] = 1
    before = client.session.session_key

    client.post(link, SAID)

    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"again": "autre chose"}, "ne sont pas les mêmes"),
        ({"password": "court", "again": "court"}, "trop court"),
        ({"first_name": " "}, "obligatoire"),
        ({"password": "", "again": ""}, "obligatoire"),
    ],
)
def test_what_is_wrong_is_said_and_names_are_kept(wrong, sentence, client, link, invited):
    response = client.post(link, SAID | {"last_name": "Nouveau-Nom"} | wrong)

    assert response.status_code == 422
    assert sentence in response.text
    assert "Nouveau-Nom" in response.text
    assert "brouette" not in response.text
    invited.refresh_from_db()
    assert not invited.has_usable_password()


def test_a_link_that_nobody_made_is_a_page_of_the_site(client, invited):
    response = client.get(reverse("accounts:accept_invitation", args=["forgé"]))

    assert response.status_code == 404
    assert "Ce lien ne sert plus" in response.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_used_late_or_withdrawn_opens_nothing(method, client, link, invited, certifier):
    ask = getattr(client, method)
    with clock.at(clock.now() + timedelta(days=15)):
        late = ask(link, SAID)
    withdraw_invitations(user=invited, by=certifier)
    withdrawn = ask(link, SAID)

    assert (late.status_code, withdrawn.status_code) == (410, 410)
    assert "Demandez-en un nouveau" in withdrawn.text
    assert "_auth_user_id" not in client.session


def test_a_link_sent_twice_by_the_browser_opens_the_account_once(client, link):
    client.post(link, SAID)

    again = client.post(link, SAID | {"password": "autre-phrase-longue", "again": "autre-phrase-longue"})

    assert again.status_code == 410
    assert User.objects.get(email="ines@essai.example").check_password(SAID["password"])


def write(by, summary: str, at: datetime, **facts) -> JournalEntry:
    with clock.at(at), transaction.atomic():
        return record(action="essai", subject=by, by=by, summary=summary, **facts)


@pytest.fixture
def lines(certifier):
    paul = UserFactory(first_name="Paul", last_name="Martin")
    write(certifier, "Les Jardins est agréée", datetime(2026, 3, 1, 12, tzinfo=UTC))
    write(paul, "Séance notée", datetime(2026, 3, 9, 22, 59, tzinfo=UTC), reason="Rattrapage du jardin")
    write(paul, "Séance annulée", datetime(2026, 3, 9, 23, 30, tzinfo=UTC))


def summaries(response) -> list[str]:
    return [entry.summary for entry in response.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Séance annulée", "Séance notée", "Les Jardins est agréée"]),
        ("words=jardin", ["Séance notée", "Les Jardins est agréée"]),
        ("person=martin+paul", ["Séance annulée", "Séance notée"]),
        ("person=mârtin&words=seance+notee", ["Séance notée"]),
        ("since=2026-03-09&until=2026-03-09", ["Séance notée"]),
        ("since=2026-03-10", ["Séance annulée"]),
        ("since=hier", ["Séance annulée", "Séance notée", "Les Jardins est agréée"]),
        ("kind=accounts.user&words=agréée", ["Les Jardins est agréée"]),
        ("kind=inconnu&words=rien", []),
    ],
)
def test_the_journal_answers_what_is_asked(query, found, client, certifier, lines):
    client.force_login(certifier)

    assert summaries(client.get(f"{JOURNAL}?{query}")) == found


def test_the_journal_says_whether_its_chain_holds(client, certifier, lines):
    client.force_login(certifier)

    assert "La chaîne tient" not in client.get(JOURNAL).text
    assert "La chaîne tient" in client.get(f"{JOURNAL}?chaine=relire").text


def test_the_journal_shows_where_its_chain_is_broken(client, certifier, lines):
    client.force_login(certifier)
    last = JournalEntry.objects.latest("sequence")
    JournalEntry.objects.create(
        sequence=9,
        actor_name="Personne",
        action="essai",
        subject_type="accounts.user",
        subject_id="1",
        summary="Ligne glissée",
        previous_hash=last.hash,
        hash="f" * 64,
    )

    page = client.get(f"{JOURNAL}?chaine=relire").text

    assert "La chaîne est rompue" in page
    assert "a été modifiée" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_journal_asks_as_little_for_three_lines_as_for_one(
    count, client, certifier, django_assert_num_queries
):
    for _ in range(count):
        write(certifier, "Une ligne", clock.now())
    client.force_login(certifier)

    with django_assert_num_queries(6):
        response = client.get(JOURNAL)

    assert len(summaries(response)) == count
