from dataclasses import asdict

from django.db import transaction

from accounts.models import User
from accounts.services.invitations import invite_person
from core import clock
from core.errors import DomainError
from core.formats import daterange, shortdate
from core.services.journal import record
from structures.models import ProductionSupport, Structure
from trainees.enums import EnrollmentState
from trainees.models import Enrollment, PastPlacement, Trainee
from trainees.services.enrollments.checks import check_referent, check_support, not_accredited
from trainees.services.enrollments.contracts import Contract, contract_faults
from trainees.services.enrollments.identities import Identity, agreed, identity_faults, same_person
from trainees.services.locks import lock_enrollment, lock_open_enrollment, refuse_faults

PERSONAL = ("email", "phone")


@transaction.atomic
def change_identity(*, enrollment: Enrollment, identity: Identity, by: User) -> Trainee:
    """Correct who the trainee is. Refused once their certificate exists, which then has to be replaced."""
    enrollment = lock_enrollment(enrollment)
    if enrollment.state == EnrollmentState.COMPLETED:
        raise DomainError(
            "Ce parcours est terminé : son certificat porte déjà cette identité. "
            "Demandez au certificateur de remplacer le certificat."
        )
    trainee = Trainee.objects.select_for_update(of=("self",), no_key=True).get(pk=enrollment.trainee_id)
    identity = identity.tidy()
    refuse_faults(identity_faults(identity, on=enrollment.contract_start))
    before = Identity.of(trainee)
    if identity == before:
        return trainee
    twin = same_person(identity)
    if twin and twin.pk != trainee.pk:
        raise DomainError(
            "Une autre personne est déjà connue sous ces nom, prénoms, date et commune de naissance. "
            "Vérifiez l’état civil, ou prévenez le certificateur si c’est la même personne."
        )
    changes = {name: [str(getattr(before, name)), str(new)] for name, new in asdict(identity).items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    for name in changes:
        setattr(trainee, name, getattr(identity, name))
    trainee.save(update_fields=list(changes))
    record(
        action="trainees.identity.changed",
        subject=trainee,
        by=by,
        summary=f"L’identité de {trainee} est corrigée",
        data={name: pair for name, pair in changes.items() if name not in PERSONAL}
        | {name: "changé" for name in changes if name in PERSONAL},
        topic_id=enrollment.pk,
    )
    return trainee


@transaction.atomic
def change_referent(*, enrollment: Enrollment, referent: User, by: User) -> Enrollment:
    """Give the enrolment another referent, of the team of its structure."""
    enrollment = lock_open_enrollment(enrollment)
    check_referent(enrollment.structure, referent)
    if enrollment.referent_id == referent.pk:
        raise DomainError(f"{referent} est déjà la personne référente de ce parcours.")
    before, enrollment.referent = enrollment.referent, referent
    enrollment.save(update_fields=["referent"])
    record(
        action="trainees.referent.changed",
        subject=enrollment,
        by=by,
        summary=f"{referent} devient référent de {enrollment.trainee}, à la suite de {before}",
        topic_id=enrollment.pk,
    )
    return enrollment


@transaction.atomic
def change_contract(*, enrollment: Enrollment, contract: Contract, by: User) -> Enrollment:
    """Prolong or correct the contract. Refused when days already trained would fall outside it."""
    enrollment = lock_open_enrollment(enrollment)
    refuse_faults(contract_faults(contract))
    refuse_faults(identity_faults(Identity.of(enrollment.trainee), on=contract.start))
    _refuse_days_outside(enrollment, contract)
    before = Contract.of(enrollment)
    enrollment.contract_start, enrollment.contract_end = contract.start, contract.end
    enrollment.weekly_hours, enrollment.funding_number = contract.weekly_hours, contract.funding_number
    enrollment.save(update_fields=["contract_start", "contract_end", "weekly_hours", "funding_number"])
    record(
        action="trainees.contract.changed",
        subject=enrollment,
        by=by,
        summary=f"Le contrat de {enrollment.trainee} court {daterange(contract.start, contract.end)}",
        data={"before": before.facts, "after": contract.facts},
        topic_id=enrollment.pk,
    )
    return enrollment


@transaction.atomic
def transfer(
    *,
    enrollment: Enrollment,
    structure: Structure,
    referent: User,
    support: ProductionSupport | None = None,
    contract: Contract | None = None,
    by: User,
) -> Enrollment:
    """Move an enrolment to another accredited structure; hours, evaluations and sheets follow.

    The former team still reads what was done with it (a past placement), and nothing newer. The person is no
    longer expected at the sessions it had planned.

    The framework version stays the one frozen at the enrolment, whatever the new support.
    """
    enrollment = lock_open_enrollment(enrollment)
    support = support or enrollment.support
    if structure.pk == enrollment.structure_id:
        raise DomainError(f"{enrollment.trainee} est déjà à {structure}. Choisissez une autre structure.")
    if not structure.may_enrol_on(clock.today()):
        raise DomainError(not_accredited(structure))
    check_support(structure, support)
    check_referent(structure, referent)
    if contract:
        refuse_faults(contract_faults(contract))
        enrollment.contract_end, enrollment.weekly_hours = contract.end, contract.weekly_hours
        enrollment.funding_number = contract.funding_number
    origin = enrollment.structure
    _end_placement(enrollment)
    enrollment.structure, enrollment.support, enrollment.referent = structure, support, referent
    moved = ["structure", "support", "referent", "contract_end", "weekly_hours", "funding_number"]
    enrollment.save(update_fields=moved)
    record(
        action="trainees.enrollment.transferred",
        subject=enrollment,
        by=by,
        summary=f"{enrollment.trainee} passe de « {origin} » à « {structure} »",
        data={"from": str(origin.pk), "to": str(structure.pk), "support": support.code},
        topic_id=enrollment.pk,
    )
    return enrollment


@transaction.atomic
def open_account(*, enrollment: Enrollment, by: User) -> User:
    """Invite the trainee to open their own account. Refused without an e-mail address of their own."""
    enrollment = lock_open_enrollment(enrollment)
    trainee = Trainee.objects.select_for_update(of=("self",), no_key=True).get(pk=enrollment.trainee_id)
    if trainee.user is None:
        if not trainee.email:
            raise DomainError(
                f"{trainee} n’a pas d’adresse e-mail. Ajoutez-la à son identité, puis recommencez."
            )
        known = User.objects.filter(email__iexact=trainee.email).first()
        if known and (known.is_certifier or known.memberships.exists() or hasattr(known, "trainee")):
            raise DomainError(
                f"L’adresse {trainee.email} est celle d’une autre personne du site. "
                "Corrigez l’adresse dans l’identité, puis recommencez."
            )
    elif trainee.user.has_usable_password():
        raise DomainError(f"Le compte de {trainee} est déjà ouvert : la personne en connaît le mot de passe.")
    email = trainee.user.email if trainee.user else trainee.email
    user = invite_person(email=email, first_name=trainee.first_names, last_name=trainee.shown_name, by=by)
    if trainee.user is None:
        trainee.user = user
        trainee.save(update_fields=["user"])
    record(
        action="trainees.account.opened",
        subject=trainee,
        by=by,
        summary=f"{trainee} est {agreed('invité', trainee)} à ouvrir son compte",
        topic_id=enrollment.pk,
    )
    return user


def _end_placement(enrollment: Enrollment) -> None:
    last = enrollment.past_placements.first()
    PastPlacement.objects.create(
        enrollment=enrollment,
        structure_id=enrollment.structure_id,
        starts_on=last.ends_on if last else enrollment.enrolled_on,
        ends_on=clock.today(),
    )
    for session in enrollment.expected_sessions.planned():
        session.expected.remove(enrollment)


def _refuse_days_outside(enrollment: Enrollment, contract: Contract) -> None:
    days = enrollment.attendances.filter(minutes__gt=0)
    outside = days.exclude(session__held_on__range=(contract.start, contract.end)).select_related("session")
    if first := outside.order_by("session__held_on").first():
        raise DomainError(
            f"Une séance du {shortdate(first.session.held_on)} tomberait hors du contrat. Vérifiez les dates."
        )
    immersions = enrollment.immersions.filter(starts_on__lt=contract.start) | enrollment.immersions.filter(
        ends_on__gt=contract.end
    )
    if immersion := immersions.first():
        raise DomainError(
            f"L’immersion chez {immersion.host_name} tomberait hors du contrat. Vérifiez les dates."
        )
