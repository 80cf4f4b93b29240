"""The rows that make a conflict between a juror and a candidate, and those that only look like one."""

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


def session_of(data, trainer, enrollment):
    return data.add(
        TrainingSession(
            structure=enrollment.structure,
            trainer=trainer,
            held_on=data.today - timedelta(days=30),
            starts_at=time(9),
            ends_at=time(12),
            place=SessionPlace.PRODUCTION,
            module=TrainingModule.PROFESSIONAL,
            theme="Tailler une haie",
        )
    )


def attended(data, trainer, enrollment, minutes=180):
    data.add(
        Attendance(
            session=session_of(data, trainer, enrollment),
            enrollment=enrollment,
            place=SessionPlace.PRODUCTION,
            session_minutes=180,
            minutes=minutes,
            absence="" if minutes else AbsenceReason.values[0],
        )
    )


def trained(data, juror, enrollment):
    attended(data, juror.user, data.some_enrollment_of(enrollment))
    data.expect(juror, enrollment.trainee_id, ConflictRule.TRAINED)


def seen_by(data, user, enrollment):
    data.add(
        Evaluation(
            enrollment=enrollment,
            structure=enrollment.structure,
            competency=data.competency,
            level=data.level,
            seen_on=data.today - timedelta(days=10),
            situation="Haie du stade",
            evaluator=user,
        )
    )


def evaluated(data, juror, enrollment):
    seen_by(data, juror.user, data.some_enrollment_of(enrollment))
    data.expect(juror, enrollment.trainee_id, ConflictRule.EVALUATED)


def signed(data, juror, enrollment):
    taken = {(row.enrollment_id, row.role) for row in data.rows[DossierSignature]}
    role = next((role for role in SignatureRole.values if (enrollment.pk, role) not in taken), None)
    if role is None:
        validated(data, juror, enrollment)
        return
    data.add(DossierSignature(enrollment=enrollment, role=role, signed_by=juror.user, signatory="Claude"))
    data.expect(juror, enrollment.trainee_id, ConflictRule.SIGNED)


def validated(data, juror, enrollment):
    data.add(
        ExperienceSheet(
            enrollment=data.some_enrollment_of(enrollment),
            title="La haie",
            done_on=data.today,
            what="J’ai taillé.",
            where="Au stade",
            written_by=data.clerk,
            state=SheetState.VALIDATED,
            validated_at=clock.now(),
            validated_by=juror.user,
        )
    )
    data.expect(juror, enrollment.trainee_id, ConflictRule.SIGNED)


def closed_a_month(data, juror, enrollment):
    taken = {row.enrollment_id for row in data.rows[MonthClosing]}
    if enrollment.pk in taken:
        validated(data, juror, enrollment)
        return
    data.add(MonthClosing(enrollment=enrollment, month=data.today.replace(day=1), closed_by=juror.user))
    data.expect(juror, enrollment.trainee_id, ConflictRule.SIGNED)


def referent(data, juror, enrollment):
    if enrollment.referent_id != data.clerk.pk:
        evaluated(data, juror, enrollment)
        return
    enrollment.referent = juror.user
    data.expect(juror, enrollment.trainee_id, ConflictRule.REFERENT)


def immersion(data, enrollment, **tutor):
    days = {"starts_on": data.today - timedelta(days=40), "ends_on": data.today - timedelta(days=30)}
    facts = {"host_name": "Hôte d’ailleurs", "tutor_name": "Paul Tuteur", "tutor_email": ""} | tutor
    return data.add(
        Immersion(
            enrollment=enrollment,
            purpose=ImmersionPurpose.DISCOVER,
            objectives="Découvrir",
            planned_minutes=2100,
            **facts,
            **days,
        )
    )


def tutored_by_address(data, juror, enrollment):
    immersion(data, data.some_enrollment_of(enrollment), tutor_email=juror.user.email.upper())
    data.expect(juror, enrollment.trainee_id, ConflictRule.TUTOR)


def tutored_by_name(data, juror, enrollment):
    immersion(
        data,
        data.some_enrollment_of(enrollment),
        tutor_name=str(juror.user).upper(),
        host_name=f" {juror.organisation}-",
    )
    data.expect(juror, enrollment.trainee_id, ConflictRule.TUTOR)


def answered_as_tutor(data, juror, enrollment):
    data.add(
        TutorAppraisal(
            immersion=immersion(data, enrollment),
            email=juror.user.email,
            asked_by=data.clerk,
            asked_at=clock.now(),
            expires_at=clock.now() + timedelta(days=30),
        )
    )
    data.expect(juror, enrollment.trainee_id, ConflictRule.TUTOR)


def linked(data, juror, enrollment):
    data.add(DeclaredLink(juror=juror, trainee=enrollment.trainee, nature="Famille"))
    data.expect(juror, enrollment.trainee_id, ConflictRule.LINK)


def is_the_person(data, juror, enrollment):
    if enrollment.trainee.user_id or any(
        row.user_id == juror.user_id for row in data.candidates_with_account
    ):
        evaluated(data, juror, enrollment)
        return
    enrollment.trainee.user = juror.user
    data.candidates_with_account.append(enrollment.trainee)
    data.expect(juror, enrollment.trainee_id, ConflictRule.SELF)


CONFLICTS = [
    trained, evaluated, signed, validated, closed_a_month, referent,
    tutored_by_address, tutored_by_name, answered_as_tutor, linked, is_the_person,
]  # fmt: skip


def member(data, juror, structure, since=300, until=None):
    data.add(
        Membership(
            user=juror.user,
            structure=structure,
            role=Role.TRAINER,
            starts_on=data.today - timedelta(days=since),
            ends_on=None if until is None else data.today - timedelta(days=until),
        )
    )


def works_there(data, juror, structure):
    member(data, juror, structure, since=300, until=data.chance.randint(1, 200))
    data.expect_for_structure(juror, structure, ConflictRule.COLLEAGUE)


def worked_there(data, juror, structure):
    member(data, juror, structure, since=5000, until=data.chance.randint(400, 3000))
    data.expect_for_structure(juror, structure, ConflictRule.COLLEAGUE)


def declared_the_structure(data, juror, structure):
    data.add(PastEmployer(juror=juror, structure=structure, from_year=1990, until_year=data.since.year + 1))
    data.expect_for_structure(juror, structure, ConflictRule.COLLEAGUE)


def declared_its_name(data, juror, structure):
    name = structure.name.upper().replace("É", "E").replace("’", " ")
    data.add(PastEmployer(juror=juror, name=name, from_year=1990))
    data.expect_for_structure(juror, structure, ConflictRule.COLLEAGUE)


def linked_to_the_structure(data, juror, structure):
    data.add(DeclaredLink(juror=juror, structure=structure, nature="Cliente"))
    data.expect_for_structure(juror, structure, ConflictRule.LINK)


STRUCTURE_CONFLICTS = [
    works_there,
    worked_there,
    declared_the_structure,
    declared_its_name,
    linked_to_the_structure,
]


def led_a_session_they_missed(data, juror, enrollment):
    attended(data, juror.user, enrollment, minutes=0)


def evaluated_somebody_else(data, juror, enrollment):
    seen_by(data, juror.user, data.chance.choice(data.strangers))


def trained_somebody_else(data, juror, enrollment):
    attended(data, juror.user, data.chance.choice(data.strangers))


def left_long_ago(data, juror, enrollment):
    member(data, juror, enrollment.structure, since=6000, until=4500)


def declared_an_old_employer(data, juror, enrollment):
    data.add(
        PastEmployer(
            juror=juror, structure=enrollment.structure, from_year=1980, until_year=data.since.year - 1
        )
    )


def works_in_an_empty_structure(data, juror, enrollment):
    member(data, juror, data.empty[1], until=data.chance.randint(1, 200))


def employer_of_a_close_name(data, juror, enrollment):
    data.add(PastEmployer(juror=juror, name=f"{enrollment.structure.name} ter", from_year=1990))


def namesake_of_a_tutor(data, juror, enrollment):
    immersion(data, enrollment, tutor_name=str(juror.user))


def linked_to_somebody_else(data, juror, enrollment):
    data.add(DeclaredLink(juror=juror, trainee=data.chance.choice(data.strangers).trainee, nature="Voisin"))


NO_CONFLICTS = [
    led_a_session_they_missed, evaluated_somebody_else, trained_somebody_else, left_long_ago,
    declared_an_old_employer, works_in_an_empty_structure, employer_of_a_close_name, namesake_of_a_tutor,
    linked_to_somebody_else,
]  # fmt: skip
