"""The ties that a generated world plants between its people, and the decoys that only look like ties."""

from datetime import time, timedelta

from core import clock
from evaluations.enums import SheetState, SignatureRole
from evaluations.models import DossierSignature, Evaluation, ExperienceSheet
from juries.enums import ConflictRule
from juries.models import DeclaredLink, PastEmployer
from structures.enums import Role
from structures.models import Membership
from trainees.enums import AbsenceReason, ImmersionPurpose, SessionPlace, TrainingModule
from trainees.models import Attendance, Immersion, MonthClosing, TrainingSession, TutorAppraisal


def session_of(world, trainer, enrollment):
    return world.add(
        TrainingSession(
            structure=enrollment.structure,
            trainer=trainer,
            held_on=world.today - timedelta(days=30),
            starts_at=time(9),
            ends_at=time(12),
            place=SessionPlace.PRODUCTION,
            module=TrainingModule.PROFESSIONAL,
            theme="Tailler une haie",
        )
    )


def attended(world, trainer, enrollment, minutes=180):
    world.add(
        Attendance(
            session=session_of(world, trainer, enrollment),
            enrollment=enrollment,
            place=SessionPlace.PRODUCTION,
            session_minutes=180,
            minutes=minutes,
            absence="" if minutes else AbsenceReason.values[0],
        )
    )


def trained(world, juror, enrollment):
    attended(world, juror.user, world.lived(enrollment))
    world.tie(juror, enrollment.trainee_id, ConflictRule.TRAINED)


def seen_by(world, user, enrollment):
    world.add(
        Evaluation(
            enrollment=enrollment,
            structure=enrollment.structure,
            competency=world.competency,
            level=world.level,
            seen_on=world.today - timedelta(days=10),
            situation="Haie du stade",
            evaluator=user,
        )
    )


def evaluated(world, juror, enrollment):
    seen_by(world, juror.user, world.lived(enrollment))
    world.tie(juror, enrollment.trainee_id, ConflictRule.EVALUATED)


def signed(world, juror, enrollment):
    taken = {(row.enrollment_id, row.role) for row in world.rows[DossierSignature]}
    role = next((role for role in SignatureRole.values if (enrollment.pk, role) not in taken), None)
    if role is None:
        validated(world, juror, enrollment)
        return
    world.add(DossierSignature(enrollment=enrollment, role=role, signed_by=juror.user, signatory="Claude"))
    world.tie(juror, enrollment.trainee_id, ConflictRule.SIGNED)


def validated(world, juror, enrollment):
    world.add(
        ExperienceSheet(
            enrollment=world.lived(enrollment),
            title="La haie",
            done_on=world.today,
            what="J’ai taillé.",
            where="Au stade",
            written_by=world.clerk,
            state=SheetState.VALIDATED,
            validated_at=clock.now(),
            validated_by=juror.user,
        )
    )
    world.tie(juror, enrollment.trainee_id, ConflictRule.SIGNED)


def closed_a_month(world, juror, enrollment):
    taken = {row.enrollment_id for row in world.rows[MonthClosing]}
    if enrollment.pk in taken:
        validated(world, juror, enrollment)
        return
    world.add(MonthClosing(enrollment=enrollment, month=world.today.replace(day=1), closed_by=juror.user))
    world.tie(juror, enrollment.trainee_id, ConflictRule.SIGNED)


def referent(world, juror, enrollment):
    if enrollment.referent_id != world.clerk.pk:
        evaluated(world, juror, enrollment)
        return
    enrollment.referent = juror.user
    world.tie(juror, enrollment.trainee_id, ConflictRule.REFERENT)


def immersion(world, enrollment, **tutor):
    days = {"starts_on": world.today - timedelta(days=40), "ends_on": world.today - timedelta(days=30)}
    facts = {"host_name": "Hôte d’ailleurs", "tutor_name": "Paul Tuteur", "tutor_email": ""} | tutor
    return world.add(
        Immersion(
            enrollment=enrollment,
            purpose=ImmersionPurpose.DISCOVER,
            objectives="Découvrir",
            planned_minutes=2100,
            **facts,
            **days,
        )
    )


def tutored_by_address(world, juror, enrollment):
    immersion(world, world.lived(enrollment), tutor_email=juror.user.email.upper())
    world.tie(juror, enrollment.trainee_id, ConflictRule.TUTOR)


def tutored_by_name(world, juror, enrollment):
    immersion(
        world,
        world.lived(enrollment),
        tutor_name=str(juror.user).upper(),
        host_name=f" {juror.organisation}-",
    )
    world.tie(juror, enrollment.trainee_id, ConflictRule.TUTOR)


def answered_as_tutor(world, juror, enrollment):
    world.add(
        TutorAppraisal(
            immersion=immersion(world, enrollment),
            email=juror.user.email,
            asked_by=world.clerk,
            asked_at=clock.now(),
            expires_at=clock.now() + timedelta(days=30),
        )
    )
    world.tie(juror, enrollment.trainee_id, ConflictRule.TUTOR)


def linked(world, juror, enrollment):
    world.add(DeclaredLink(juror=juror, trainee=enrollment.trainee, nature="Famille"))
    world.tie(juror, enrollment.trainee_id, ConflictRule.LINK)


def is_the_person(world, juror, enrollment):
    if enrollment.trainee.user_id or any(
        row.user_id == juror.user_id for row in world.candidates_with_account
    ):
        evaluated(world, juror, enrollment)
        return
    enrollment.trainee.user = juror.user
    world.candidates_with_account.append(enrollment.trainee)
    world.tie(juror, enrollment.trainee_id, ConflictRule.SELF)


TIES = [
    trained, evaluated, signed, validated, closed_a_month, referent,
    tutored_by_address, tutored_by_name, answered_as_tutor, linked, is_the_person,
]  # fmt: skip


def member(world, juror, structure, since=300, until=None):
    world.add(
        Membership(
            user=juror.user,
            structure=structure,
            role=Role.TRAINER,
            starts_on=world.today - timedelta(days=since),
            ends_on=None if until is None else world.today - timedelta(days=until),
        )
    )


def works_there(world, juror, structure):
    member(world, juror, structure, since=300, until=world.chance.randint(1, 200))
    world.tie_house(juror, structure, ConflictRule.COLLEAGUE)


def worked_there(world, juror, structure):
    member(world, juror, structure, since=5000, until=world.chance.randint(400, 3000))
    world.tie_house(juror, structure, ConflictRule.COLLEAGUE)


def told_the_structure(world, juror, structure):
    world.add(PastEmployer(juror=juror, structure=structure, from_year=1990, until_year=world.since.year + 1))
    world.tie_house(juror, structure, ConflictRule.COLLEAGUE)


def told_its_name(world, juror, structure):
    name = structure.name.upper().replace("É", "E").replace("’", " ")
    world.add(PastEmployer(juror=juror, name=name, from_year=1990))
    world.tie_house(juror, structure, ConflictRule.COLLEAGUE)


def linked_to_the_house(world, juror, structure):
    world.add(DeclaredLink(juror=juror, structure=structure, nature="Cliente"))
    world.tie_house(juror, structure, ConflictRule.LINK)


HOUSE_TIES = [works_there, worked_there, told_the_structure, told_its_name, linked_to_the_house]


def led_a_session_they_missed(world, juror, enrollment):
    attended(world, juror.user, enrollment, minutes=0)


def evaluated_somebody_else(world, juror, enrollment):
    seen_by(world, juror.user, world.chance.choice(world.strangers))


def trained_somebody_else(world, juror, enrollment):
    attended(world, juror.user, world.chance.choice(world.strangers))


def left_long_ago(world, juror, enrollment):
    member(world, juror, enrollment.structure, since=6000, until=4500)


def told_an_old_employer(world, juror, enrollment):
    world.add(
        PastEmployer(
            juror=juror, structure=enrollment.structure, from_year=1980, until_year=world.since.year - 1
        )
    )


def works_in_an_empty_house(world, juror, enrollment):
    member(world, juror, world.empty[1], until=world.chance.randint(1, 200))


def employer_of_a_close_name(world, juror, enrollment):
    world.add(PastEmployer(juror=juror, name=f"{enrollment.structure.name} ter", from_year=1990))


def namesake_of_a_tutor(world, juror, enrollment):
    immersion(world, enrollment, tutor_name=str(juror.user))


def linked_to_somebody_else(world, juror, enrollment):
    world.add(
        DeclaredLink(juror=juror, trainee=world.chance.choice(world.strangers).trainee, nature="Voisin")
    )


DECOYS = [
    led_a_session_they_missed, evaluated_somebody_else, trained_somebody_else, left_long_ago,
    told_an_old_employer, works_in_an_empty_house, employer_of_a_close_name, namesake_of_a_tutor,
    linked_to_somebody_else,
]  # fmt: skip
