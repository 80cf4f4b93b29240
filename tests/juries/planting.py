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


def session_of(world, trainer, path):
    return world.add(
        TrainingSession(
            structure=path.structure,
            trainer=trainer,
            held_on=world.today - timedelta(days=30),
            starts_at=time(9),
            ends_at=time(12),
            place=SessionPlace.PRODUCTION,
            module=TrainingModule.PROFESSIONAL,
            theme="Tailler une haie",
        )
    )


def attended(world, trainer, path, minutes=180):
    world.add(
        Attendance(
            session=session_of(world, trainer, path),
            enrollment=path,
            place=SessionPlace.PRODUCTION,
            session_minutes=180,
            minutes=minutes,
            absence="" if minutes else AbsenceReason.values[0],
        )
    )


def trained(world, juror, path):
    attended(world, juror.user, world.lived(path))
    world.tie(juror, path.trainee_id, ConflictRule.TRAINED)


def seen_by(world, user, path):
    world.add(
        Evaluation(
            enrollment=path,
            structure=path.structure,
            competency=world.competency,
            level=world.level,
            seen_on=world.today - timedelta(days=10),
            situation="Haie du stade",
            evaluator=user,
        )
    )


def evaluated(world, juror, path):
    seen_by(world, juror.user, world.lived(path))
    world.tie(juror, path.trainee_id, ConflictRule.EVALUATED)


def signed(world, juror, path):
    taken = {(row.enrollment_id, row.role) for row in world.rows[DossierSignature]}
    role = next((role for role in SignatureRole.values if (path.pk, role) not in taken), None)
    if role is None:
        validated(world, juror, path)
        return
    world.add(DossierSignature(enrollment=path, role=role, signed_by=juror.user, signatory="Claude"))
    world.tie(juror, path.trainee_id, ConflictRule.SIGNED)


def validated(world, juror, path):
    world.add(
        ExperienceSheet(
            enrollment=world.lived(path),
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
    world.tie(juror, path.trainee_id, ConflictRule.SIGNED)


def closed_a_month(world, juror, path):
    taken = {row.enrollment_id for row in world.rows[MonthClosing]}
    if path.pk in taken:
        validated(world, juror, path)
        return
    world.add(MonthClosing(enrollment=path, month=world.today.replace(day=1), closed_by=juror.user))
    world.tie(juror, path.trainee_id, ConflictRule.SIGNED)


def referent(world, juror, path):
    if path.referent_id != world.clerk.pk:
        evaluated(world, juror, path)
        return
    path.referent = juror.user
    world.tie(juror, path.trainee_id, ConflictRule.REFERENT)


def immersion(world, path, **tutor):
    days = {"starts_on": world.today - timedelta(days=40), "ends_on": world.today - timedelta(days=30)}
    facts = {"host_name": "Hôte d’ailleurs", "tutor_name": "Paul Tuteur", "tutor_email": ""} | tutor
    return world.add(
        Immersion(
            enrollment=path,
            purpose=ImmersionPurpose.DISCOVER,
            objectives="Découvrir",
            planned_minutes=2100,
            **facts,
            **days,
        )
    )


def tutored_by_address(world, juror, path):
    immersion(world, world.lived(path), tutor_email=juror.user.email.upper())
    world.tie(juror, path.trainee_id, ConflictRule.TUTOR)


def tutored_by_name(world, juror, path):
    immersion(
        world, world.lived(path), tutor_name=str(juror.user).upper(), host_name=f" {juror.organisation}-"
    )
    world.tie(juror, path.trainee_id, ConflictRule.TUTOR)


def answered_as_tutor(world, juror, path):
    world.add(
        TutorAppraisal(
            immersion=immersion(world, path),
            email=juror.user.email,
            asked_by=world.clerk,
            asked_at=clock.now(),
            expires_at=clock.now() + timedelta(days=30),
        )
    )
    world.tie(juror, path.trainee_id, ConflictRule.TUTOR)


def linked(world, juror, path):
    world.add(DeclaredLink(juror=juror, trainee=path.trainee, nature="Famille"))
    world.tie(juror, path.trainee_id, ConflictRule.LINK)


def is_the_person(world, juror, path):
    if path.trainee.user_id or any(row.user_id == juror.user_id for row in world.candidates_with_account):
        evaluated(world, juror, path)
        return
    path.trainee.user = juror.user
    world.candidates_with_account.append(path.trainee)
    world.tie(juror, path.trainee_id, ConflictRule.SELF)


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


def led_a_session_they_missed(world, juror, path):
    attended(world, juror.user, path, minutes=0)


def evaluated_somebody_else(world, juror, path):
    seen_by(world, juror.user, world.chance.choice(world.strangers))


def trained_somebody_else(world, juror, path):
    attended(world, juror.user, world.chance.choice(world.strangers))


def left_long_ago(world, juror, path):
    member(world, juror, path.structure, since=6000, until=4500)


def told_an_old_employer(world, juror, path):
    world.add(
        PastEmployer(juror=juror, structure=path.structure, from_year=1980, until_year=world.since.year - 1)
    )


def works_in_an_empty_house(world, juror, path):
    member(world, juror, world.empty[1], until=world.chance.randint(1, 200))


def employer_of_a_close_name(world, juror, path):
    world.add(PastEmployer(juror=juror, name=f"{path.structure.name} ter", from_year=1990))


def namesake_of_a_tutor(world, juror, path):
    immersion(world, path, tutor_name=str(juror.user))


def linked_to_somebody_else(world, juror, path):
    world.add(
        DeclaredLink(juror=juror, trainee=world.chance.choice(world.strangers).trainee, nature="Voisin")
    )


DECOYS = [
    led_a_session_they_missed, evaluated_somebody_else, trained_somebody_else, left_long_ago,
    told_an_old_employer, works_in_an_empty_house, employer_of_a_close_name, namesake_of_a_tutor,
    linked_to_somebody_else,
]  # fmt: skip
