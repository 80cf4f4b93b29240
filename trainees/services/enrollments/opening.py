from dataclasses import asdict
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.services.journal import record
from structures.models import ProductionSupport, Structure
from trainees.models import Enrollment, Trainee
from trainees.services.enrollments.checks import (
    already_enrolled,
    check_referent,
    check_support,
    not_accredited,
)
from trainees.services.enrollments.contracts import Contract, contract_faults
from trainees.services.enrollments.identities import (
    ANOTHER,
    Identity,
    agreed,
    identity_faults,
    is_it_them,
    look_alikes,
    same_person,
)
from trainees.services.locks import refuse_faults


@transaction.atomic
def enrol(
    *,
    structure: Structure,
    support: ProductionSupport,
    referent: User,
    identity: Identity,
    contract: Contract,
    person: str = "",
    import_id: UUID | None = None,
    by: User,
) -> Enrollment:
    """Open the enrolment of one person in one structure; the framework version in force is frozen into it.

    Refused when the structure is not accredited today, does not run this support, when no framework is
    published for it, when the referent is not of the team, when the identity or the contract is faulty,
    and when the person already has an open enrolment. Somebody who left or finished comes back on a new enrolment.

    Somebody who looks like people already known is refused until `person` says who it is: the id of one of them,
    or `ANOTHER` for a true homonym.
    """
    structure = Structure.objects.select_for_update(of=("self",), no_key=True).get(pk=structure.pk)
    if not structure.may_enrol_on(clock.today()):
        raise DomainError(not_accredited(structure))
    identity = identity.tidy()
    refuse_faults(identity_faults(identity, on=contract.start))
    refuse_faults(contract_faults(contract))
    check_support(structure, support)
    check_referent(structure, referent)
    trainee = _find_or_make(identity, structure, person)
    try:
        with transaction.atomic():
            enrollment = Enrollment.objects.create(
                trainee=trainee,
                structure=structure,
                support=support,
                referent=referent,
                contract_start=contract.start,
                contract_end=contract.end,
                weekly_hours=contract.weekly_hours,
                funding_number=contract.funding_number,
                framework_version=support.framework_version,
                enrolled_on=clock.today(),
                import_id=import_id,
            )
    except IntegrityError as error:
        raise DomainError(
            f"{trainee} vient d’être {agreed('inscrit', trainee)} par quelqu’un d’autre. Rechargez la liste."
        ) from error
    record(
        action="trainees.enrollment.opened",
        subject=enrollment,
        by=by,
        summary=f"{trainee} est {agreed('inscrit', trainee)} : {structure}, {support}",
        data={"framework": enrollment.framework_version, "contract": contract.facts},
        topic_id=enrollment.pk,
    )
    return enrollment


def _find_or_make(identity: Identity, structure: Structure, person: str) -> Trainee:
    """The row of this person, made when new; refused when they already have an open enrolment."""
    known = same_person(identity)
    if people := look_alikes(identity):
        known = next((one for one in people if str(one.pk) == person), None)
        if known is None and person != ANOTHER:
            raise DomainError(is_it_them(identity, people))
    if known is None:
        try:
            with transaction.atomic():
                return Trainee.objects.create(**asdict(identity))
        except IntegrityError as error:
            raise DomainError(
                f"{identity} vient d’être {agreed('inscrit', identity)} par quelqu’un d’autre."
            ) from error
    known = Trainee.objects.select_for_update(of=("self",), no_key=True).get(pk=known.pk)
    if running := known.enrollments.open().first():
        raise DomainError(already_enrolled(known, here=running.structure_id == structure.pk))
    for name in ("usage_name", "email", "phone"):
        setattr(known, name, getattr(identity, name) or getattr(known, name))
    for name in ("birth_place", "birth_insee"):
        setattr(known, name, getattr(known, name) or getattr(identity, name))
    known.save(update_fields=["usage_name", "email", "phone", "birth_place", "birth_insee"])
    return known
