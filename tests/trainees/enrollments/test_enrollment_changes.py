from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Invitation
from core import clock
from core.errors import DomainError, StaleState
from core.models import JournalEntry
from structures.enums import Role
from tests.factories import (
    EnrollmentFactory,
    MembershipFactory,
    StructureFactory,
    SupportFactory,
    UserFactory,
)
from trainees.enums import EnrollmentState
from trainees.services.enrollments import (
    Contract,
    Identity,
    change_contract,
    change_identity,
    change_referent,
    leave,
    open_account,
    pause,
    resume,
    transfer,
)

pytestmark = pytest.mark.date_sensitive


def test_an_identity_is_corrected_and_the_journal_tells_what_it_was(enrollment, director):
    identity = replace(Identity.of(enrollment.trainee), birth_name="Durand", phone="0612001101")

    change_identity(enrollment=enrollment, identity=identity, by=director)

    enrollment.trainee.refresh_from_db()
    assert enrollment.trainee.birth_name == "DURAND"
    line = JournalEntry.objects.get(action="trainees.identity.changed")
    assert line.topic_id == enrollment.pk
    assert line.data["birth_name"][1] == "DURAND"
    assert line.data["phone"] == "changé", "how to reach somebody is not kept for ever"


def test_an_identity_that_says_the_same_writes_nothing(enrollment, director):
    change_identity(enrollment=enrollment, identity=Identity.of(enrollment.trainee), by=director)

    assert JournalEntry.objects.count() == 0


def test_an_identity_cannot_become_that_of_somebody_else(crew, director):
    with pytest.raises(DomainError, match="Une autre personne"):
        change_identity(enrollment=crew[0], identity=Identity.of(crew[1].trainee), by=director)


def test_the_identity_of_a_finished_enrollment_belongs_to_its_certificate(enrollment, director):
    enrollment.state, enrollment.completed_on = EnrollmentState.COMPLETED, clock.today()
    enrollment.save()

    with pytest.raises(DomainError, match="remplacer le certificat"):
        change_identity(enrollment=enrollment, identity=Identity.of(enrollment.trainee), by=director)


def test_the_referent_changes_within_the_team(enrollment, counsellor, stranger, director):
    change_referent(enrollment=enrollment, referent=counsellor, by=director)

    enrollment.refresh_from_db()
    assert enrollment.referent == counsellor
    with pytest.raises(DomainError, match="ne fait pas partie"):
        change_referent(enrollment=enrollment, referent=stranger, by=director)
    with pytest.raises(DomainError, match="déjà la personne référente"):
        change_referent(enrollment=enrollment, referent=counsellor, by=director)


def test_a_contract_is_prolonged(enrollment, director):
    end = clock.today() + timedelta(days=300)

    change_contract(
        enrollment=enrollment, contract=Contract(enrollment.contract_start, end, Decimal("30")), by=director
    )

    enrollment.refresh_from_db()
    assert (enrollment.contract_end, enrollment.weekly_hours) == (end, 30)


def test_a_contract_keeps_the_days_already_trained(enrollment, do_log, do_immerse, director):
    do_log()
    late = Contract(clock.today() - timedelta(days=3), enrollment.contract_end, Decimal("26"))

    with pytest.raises(DomainError, match="hors du contrat"):
        change_contract(enrollment=enrollment, contract=late, by=director)

    do_immerse()
    with pytest.raises(DomainError, match="immersion"):
        change_contract(
            enrollment=enrollment,
            contract=replace(late, start=clock.today() - timedelta(days=35)),
            by=director,
        )


def test_an_enrollment_pauses_and_resumes(enrollment, director):
    row = pause(enrollment=enrollment, reason="Congé parental", by=director)

    enrollment.refresh_from_db()
    assert enrollment.state == EnrollmentState.SUSPENDED
    resume(enrollment=enrollment, by=director)
    enrollment.refresh_from_db()
    row.refresh_from_db()
    assert (enrollment.state, row.ends_on) == (EnrollmentState.ACTIVE, clock.today())
    assert JournalEntry.objects.filter(topic_id=enrollment.pk).count() == 2


def test_a_pause_is_reasoned_and_of_this_time(enrollment, do_log, director):
    day = clock.today()
    for changes, words in [
        ({"reason": " "}, "porte son motif"),
        ({"starts_on": day + timedelta(days=1)}, "à venir"),
        ({"starts_on": enrollment.contract_start - timedelta(days=1)}, "avant le contrat"),
    ]:
        with pytest.raises(DomainError, match=words):
            pause(**{"enrollment": enrollment, "reason": "Congé", "by": director} | changes)

    do_log()
    with pytest.raises(DomainError, match="était en séance"):
        pause(enrollment=enrollment, reason="Congé", starts_on=day - timedelta(days=7), by=director)


def test_an_enrollment_that_is_not_paused_does_not_resume(enrollment, director):
    with pytest.raises(StaleState, match="ne s’y applique pas"):
        resume(enrollment=enrollment, by=director)


def test_a_pause_ends_after_it_began(enrollment, director):
    pause(enrollment=enrollment, reason="Congé", by=director)

    with pytest.raises(DomainError, match="ne peut pas finir avant"):
        resume(enrollment=enrollment, ends_on=clock.today() - timedelta(days=1), by=director)


def test_leaving_closes_the_enrollment_and_its_pause(enrollment, exit_reason, director):
    pause(enrollment=enrollment, reason="Congé", by=director)

    leave(enrollment=enrollment, reason=exit_reason, by=director)

    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.left_on) == (EnrollmentState.LEFT, clock.today())
    assert enrollment.pauses.get().ends_on == clock.today()
    with pytest.raises(StaleState):
        leave(enrollment=enrollment, reason=exit_reason, by=director)


def test_nobody_leaves_tomorrow_nor_before_their_last_session(enrollment, do_log, exit_reason, director):
    do_log()

    for day, words in [
        (clock.today() + timedelta(days=1), "à venir"),
        (clock.today() - timedelta(days=8), "était en séance"),
        (enrollment.contract_start - timedelta(days=1), "précéderait"),
    ]:
        with pytest.raises(DomainError, match=words):
            leave(enrollment=enrollment, reason=exit_reason, left_on=day, by=director)


def test_a_transfer_takes_the_history_along(enrollment, do_log, certifier):
    do_log()
    host = StructureFactory(name="L’Escale")
    host.supports.add(enrollment.support)
    trainer = MembershipFactory(structure=host).user

    transfer(enrollment=enrollment, structure=host, referent=trainer, by=certifier)

    enrollment.refresh_from_db()
    assert (enrollment.structure, enrollment.referent) == (host, trainer)
    assert enrollment.done_production_minutes == 180
    assert enrollment.attendances.count() == 1


def test_a_transfer_asks_what_an_enrolment_asks(enrollment, structure, trainer, certifier):
    host = StructureFactory()
    suspended = StructureFactory(state="suspended")
    other = SupportFactory(code="cuisine")
    host.supports.add(other)

    for changes, words in [
        ({"structure": structure}, "est déjà à"),
        ({"structure": suspended}, "structure suspendue"),
        ({"structure": host}, "ne tient pas le support"),
        ({"structure": host, "support": other}, "ne fait pas partie de l’équipe"),
    ]:
        with pytest.raises(DomainError, match=words):
            transfer(**{"enrollment": enrollment, "referent": trainer, "by": certifier} | changes)


def test_a_closed_enrollment_does_not_change(enrollment, exit_reason, counsellor, director):
    leave(enrollment=enrollment, reason=exit_reason, by=director)

    with pytest.raises(StaleState, match="est clos"):
        change_referent(enrollment=enrollment, referent=counsellor, by=director)


def test_a_trainee_is_invited_to_their_own_account(enrollment, trainer, run_work, mailoutbox):
    enrollment.trainee.email = "samira@courriel.example"
    enrollment.trainee.save()

    user = open_account(enrollment=enrollment, by=trainer)
    run_work()

    enrollment.trainee.refresh_from_db()
    assert enrollment.trainee.user == user
    assert mailoutbox[0].to == ["samira@courriel.example"]


def test_a_second_invitation_replaces_the_first(enrollment, trainer):
    enrollment.trainee.email = "samira@courriel.example"
    enrollment.trainee.save()
    open_account(enrollment=enrollment, by=trainer)

    open_account(enrollment=enrollment, by=trainer)

    assert Invitation.objects.open().count() == 1


def test_an_account_needs_an_address_of_ones_own(enrollment, trainer, structure):
    with pytest.raises(DomainError, match="n’a pas d’adresse"):
        open_account(enrollment=enrollment, by=trainer)

    for taken in (trainer, EnrollmentFactory(trainee__user=UserFactory()).trainee.user):
        enrollment.trainee.email = taken.email
        enrollment.trainee.save()
        with pytest.raises(DomainError, match="autre personne"):
            open_account(enrollment=enrollment, by=trainer)


def test_an_open_account_is_not_invited_again(enrollment, trainee_user, trainer):
    with pytest.raises(DomainError, match="déjà ouvert"):
        open_account(enrollment=enrollment, by=trainer)


def test_a_director_of_the_same_structure_may_follow_an_enrollment(enrollment, structure, director):
    second = MembershipFactory(structure=structure, role=Role.DIRECTOR).user

    change_referent(enrollment=enrollment, referent=second, by=director)

    enrollment.refresh_from_db()
    assert enrollment.referent == second
