"""Before the release nobody but the jury and the certifier sees anything of a decision, on any page."""

from copy import deepcopy

import pytest
from django.urls import reverse

from juries.enums import ReleaseMode, SessionState
from juries.models import Appraisal, Decision
from juries.services.results.release import release_results
from structures.enums import Role
from tests.factories import MembershipFactory
from tests.juries import builders, release_builders

pytestmark = pytest.mark.django_db

REASON = "Motif que personne ne doit lire avant la publication."
ADVICE = "Conseil que personne ne doit lire avant la publication."
TOLD = (REASON, ADVICE, "ertification partielle", "on certifié", "Attestation partielle", "Lettre du jury")


@pytest.fixture(scope="module")
def decided_in_secret(module_db):
    """The minutes of a partial decision, which nobody has signed yet; the certifier releases."""
    session = release_builders.appraised(release_mode=ReleaseMode.BY_CERTIFIER)
    release_builders.grant(session.candidates.get(), 1, reason=REASON, recommendation=ADVICE)
    return builders.close_deliberation(session=session, by=builders.president(session).user)


@pytest.fixture(scope="module")
def everybody(decided_in_secret) -> dict:
    session = decided_in_secret.session
    structure = session.candidates.get().enrollment.structure
    team = {role: MembershipFactory(structure=structure, role=role).user for role in Role.values}
    return team | {"trainee": release_builders.trainee_of(session)}


@pytest.fixture
def people(everybody, db) -> dict:
    return deepcopy(everybody)


@pytest.fixture
def minutes(decided_in_secret, people):
    return deepcopy(decided_in_secret)


@pytest.fixture
def signed_session(minutes):
    builders.sign_all(minutes)
    return builders.reread(minutes.session)


def pages_of(enrollment) -> list[str]:
    return [
        reverse("home"),
        reverse("my_dossier"),
        reverse("trainee_page", args=[enrollment.pk]),
        reverse("trainees:list"),
        reverse("trainees:hours", args=[enrollment.pk]),
        reverse("evaluations:gateway", args=[enrollment.pk]),
        reverse("evaluations:notebook"),
        reverse("certificates:certificate_list"),
    ]


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("role", [*Role.values, "trainee"])
def test_no_page_of_a_team_or_of_the_trainee_tells_the_decision(client, minutes, people, role, signed):
    if signed:
        builders.sign_all(minutes)
    enrollment = minutes.session.candidates.get().enrollment
    client.force_login(people[role])

    for url in pages_of(enrollment):
        page = client.get(url, follow=True).content.decode()
        found = [words for words in TOLD if words in page]
        assert not found, f"{url}: {found}"


@pytest.mark.parametrize("role", [*Role.values, "trainee"])
def test_the_pages_of_the_jury_are_unknown_to_a_team_and_to_the_trainee(client, signed_session, people, role):
    session, candidate = signed_session, signed_session.candidates.get()
    client.force_login(people[role])

    for name, pk in [
        ("session_detail", session.pk),
        ("deliberation", session.pk),
        ("minutes", session.pk),
        ("minutes_file", session.pk),
        ("session_results", session.pk),
        ("candidate_detail", candidate.pk),
        ("decide", candidate.pk),
        ("appeal_file", candidate.pk),
    ]:
        assert client.get(reverse(f"juries:{name}", args=[pk])).status_code == 404, name


def test_no_row_of_a_decision_is_visible_to_a_team_or_to_the_trainee(signed_session, people):
    for person in people.values():
        assert not Decision.objects.visible_to(person).exists()
        assert not Appraisal.objects.visible_to(person).exists()
        assert not signed_session.letters.results_visible_to(person).exists()


def test_the_enrollment_does_not_move_before_the_release(signed_session):
    enrollment = signed_session.candidates.get().enrollment
    assert signed_session.state == SessionState.DELIBERATED
    assert enrollment.step == "jury"


def test_the_release_shows_all_of_it_to_both(client, signed_session, people):
    release_results(session=signed_session, by=signed_session.planned_by)
    enrollment = signed_session.candidates.get().enrollment

    client.force_login(people["director"])
    of_team = client.get(reverse("trainee_page", args=[enrollment.pk])).content.decode()
    client.force_login(people["trainee"])
    own = client.get(reverse("my_dossier")).content.decode()

    assert REASON in of_team
    assert "Lettre du jury à remettre" in of_team
    assert "Lire la lettre du jury" in own
    assert "Je ne suis pas d’accord" in own
