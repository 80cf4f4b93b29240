"""Before the release nobody but the jury and the certifier sees anything of a decision, on any page."""

import pytest
from django.urls import reverse

from juries.enums import ReleaseMode, SessionState
from juries.models import Appraisal, Decision
from structures.enums import Role
from tests.factories import MembershipFactory
from tests.juries import aftermath, scenes

pytestmark = pytest.mark.django_db

REASON = "Motif que personne ne doit lire avant la publication."
ADVICE = "Conseil que personne ne doit lire avant la publication."
TOLD = (REASON, ADVICE, "ertification partielle", "on certifié", "Attestation partielle", "Lettre du jury")


def decided_in_secret(*, signed: bool):
    """A partial decision, its minutes signed by all or not yet; the certifier releases."""
    session = aftermath.appraised(release_mode=ReleaseMode.BY_CERTIFIER)
    aftermath.grant(session.candidates.get(), 1, reason=REASON, recommendation=ADVICE)
    minutes = scenes.close_deliberation(session=session, by=scenes.president(session).user)
    if signed:
        scenes.sign_all(minutes)
    return scenes.reread(session)


def people_around(session) -> dict:
    enrollment = session.candidates.get().enrollment
    team = {role: MembershipFactory(structure=enrollment.structure, role=role).user for role in Role.values}
    return team | {"trainee": aftermath.trainee_of(session)}


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
def test_no_page_of_a_team_or_of_the_trainee_tells_the_decision(client, role, signed):
    session = decided_in_secret(signed=signed)
    enrollment = session.candidates.get().enrollment
    client.force_login(people_around(session)[role])

    for url in pages_of(enrollment):
        page = client.get(url, follow=True).content.decode()
        found = [words for words in TOLD if words in page]
        assert not found, f"{url}: {found}"


@pytest.mark.parametrize("role", [*Role.values, "trainee"])
def test_the_pages_of_the_jury_are_unknown_to_a_team_and_to_the_trainee(client, role):
    session = decided_in_secret(signed=True)
    candidate = session.candidates.get()
    client.force_login(people_around(session)[role])

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


def test_no_row_of_a_decision_is_visible_to_a_team_or_to_the_trainee():
    session = decided_in_secret(signed=True)

    for person in people_around(session).values():
        assert not Decision.objects.visible_to(person).exists()
        assert not Appraisal.objects.visible_to(person).exists()
        assert not session.letters.results_visible_to(person).exists()


def test_the_enrollment_does_not_move_before_the_release():
    session = decided_in_secret(signed=True)

    enrollment = session.candidates.get().enrollment
    assert session.state == SessionState.DELIBERATED
    assert enrollment.step == "jury"


def test_the_release_shows_all_of_it_to_both(client):
    session = aftermath.appraised()
    people = people_around(session)
    aftermath.grant(session.candidates.get(), 1, reason=REASON, recommendation=ADVICE)
    aftermath.release(session)
    enrollment = session.candidates.get().enrollment

    client.force_login(people["director"])
    of_team = client.get(reverse("trainee_page", args=[enrollment.pk])).content.decode()
    client.force_login(people["trainee"])
    own = client.get(reverse("my_dossier")).content.decode()

    assert REASON in of_team
    assert "Lettre du jury à remettre" in of_team
    assert "Lire la lettre du jury" in own
    assert "Je ne suis pas d’accord" in own
