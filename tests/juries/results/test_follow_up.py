"""The pages of what comes after: results of a session, files, appeals; the same queries for one row and for three."""

from copy import deepcopy

import pytest
from django.urls import reverse

from core.models import JournalEntry
from juries.models import Appeal
from juries.queries.results.follow_up import follow_ups
from tests.juries import appeal_builders, builders, release_builders

pytestmark = pytest.mark.django_db


def released(*, candidates: int):
    """As many candidates, each certified in part."""
    session = release_builders.appraised(candidates=candidates)
    for candidate in session.candidates.all():
        release_builders.grant(candidate, 1)
    return release_builders.release(session)


@pytest.fixture(scope="module")
def released_sessions(module_db):
    return [released(candidates=candidates) for candidates in (1, 3)]


@pytest.fixture(scope="module")
def refused_session(module_db):
    return release_builders.released_refusal()


@pytest.fixture
def partial(released_sessions, db):
    """The candidate was granted the first domain."""
    return deepcopy(released_sessions[0])


@pytest.fixture
def three_partial(released_sessions, db):
    return deepcopy(released_sessions[1])


@pytest.fixture
def refused(refused_session, db):
    return deepcopy(refused_session)


def queries_of(client, url, django_assert_max_num_queries) -> int:
    client.get(url)
    with django_assert_max_num_queries(40) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_results_cost_the_same_for_one_candidate_and_for_three(
    client, certifier, partial, three_partial, django_assert_max_num_queries
):
    client.force_login(certifier)

    costs = [
        queries_of(client, reverse("juries:session_results", args=[row.pk]), django_assert_max_num_queries)
        for row in (partial, three_partial)
    ]

    assert costs[0] == costs[1] <= 16


def test_the_list_of_appeals_costs_the_same_for_one_and_for_three(
    client, certifier, refused, django_assert_max_num_queries
):
    client.force_login(certifier)
    appeal_builders.reviewed(session=refused)
    one = queries_of(client, reverse("juries:appeal_list"), django_assert_max_num_queries)
    for _ in range(2):
        appeal_builders.reviewed()

    assert queries_of(client, reverse("juries:appeal_list"), django_assert_max_num_queries) == one


def test_what_follows_an_enrollment_is_read_in_four_queries(
    certifier, three_partial, django_assert_num_queries
):
    candidates = list(three_partial.candidates.select_related("session"))

    with django_assert_num_queries(4):
        found = follow_ups(candidates, certifier)

    assert len(found) == 3
    assert all(row.attestation and row.letter and row.may_contest for row in found.values())


def test_the_results_name_what_each_was_given_and_the_last_day_of_an_appeal(client, certifier, partial):
    release_builders.draw(release_builders.attestation_of(partial))
    client.force_login(certifier)

    page = client.get(reverse("juries:session_results", args=[partial.pk])).content.decode()

    assert "Attestation partielle (PDF)" in page
    assert "Noter un recours" in page


def test_the_attestation_is_downloaded_by_the_trainee_with_a_line_of_the_journal(client, partial):
    attestation = release_builders.attestation_of(partial)
    pdf = release_builders.draw(attestation)
    user = release_builders.trainee_of(partial)
    client.force_login(user)

    answer = client.get(reverse("juries:attestation_file", args=[attestation.pk]))

    assert b"".join(answer.streaming_content) == pdf
    assert JournalEntry.objects.get(action="juries.attestation.downloaded").actor == user


def test_an_attestation_not_yet_drawn_says_to_come_back(client, certifier, partial):
    attestation = release_builders.attestation_of(partial)
    client.force_login(certifier)

    answer = client.get(reverse("juries:attestation_file", args=[attestation.pk]))

    assert answer.status_code == 409
    assert "en préparation" in answer.content.decode()


def test_a_trainee_contests_from_their_own_page(client, refused):
    user = release_builders.trainee_of(refused)
    candidate = refused.candidates.get()
    client.force_login(user)

    page = client.get(reverse("my_dossier")).content.decode()
    answer = client.post(
        reverse("juries:appeal_file", args=[candidate.pk]),
        {"grounds": "Je n’ai pas eu le temps."},
        follow=True,
    )

    assert reverse("juries:appeal_file", args=[candidate.pk]) in page
    assert "J’attends la réponse" in answer.content.decode()
    assert Appeal.objects.get().filed_by == user


def test_an_empty_contestation_keeps_the_page_and_says_why(client, refused):
    client.force_login(release_builders.trainee_of(refused))

    answer = client.post(reverse("juries:appeal_file", args=[refused.candidates.get().pk]), {"grounds": " "})

    assert answer.status_code == 422
    assert not Appeal.objects.exists()


def test_the_certifier_notes_a_letter_that_came_on_paper(client, certifier, refused):
    client.force_login(certifier)

    client.post(
        reverse("juries:appeal_file", args=[refused.candidates.get().pk]),
        {"grounds": "Lettre du 3 mars.", "filed_on": refused.held_on.isoformat()},
    )

    assert Appeal.objects.get().on_paper


def test_the_opinion_is_never_shown_to_the_candidate_nor_to_the_team(client, refused):
    appeal = appeal_builders.reviewed(session=refused)
    enrollment = appeal.decision.candidate.enrollment
    for person in (appeal.filed_by, builders.director_of(enrollment)):
        client.force_login(person)

        page = client.get(reverse("juries:appeal_detail", args=[appeal.pk])).content.decode()

        assert "Tout est au dossier." not in page
        assert str(appeal.reviewer) not in page


def test_an_appeal_goes_from_the_list_to_its_answer_by_the_pages(client, certifier, refused):
    appeal = appeal_builders.filed(session=refused)
    reviewer = release_builders.reviewer()
    client.force_login(certifier)
    client.post(reverse("juries:appeal_assign", args=[appeal.pk]), {"reviewer": str(reviewer.pk)})
    client.force_login(reviewer.user)
    client.post(
        reverse("juries:appeal_opinion", args=[appeal.pk]), {"favourable": "yes", "opinion": "À revoir."}
    )
    client.force_login(certifier)

    client.post(
        reverse("juries:appeal_uphold", args=[appeal.pk]),
        {
            "outcome": "certified",
            "production_validated": "on",
            "interview_validated": "on",
            "acquired": list(builders.all_domains()),
            "closed_reason": "Le travail du matin le montre",
        },
    )

    assert appeal_builders.reread(appeal).state == "upheld"


def test_a_reviewer_who_sat_is_refused_by_the_page(client, certifier, refused):
    appeal = appeal_builders.filed(session=refused)
    seat = builders.seats(appeal.decision.candidate.session)[0]
    client.force_login(certifier)

    answer = client.post(reverse("juries:appeal_assign", args=[appeal.pk]), {"reviewer": str(seat.juror_id)})

    assert answer.status_code == 422
    assert appeal_builders.reread(appeal).state == "filed"
