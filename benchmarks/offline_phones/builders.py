"""The crews, and what twenty people noted on their phones during days without network."""

import random
from datetime import date, timedelta

from django.test import Client

from accounts.models import User
from core import clock
from evaluations.models import Competency, Framework
from evaluations.services.frameworks import load_example, publish
from structures.enums import Role, StructureState
from structures.models import Membership, ProductionSupport, Structure
from tests.evaluations.notebook.phone import evaluation_entry, session_entry, signature_entry
from trainees.enums import Sex
from trainees.models import Enrollment, Trainee

TRAINERS_IN_A_TEAM, OWN_PEOPLE = 4, 3


def build(phones: int) -> list[User]:
    """The trainers, four to a structure, each with three people of their own."""
    certifier = User.objects.create(email="certificateur@banc.example", is_certifier=True)
    framework = publish(framework=load_example(version="2026-1", by=certifier), by=certifier)
    support = ProductionSupport.objects.filter(framework_version=framework.version).earliest("name")
    trainers: list[User] = []
    while len(trainers) < phones:
        structure = _structure(len(trainers))
        for _ in range(min(TRAINERS_IN_A_TEAM, phones - len(trainers))):
            trainers.append(_trainer(len(trainers), structure))
            for n in range(OWN_PEOPLE):
                _enrol(f"Banc{len(trainers)}-{n}", structure, support, trainers[-1])
    return trainers


def _structure(n: int) -> Structure:
    today = clock.today()
    return Structure.objects.create(
        name=f"Chantier {n}",
        siret=f"{n:014d}",
        postcode="34200",
        city="Sète",
        region="76",
        state=StructureState.ACCREDITED,
        accredited_from=today - timedelta(days=400),
        accredited_until=today + timedelta(days=400),
    )


def _trainer(n: int, structure: Structure) -> User:
    user = User.objects.create(email=f"encadrant{n}@banc.example", first_name="Claude", last_name=f"Banc{n}")
    Membership.objects.create(
        structure=structure, user=user, role=Role.TRAINER, starts_on=clock.today() - timedelta(days=300)
    )
    return user


def _enrol(name: str, structure: Structure, support: ProductionSupport, referent: User) -> None:
    today = clock.today()
    trainee = Trainee.objects.create(
        birth_name=name,
        first_names="Samira",
        sex=Sex.FEMALE,
        birth_date=date(1990, 5, 17),
        birth_place="Sète",
    )
    Enrollment.objects.create(
        trainee=trainee,
        structure=structure,
        support=support,
        referent=referent,
        contract_start=today - timedelta(days=200),
        contract_end=today + timedelta(days=160),
        weekly_hours=26,
        framework_version=support.framework_version,
        enrolled_on=today - timedelta(days=190),
    )


def session_cookie(user: User) -> str:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client.cookies["sessionid"].value


def entries_of(trainer: User, count: int, chance: random.Random) -> dict[str, dict]:
    """`count` entries: about one in twenty-five a session, its signatures, and evaluations of the whole crew."""
    own = list(Enrollment.objects.filter(referent=trainer))
    crew = list(Enrollment.objects.filter(structure=own[0].structure))
    framework = Framework.objects.get(version=own[0].framework_version)
    competencies = list(
        Competency.objects.for_enrollment(version=framework.version, support_id=own[0].support_id)
    )
    entries: list[dict] = []
    for day in range(1, max(1, count // 25) + 1):
        held_on = clock.today() - timedelta(days=day)
        session = session_entry(trainer, *own, held_on=held_on.isoformat())
        entries += [session, *(signature_entry(session, enrollment) for enrollment in [*own, None])]
    while len(entries) < count:
        seen_on = clock.today() - timedelta(days=chance.randint(0, 20))
        entries.append(
            evaluation_entry(
                chance.choice(crew),
                chance.choice(competencies),
                rank=chance.randint(1, 4),
                own_rank=chance.choice([None, 1, 2, 3]),
                seen_on=seen_on.isoformat(),
                comment=f"Saisie {len(entries)} – « vu de près »",
            )
        )
    chance.shuffle(entries)
    return {entry["id"]: entry for entry in entries}
