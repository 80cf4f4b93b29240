"""Convening, opening, calling the roll, cancelling."""

import pytest

from core.errors import DomainError
from core.models import JournalEntry
from juries.enums import College, Presence, SessionState
from juries.services.sessions import (
    cancel_session,
    convene,
    eligible_dossiers,
    open_session,
    record_presence,
)
from tests.factories import JurorFactory
from tests.juries import builders

pytestmark = [pytest.mark.date_sensitive, pytest.mark.django_db]


def test_a_short_notice_warns_and_the_journal_keeps_it():
    session = builders.planned(days=15)

    warning = convene(session=session, by=session.planned_by)

    assert "15" in warning
    line = JournalEntry.objects.get(action="juries.session.convened")
    assert line.data["warning"] == warning


def test_sixteen_days_are_enough_notice():
    session = builders.planned(days=16)

    assert convene(session=session, by=session.planned_by) == ""


def empty(session):
    session.candidates.all().delete()


def without_president(session):
    session.seats.update(is_president=False)


def without_times(session):
    session.candidates.update(interview_at=None)


def one_college(session):
    for seat in session.seats.all():
        seat.juror.college = College.EMPLOYER
        seat.juror.save()


def one_juror(session):
    session.seats.filter(is_president=False).delete()


def of_the_certifier(session):
    for seat in session.seats.all():
        seat.juror.of_certifier = True
        seat.juror.save()


COMPOSITIONS = {
    empty: "n’a pas de candidat",
    without_president: "Personne ne préside",
    without_times: "heure d’épreuve ou d’entretien",
    one_college: "Les deux collèges",
    one_juror: "Il faut 2.jurés",
    of_the_certifier: "extérieurs au certificateur",
}


@pytest.mark.parametrize("spoil", COMPOSITIONS, ids=lambda spoil: spoil.__name__)
def test_a_jury_against_the_rules_is_neither_convened_nor_opened(spoil):
    session, late = builders.planned(), builders.convened(days=0)
    spoil(session)
    spoil(late)

    with pytest.raises(DomainError, match=COMPOSITIONS[spoil]):
        convene(session=session, by=session.planned_by)
    with pytest.raises(DomainError, match=COMPOSITIONS[spoil]):
        open_session(session=late, by=late.planned_by)

    assert builders.reread(session).state == SessionState.PLANNED


def test_half_of_the_jurors_from_outside_is_enough():
    session = builders.planned()
    juror = builders.other_juror(session)
    juror.of_certifier = True
    juror.save()

    convene(session=session, by=session.planned_by)

    assert builders.reread(session).state == SessionState.CONVENED


def test_a_session_does_not_open_before_its_day():
    session = builders.convened(days=3)

    with pytest.raises(DomainError, match="pas avant"):
        open_session(session=session, by=session.planned_by)


def test_a_cancelled_session_frees_its_candidates():
    session = builders.convened()

    cancel_session(session=session, reason="Tempête", by=session.planned_by)

    candidate = session.candidates.get()
    assert not candidate.is_open
    assert list(eligible_dossiers()) == [candidate.dossier]


def test_a_cancellation_has_a_reason():
    session = builders.planned()

    with pytest.raises(DomainError, match="motif"):
        cancel_session(session=session, reason=" ", by=session.planned_by)


def test_the_roll_call_may_be_done_again():
    session = builders.opened()
    candidate = session.candidates.get()

    record_presence(
        session=session,
        jurors_present=[builders.president(session)],
        candidates_absent=[candidate],
        by=session.planned_by,
    )

    candidate.refresh_from_db()
    assert candidate.presence == Presence.ABSENT
    assert [seat.is_present for seat in builders.seats(session)] == [True, False]


def test_somebody_from_elsewhere_is_not_called():
    session = builders.opened()

    with pytest.raises(DomainError, match="ne siège pas"):
        record_presence(
            session=session, jurors_present=[JurorFactory()], candidates_absent=[], by=session.planned_by
        )


def test_a_candidate_who_was_appraised_is_not_absent():
    session = builders.appraised()

    with pytest.raises(DomainError, match="déjà été apprécié"):
        record_presence(
            session=session,
            jurors_present=[],
            candidates_absent=[session.candidates.get()],
            by=session.planned_by,
        )
