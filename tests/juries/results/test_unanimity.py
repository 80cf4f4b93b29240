"""The decision starts from what the jurors said: proposed with its count, followed in one act when all agree."""

import pytest
from django.urls import reverse

from core.errors import DomainError
from juries.enums import Outcome
from juries.models import Decision
from juries.services.results.unanimity import follow_unanimity
from tests.juries import builders

pytestmark = pytest.mark.django_db


def test_the_page_proposes_what_the_jurors_said_with_its_count(client):
    session = builders.appraised(jurors=3)
    client.force_login(builders.president(session).user)

    response = client.get(reverse("juries:decide", args=[session.candidates.get().pk]))

    assert "certifié, 3 sur 3" in response.content.decode()
    assert response.context["form"].initial == {
        "outcome": Outcome.CERTIFIED,
        "production_validated": True,
        "interview_validated": True,
    }


def test_all_whom_every_juror_certifies_are_decided_in_one_act(client):
    session = builders.opened(candidates=3)
    first, second, third = session.candidates.all()
    for seat in builders.seats(session):
        for candidate in (first, second):
            builders.appraise(candidate, seat)
        builders.appraise(third, seat, validated=seat.is_president)
    client.force_login(builders.president(session).user)
    url = reverse("juries:deliberation", args=[session.pk])
    page = client.get(url).content.decode()
    assert "Suivre l’avis unanime pour 2\xa0candidats" in page

    client.post(reverse("juries:follow_unanimous", args=[session.pk]), {"candidate": [first.pk, second.pk]})

    outcomes = dict(Decision.objects.values_list("candidate", "outcome"))
    assert outcomes == {first.pk: Outcome.CERTIFIED, second.pk: Outcome.CERTIFIED}
    assert "Suivre l’avis unanime" not in client.get(url).content.decode()


def test_whom_the_jurors_are_split_on_nobody_follows():
    session = builders.opened(candidates=2)
    first, second = session.candidates.all()
    for seat in builders.seats(session):
        builders.appraise(first, seat)
        builders.appraise(second, seat, validated=seat.is_president)

    with pytest.raises(DomainError, match="à l’unanimité"):
        follow_unanimity(
            session=session, candidates=[first.pk, second.pk], by=builders.president(session).user
        )

    assert not Decision.objects.exists()


def test_a_certified_candidate_is_not_asked_each_domain(client):
    session = builders.appraised()
    candidate = session.candidates.get()
    client.force_login(builders.president(session).user)

    client.post(
        reverse("juries:decide", args=[candidate.pk]),
        {"outcome": "certified", "production_validated": "on", "interview_validated": "on"},
    )

    assert all(row.acquired for row in candidate.decisions.get().domains.all())
