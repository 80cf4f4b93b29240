"""A decision that departs from what the jurors said: reasoned, told in the minutes, signed by everybody there."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from certificates.models import Certificate
from core.errors import DomainError
from evaluations.enums import TestKind
from juries.documents.results.minutes import template_context
from juries.enums import Departure, Outcome, SessionState
from juries.models import Decision, JurySession
from juries.queries.results.opinions import Opinions
from juries.services.results.minutes import close_deliberation, sign_minutes
from juries.services.sessions import record_presence
from tests.juries import builders

pytestmark = pytest.mark.django_db

REASON = "Le jury a revu le dossier scellé ensemble."


def judged(*opinions: bool) -> JurySession:
    """A jury of as many jurors, each of the same opinion on both tests."""
    session = builders.opened(jurors=len(opinions))
    for validated, seat in zip(opinions, builders.seats(session), strict=True):
        builders.appraise(session.candidates.get(), seat, validated=validated)
    return session


def test_a_unanimous_no_becomes_no_certificate_without_a_reason():
    session = judged(False, False, False)

    with pytest.raises(DomainError, match=r"contre l’avis unanime des jurés\s: écrivez le motif"):
        builders.certify(session.candidates.get())

    assert not Decision.objects.exists()


def test_one_test_validated_against_all_is_against_unanimity():
    session = judged(False, False, False)

    decision = builders.refuse(session.candidates.get(), interview_validated=True)

    assert decision.departure == Departure.UNANIMITY


def test_going_against_the_majority_needs_a_reason_and_is_told():
    session = judged(False, False, True)
    candidate = session.candidates.get()
    with pytest.raises(DomainError, match=r"contre l’avis de la majorité des jurés\s: écrivez le motif"):
        builders.certify(candidate)

    assert builders.certify(candidate, reason=REASON).departure == Departure.MAJORITY


def test_what_the_majority_says_departs_from_nothing():
    assert builders.certify(judged(True, True, False).candidates.get()).departure == ""


def test_a_jury_evenly_split_is_gone_against_by_nobody():
    assert builders.certify(judged(True, False).candidates.get()).departure == ""


def test_not_to_certify_whom_all_would_certify_is_against_unanimity():
    decision = builders.refuse(judged(True, True).candidates.get())

    assert decision.departure == Departure.UNANIMITY


def test_who_was_not_heard_whole_is_adjourned_against_nobody():
    session = builders.opened()
    candidate = session.candidates.get()
    builders.appraise(candidate, session.seats.get(is_president=True))

    assert builders.refuse(candidate, Outcome.ADJOURNED).departure == ""


def test_the_signed_content_and_its_sheet_say_it():
    session = judged(False, False)
    builders.certify(session.candidates.get(), reason=REASON)

    minutes = close_deliberation(session=session, by=builders.president(session).user)

    (line,) = template_context(minutes.content, [])["candidates"]
    assert (line["departure"], line["reason"]) == ("contre l’avis unanime des jurés", REASON)


def test_nothing_is_released_against_unanimity_before_every_juror_there_has_signed():
    session = judged(False, False, False)
    builders.certify(session.candidates.get(), reason=REASON)
    minutes = close_deliberation(session=session, by=builders.president(session).user)
    first, second, chair = sorted(builders.seats(session), key=lambda seat: seat.is_president)
    sign_minutes(minutes=minutes, juror=first.juror, by=first.juror.user)
    with pytest.raises(DomainError, match="signe en dernier"):
        sign_minutes(minutes=minutes, juror=chair.juror, by=chair.juror.user)
    assert not Certificate.objects.exists()

    sign_minutes(minutes=minutes, juror=second.juror, by=second.juror.user)
    sign_minutes(minutes=minutes, juror=chair.juror, by=chair.juror.user)

    assert builders.reread(session).state == SessionState.RELEASED


def test_who_signs_reads_that_they_consent(client):
    session = judged(False, False)
    builders.certify(session.candidates.get(), reason=REASON)
    close_deliberation(session=session, by=builders.president(session).user)
    client.force_login(builders.other_juror(session).user)

    page = client.get(reverse("juries:minutes", args=[session.pk])).content.decode()

    assert "En signant, vous y consentez" in page


def test_opinions_handed_in_after_the_decision_ask_for_it_again():
    session = builders.opened(jurors=4)
    candidate = session.candidates.get()
    early, late = builders.seats(session)[:2], builders.seats(session)[2:]
    _call(session, early)
    for seat in early:
        builders.appraise(candidate, seat, validated=seat.is_president)
    builders.certify(candidate)
    _call(session, early + late)
    for seat in late:
        builders.appraise(candidate, seat, validated=False)
    chair = builders.president(session).user

    with pytest.raises(DomainError, match="enregistrez-la de nouveau"):
        close_deliberation(session=session, by=chair)

    builders.certify(candidate, reason=REASON)
    assert close_deliberation(session=session, by=chair).content["candidates"][0]["departure"]


def test_the_database_keeps_no_departure_without_a_reason():
    session = judged(False, False)
    decision = builders.certify(session.candidates.get(), reason=REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            candidate=decision.candidate,
            outcome=Outcome.CERTIFIED,
            production_validated=True,
            interview_validated=True,
            departure=Departure.UNANIMITY,
            decided_by=decision.decided_by,
            closed_at=decision.decided_at,
            closed_by=decision.decided_by,
            closed_reason="Essai",
        )


@given(some.lists(some.booleans(), max_size=7), some.booleans())
def test_the_majority_is_more_than_half_whatever_the_number(votes, decided):
    said = {(juror, test, vote) for juror, vote in enumerate(votes) for test in TestKind.values}
    opinions = Opinions(frozenset(said))

    departure = opinions.departure(production=decided, interview=decided, certified=decided)

    agree = votes.count(decided)
    against = 2 * agree < len(votes)
    expected = (Departure.MAJORITY if agree else Departure.UNANIMITY) if against else ""
    assert departure == expected


def _call(session: JurySession, present) -> None:
    jurors = [seat.juror for seat in present]
    record_presence(session=session, jurors_present=jurors, candidates_absent=[], by=session.planned_by)
