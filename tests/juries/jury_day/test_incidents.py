"""Late arrivals, absences, incidents: written down by who leads, told in the minutes."""

from copy import deepcopy
from datetime import time

import pytest
from django.urls import reverse

from core.errors import DomainError, StaleState
from core.models import JournalEntry
from juries.enums import IncidentKind, Presence
from juries.models import Incident
from juries.services.jury_day.incidents import incidents_of, record_incident, strike_incident
from tests.factories import CandidateFactory, JurorFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db

AT = time(9, 20)


@pytest.fixture(scope="module")
def opened_session(module_db):
    return builders.opened()


@pytest.fixture
def session(opened_session, db):
    return deepcopy(opened_session)


@pytest.fixture
def candidate(session):
    return session.candidates.get()


def note(session, kind=IncidentKind.INCIDENT, **facts):
    facts = {"happened_at": AT, "by": builders.president(session).user} | facts
    return record_incident(session=session, kind=kind, **facts)


def test_an_incident_of_the_whole_session_is_told_in_a_sentence(session):
    note(session, note="Coupure de courant.")

    fact = incidents_of(session)[0]

    assert fact.sentence == "À 9\u00a0h\u00a020, incident\u00a0: Coupure de courant."
    assert fact.who == ""


def test_who_comes_late_is_there_from_then_on(session, candidate):
    candidate.presence = Presence.ABSENT
    candidate.save()

    note(session, IncidentKind.LATE, candidate=candidate, note="Bus en panne")

    candidate.refresh_from_db()
    assert candidate.presence == Presence.PRESENT
    assert incidents_of(session)[0].who == str(candidate.enrollment.trainee)


def test_who_is_absent_is_not_appraised(session, candidate):
    note(session, IncidentKind.ABSENCE, candidate=candidate)

    candidate.refresh_from_db()
    assert candidate.presence == Presence.ABSENT


def test_a_juror_who_leaves_no_longer_counts_and_comes_back_late(session):
    juror = builders.other_juror(session)

    note(session, IncidentKind.ABSENCE, juror=juror)
    gone = session.seats.get(juror=juror).is_present
    note(session, IncidentKind.LATE, juror=juror)

    assert not gone
    assert session.seats.get(juror=juror).is_present


def test_an_incident_about_somebody_moves_nobody(session, candidate):
    note(session, candidate=candidate, note="Malentendu sur la consigne")

    candidate.refresh_from_db()
    assert candidate.presence == Presence.PRESENT


def test_the_absence_of_somebody_already_appraised_is_refused(session, candidate):
    builders.appraise(candidate, builders.seats(session)[0])

    with pytest.raises(DomainError, match="déjà été apprécié"):
        note(session, IncidentKind.ABSENCE, candidate=candidate)

    assert not Incident.objects.exists()


def test_nonsense_is_refused(session, candidate):
    with pytest.raises(DomainError, match="en quelques mots"):
        note(session, note="  ")
    with pytest.raises(DomainError, match="de qui"):
        note(session, IncidentKind.LATE)
    with pytest.raises(DomainError, match="une seule personne"):
        note(session, IncidentKind.LATE, candidate=candidate, juror=builders.president(session))
    with pytest.raises(DomainError, match="Choisissez"):
        note(session, "gossip", note="Il paraît que")


def test_somebody_of_another_session_is_refused(session):
    with pytest.raises(DomainError, match="n’est pas de cette session"):
        note(session, IncidentKind.LATE, candidate=CandidateFactory())
    with pytest.raises(DomainError, match="ne siège pas"):
        note(session, IncidentKind.LATE, juror=JurorFactory())


def test_nothing_is_noted_outside_the_open_session():
    session = builders.convened(days=0)

    with pytest.raises(StaleState):
        note(session, note="Trop tôt")


def test_a_mistake_is_struck_out_with_its_reason_and_stays_in_the_journal(session):
    incident = note(session, note="Alarme")
    by = builders.president(session).user

    with pytest.raises(DomainError, match="pourquoi"):
        strike_incident(incident=incident, reason=" ", by=by)
    strike_incident(incident=incident, reason="Autre salle", by=by)
    with pytest.raises(StaleState, match="déjà rayé"):
        strike_incident(incident=incident, reason="Autre salle", by=by)

    assert incidents_of(session) == []
    assert Incident.objects.count() == 1
    assert JournalEntry.objects.get(action="juries.day.struck").reason == "Autre salle"


def test_the_facts_come_in_their_order_for_one_query(session, candidate, django_assert_num_queries):
    note(session, note="Second", happened_at=time(11))
    note(session, IncidentKind.LATE, candidate=candidate, happened_at=time(9))
    note(session, IncidentKind.LATE, juror=builders.president(session), happened_at=time(10))

    with django_assert_num_queries(1):
        facts = incidents_of(session)

    assert [fact.kind for fact in facts] == ["late", "late", "incident"]


# the pages


def test_the_president_writes_a_late_arrival_on_its_page(client, session, candidate):
    client.force_login(builders.president(session).user)
    page = reverse("juries:incidents", args=[session.pk])
    typed = {"kind": "late", "happened_at": "09:20", "whom": f"candidate-{candidate.pk}", "note": "Bus"}

    response = client.post(page, typed)

    assert response.url == page
    assert "retard (" in client.get(page).content.decode()


def test_a_refusal_keeps_what_was_typed(client, session):
    client.force_login(builders.president(session).user)

    response = client.post(
        reverse("juries:incidents", args=[session.pk]),
        {"kind": "absence", "happened_at": "09:20", "whom": "", "note": "Personne au portail"},
    )

    assert response.status_code == 422
    assert "Personne au portail" in response.content.decode()


def test_a_simple_juror_writes_nothing_down(client, session):
    client.force_login(builders.other_juror(session).user)

    assert client.get(reverse("juries:incidents", args=[session.pk])).status_code == 403
