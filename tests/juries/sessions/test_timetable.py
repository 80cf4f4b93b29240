"""The timetable of a jury day: nobody in two places at once, whatever is asked."""

from copy import deepcopy
from datetime import time

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError
from core.models import JournalEntry
from evaluations.enums import TestKind
from juries.enums import College
from juries.models import Candidate, JurySession, Letter, Panel, Pause
from juries.services.jury_day.candidates_of_day import read_jury_day
from juries.services.results.quorum import missing_appraisals
from juries.services.sessions import seat_juror, set_times
from juries.services.sessions.timetable import (
    Hearing,
    PanelInput,
    PassageInput,
    add_pause,
    propose_timetable,
    remove_pause,
    set_panels,
    set_passages,
)
from tests.factories import JurorFactory
from tests.juries import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planned_session(module_db):
    """Four jurors, four candidates, not convened yet."""
    session = builders.planned(candidates=4)
    for college in (College.EMPLOYER, College.EMPLOYEE):
        seat_juror(session=session, juror=JurorFactory(college=college), by=session.planned_by)
    return session


@pytest.fixture
def session(planned_session, db) -> JurySession:
    return deepcopy(planned_session)


def pairs(session: JurySession) -> list[Panel]:
    """The four jurors as two panels."""
    seats = [seat.pk for seat in builders.seats(session)]
    asked = [
        PanelInput(None, "Binôme A", "Serre", frozenset(seats[:2])),
        PanelInput(None, "Binôme B", "Salle 2", frozenset(seats[2:])),
    ]
    return set_panels(session=session, panels=asked, by=session.planned_by)


def passage(
    candidate: Candidate, production: time, interview: time, panel: Panel | None = None
) -> PassageInput:
    pk = panel.pk if panel else None
    return PassageInput(candidate.pk, production, pk, interview, pk)


def clear(session: JurySession) -> list[Candidate]:
    session.candidates.update(production_at=None, interview_at=None)
    return list(session.candidates.order_by("pk"))


def test_two_candidates_are_heard_at_the_same_hour_by_two_pairs(session):
    first, second, *_ = clear(session)
    one, other = pairs(session)

    set_passages(
        session=session,
        passages=[passage(first, time(9), time(11), one), passage(second, time(9), time(11), other)],
        by=session.planned_by,
    )

    assert set(
        session.candidates.exclude(production_at=None).values_list("production_panel__name", flat=True)
    ) == {
        "Binôme A",
        "Binôme B",
    }


def test_the_same_jurors_do_not_hear_two_candidates_at_once(session):
    first, second, *_ = clear(session)

    with pytest.raises(DomainError, match="à deux endroits à la fois"):
        set_passages(
            session=session,
            passages=[passage(first, time(9), time(14)), passage(second, time(9, 30), time(15))],
            by=session.planned_by,
        )

    assert not session.candidates.exclude(production_at=None).exists()


def test_a_juror_of_two_panels_is_seen_in_both(session):
    first, second, *_ = clear(session)
    seats = [seat.pk for seat in builders.seats(session)]
    one, other = set_panels(
        session=session,
        panels=[
            PanelInput(None, "A", "", frozenset(seats[:2])),
            PanelInput(None, "B", "", frozenset(seats[1:3])),
        ],
        by=session.planned_by,
    )

    with pytest.raises(DomainError, match="serait à deux endroits"):
        set_passages(
            session=session,
            passages=[passage(first, time(9), time(14), one), passage(second, time(9), time(15), other)],
            by=session.planned_by,
        )


def test_a_candidate_is_not_at_both_tests_at_once(session):
    first, *_ = clear(session)
    one, other = pairs(session)

    with pytest.raises(DomainError, match="se chevauchent"):
        set_passages(
            session=session,
            passages=[PassageInput(first.pk, time(9), one.pk, time(9, 30), other.pk)],
            by=session.planned_by,
        )


def test_setting_one_candidate_s_times_looks_at_the_whole_day(session):
    first, second = session.candidates.all()[:2]
    inside = time(first.production_at.hour, 30)

    with pytest.raises(DomainError, match="à deux endroits"):
        set_times(
            candidate=second, production_at=inside, interview_at=second.interview_at, by=session.planned_by
        )


def test_nobody_is_heard_during_a_pause(session):
    by = session.planned_by
    first, *_ = clear(session)
    add_pause(session=session, label="Repas", starts_at=time(12), ends_at=time(13), by=by)

    with pytest.raises(DomainError, match="empiète sur « Repas »"):
        set_passages(session=session, passages=[passage(first, time(11, 30), time(15))], by=by)


def test_a_pause_does_not_fall_upon_a_passage(session):
    first = session.candidates.first()

    with pytest.raises(DomainError, match="empiète"):
        add_pause(
            session=session,
            label="Café",
            starts_at=first.production_at,
            ends_at=time(first.production_at.hour, 15),
            by=session.planned_by,
        )

    assert not Pause.objects.exists()


def test_a_pause_is_taken_away(session):
    pause = add_pause(
        session=session, label="Repas", starts_at=time(12), ends_at=time(13), by=session.planned_by
    )

    remove_pause(pause=pause, by=session.planned_by)

    assert not Pause.objects.exists()


def test_a_panel_has_two_jurors_who_sit_here_and_a_name_of_its_own(session):
    seats = [seat.pk for seat in builders.seats(session)]
    strange = builders.seats(builders.planned())[0].pk
    cases = {
        "il en faut au moins 2": [PanelInput(None, "A", "", frozenset(seats[:1]))],
        "ne siège plus": [PanelInput(None, "A", "", frozenset({seats[0], strange}))],
        "s’appellent": [PanelInput(None, name, "", frozenset(seats[:2])) for name in ("A", "a")],
        "Donnez un nom": [PanelInput(None, " ", "", frozenset(seats[:2]))],
    }
    for sentence, asked in cases.items():
        with pytest.raises(DomainError, match=sentence):
            set_panels(session=session, panels=asked, by=session.planned_by)

    assert not Panel.objects.exists()


def test_two_panels_exchange_their_names(session):
    one, other = pairs(session)
    seats = {panel.pk: frozenset(seat.pk for seat in panel.seats.all()) for panel in (one, other)}

    set_panels(
        session=session,
        panels=[
            PanelInput(one.pk, other.name, "", seats[one.pk]),
            PanelInput(other.pk, one.name, "", seats[other.pk]),
        ],
        by=session.planned_by,
    )

    assert Panel.objects.get(pk=one.pk).name == "Binôme B"


def test_a_change_of_panels_that_puts_somebody_in_two_places_is_refused(session):
    first, second, *_ = clear(session)
    one, other = pairs(session)
    both = [passage(first, time(9), time(11), one), passage(second, time(9), time(11), other)]
    set_passages(session=session, passages=both, by=session.planned_by)

    with pytest.raises(DomainError, match="à deux endroits"):
        set_panels(session=session, panels=[], by=session.planned_by)

    assert Panel.objects.count() == 2


def test_a_proposal_gives_everybody_both_times_and_is_journaled(session):
    pairs(session)
    add_pause_after_clearing(session)

    propose_timetable(session=session, starts_at=time(8, 30), by=session.planned_by)

    assert not session.candidates.filter(production_at=None).exists()
    assert not session.candidates.filter(interview_panel=None).exists()
    assert JournalEntry.objects.filter(action="juries.session.timetable").count() == 1


def add_pause_after_clearing(session: JurySession) -> None:
    clear(session)
    add_pause(session=session, label="Repas", starts_at=time(12), ends_at=time(13), by=session.planned_by)


def test_a_day_too_short_says_what_to_do(session):
    with pytest.raises(DomainError, match="ne suffit pas"):
        propose_timetable(session=session, starts_at=time(19), by=session.planned_by)


def test_the_appraisals_awaited_are_those_of_the_pair_that_hears(session):
    first, *_ = clear(session)
    one, other = pairs(session)
    set_passages(
        session=session,
        passages=[PassageInput(first.pk, time(9), one.pk, time(14), other.pk)],
        by=session.planned_by,
    )
    candidate = Candidate.objects.get(pk=first.pk)
    seats = builders.seats(session)

    hearing = Hearing(session.pk, seats)

    assert hearing.jurors(candidate, TestKind.PRODUCTION) == seats[:2]
    assert hearing.jurors(candidate, TestKind.INTERVIEW) == seats[2:]
    assert len(missing_appraisals(candidate, seats)) == 4


def test_the_database_refuses_two_candidates_before_one_panel_at_one_time(session):
    first, second, *_ = clear(session)
    one, _ = pairs(session)
    Candidate.objects.filter(pk=first.pk).update(production_panel=one, production_at=time(9))

    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.filter(pk=second.pk).update(production_panel=one, production_at=time(9))


def test_a_juror_is_asked_only_what_their_pair_hears(session):
    first, second, *_ = clear(session)
    one, other = pairs(session)
    set_passages(
        session=session,
        passages=[passage(first, time(9), time(11), one), passage(second, time(9), time(11), other)],
        by=session.planned_by,
    )
    user = one.seats.all()[0].juror.user

    lines = {row.candidate.pk: row for row in read_jury_day(session, user).candidates}

    assert [progress.awaited for progress in lines[first.pk].tests] == [True, True]
    assert [progress.awaited for progress in lines[second.pk].tests] == [False, False]
    assert lines[second.pk].is_done


def test_a_candidate_is_told_the_place_of_their_panel():
    session = builders.convened()
    candidate = session.candidates.get()
    panel = Panel.objects.create(session=session, name="Binôme A", place="Serre 2")
    panel.seats.set(builders.seats(session))

    set_passages(
        session=session,
        passages=[passage(candidate, candidate.production_at, candidate.interview_at, panel)],
        by=session.planned_by,
    )

    letter = Letter.objects.filter(enrollment=candidate.enrollment_id).latest("number")
    assert {test["where"] for test in letter.content["tests"]} == {"Serre 2"}
