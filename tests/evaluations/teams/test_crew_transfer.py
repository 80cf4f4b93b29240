from datetime import time, timedelta

import pytest

from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from evaluations.enums import SheetState
from evaluations.services.teams import read_workload, transfer_crew
from structures.enums import Role
from structures.models import Membership
from tests.factories import (
    EnrollmentFactory,
    EvaluationFactory,
    ExperienceSheetFactory,
    MembershipFactory,
    TrainingSessionFactory,
)
from trainees.enums import SessionState

pytestmark = pytest.mark.date_sensitive


@pytest.fixture
def leaving(trainer, structure):
    return Membership.objects.get(user=trainer, structure=structure)


def planned(structure, trainer, **fields):
    fields = {"held_on": clock.today() + timedelta(days=3), "state": SessionState.PLANNED} | fields
    return TrainingSessionFactory(structure=structure, trainer=trainer, **fields)


def test_the_crew_the_planned_sessions_and_the_drafts_pass_in_one_act(
    structure, trainer, counsellor, director, enrollment, leaving
):
    session = planned(structure, trainer)
    draft = ExperienceSheetFactory(enrollment=enrollment, written_by=trainer)

    transfer_crew(membership=leaving, successor=counsellor, ends_role=True, by=director)

    for row in (enrollment, session, draft, leaving):
        row.refresh_from_db()
    assert enrollment.referent == counsellor
    assert session.trainer == counsellor
    assert draft.written_by == counsellor
    assert leaving.ends_on == clock.today()


def test_what_was_done_keeps_the_name_of_who_did_it(
    structure, trainer, counsellor, director, enrollment, leaving
):
    held = TrainingSessionFactory(structure=structure, trainer=trainer)
    fact = EvaluationFactory(enrollment=enrollment, evaluator=trainer)
    sheet = ExperienceSheetFactory(enrollment=enrollment, written_by=trainer, state=SheetState.SUBMITTED)

    transfer_crew(membership=leaving, successor=counsellor, ends_role=True, by=director)

    for row in (held, fact, sheet):
        row.refresh_from_db()
    assert (held.trainer, fact.evaluator, sheet.written_by) == (trainer, trainer, trainer)


def test_a_draft_told_by_the_trainee_stays_theirs(trainee_user, trainer, counsellor, director, leaving):
    own = ExperienceSheetFactory(enrollment=trainee_user.trainee.enrollments.get(), written_by=trainee_user)

    transfer_crew(membership=leaving, successor=counsellor, ends_role=False, by=director)

    own.refresh_from_db()
    assert own.written_by == trainee_user


def test_closed_enrollments_and_those_of_another_referent_do_not_move(
    structure, trainer, counsellor, director, enrollment, leaving
):
    other = EnrollmentFactory(structure=structure, referent=director)

    workload = transfer_crew(membership=leaving, successor=counsellor, ends_role=False, by=director)

    other.refresh_from_db()
    assert other.referent == director
    assert [enrollment.pk for enrollment in workload.enrollments] == [enrollment.pk]


def test_the_journal_says_what_passed_in_the_thread_of_each_enrollment(
    counsellor, director, enrollment, leaving, trainer
):
    transfer_crew(membership=leaving, successor=counsellor, ends_role=True, by=director)

    lines = JournalEntry.objects.about(enrollment.pk).values_list("action", flat=True)
    assert "trainees.referent.changed" in lines
    whole = JournalEntry.objects.get(action="evaluations.crew.transferred")
    assert whole.summary == f"{trainer} passe la main à {counsellor}\xa0: 1\xa0parcours"


def test_a_session_at_the_same_hours_as_one_of_the_successor_refuses_the_whole(
    structure, trainer, counsellor, director, enrollment, leaving
):
    planned(structure, trainer, theme="La taille")
    planned(structure, counsellor, starts_at=time(11), ends_at=time(13))

    with pytest.raises(DomainError, match="aux mêmes heures que « La taille »"):
        transfer_crew(membership=leaving, successor=counsellor, ends_role=True, by=director)

    enrollment.refresh_from_db()
    assert enrollment.referent == trainer


def test_somebody_of_another_structure_cannot_take_over(director, leaving):
    stranger = MembershipFactory().user

    with pytest.raises(DomainError, match="n’encadre ni n’accompagne"):
        transfer_crew(membership=leaving, successor=stranger, ends_role=True, by=director)


def test_nobody_passes_the_crew_on_to_themselves(trainer, director, leaving):
    with pytest.raises(DomainError, match="quelqu’un d’autre"):
        transfer_crew(membership=leaving, successor=trainer, ends_role=True, by=director)


def test_a_role_already_ended_passes_nothing_on(counsellor, director, leaving):
    transfer_crew(membership=leaving, successor=counsellor, ends_role=True, by=director)

    with pytest.raises(StaleState):
        transfer_crew(membership=leaving, successor=counsellor, ends_role=True, by=director)


def test_nothing_to_pass_is_said_when_the_role_goes_on(counsellor, director, leaving):
    with pytest.raises(DomainError, match="il n’y a rien à passer"):
        transfer_crew(membership=leaving, successor=counsellor, ends_role=False, by=director)


@pytest.mark.parametrize("size", [1, 3])
def test_reading_what_somebody_carries_takes_as_many_queries_for_one_as_for_three(
    size, structure, trainer, counsellor, django_assert_num_queries
):
    for day in range(size):
        enrollment = EnrollmentFactory(structure=structure, referent=trainer)
        planned(structure, trainer, held_on=clock.today() + timedelta(days=day))
        ExperienceSheetFactory(enrollment=enrollment, written_by=trainer)

    with django_assert_num_queries(4):
        workload = read_workload(structure=structure, user=trainer, successor=counsellor)

    assert len(workload.enrollments) == len(workload.sessions) == len(workload.sheets) == size


def test_the_page_shows_what_passes_and_does_it(client, structure, director, counsellor, enrollment, leaving):
    client.force_login(director)
    url = f"/structures/equipe/{leaving.pk}/passer-la-main/"

    page = client.get(url).text
    answer = client.post(url, {"successor": counsellor.pk, "ends_role": "on"}, follow=True)

    assert str(enrollment.trainee) in page
    assert f"1 parcours : {counsellor} prend la suite. Le rôle est terminé." in answer.text.replace(
        "\xa0", " "
    )
    assert not structure.memberships.current().filter(role=Role.TRAINER).exists()


def test_the_page_keeps_the_choice_when_it_is_refused(
    client, structure, trainer, director, counsellor, leaving
):
    planned(structure, trainer)
    planned(structure, counsellor)
    client.force_login(director)

    answer = client.post(f"/structures/equipe/{leaving.pk}/passer-la-main/", {"successor": counsellor.pk})

    assert answer.status_code == 422
    assert f'value="{counsellor.pk}" selected' in answer.text
