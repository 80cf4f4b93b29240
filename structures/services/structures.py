"""The life of a structure: interested, accredited, suspended, ended; and the visit due to it."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import shortdate
from core.services.journal import record
from core.texts import required_reason
from structures.enums import STRUCTURE_MOVES, StructureState
from structures.models import ProductionSupport, Structure

NO_REASON = "Dites pourquoi : le motif reste dans l’histoire de la structure."
NUMBERS = ("training_body_number", "member_number")
DETAILS = ("name", "siret", "address", "postcode", "city", "email", "phone", *NUMBERS)


@transaction.atomic
def register_structure(
    *,
    name: str,
    siret: str,
    postcode: str,
    city: str,
    address: str = "",
    email: str = "",
    phone: str = "",
    training_body_number: str = "",
    member_number: str = "",
    supports: Iterable[ProductionSupport] = (),
    by: User,
) -> Structure:
    """Register a structure that shows interest. Refused: a false SIRET or one already known, an unknown postcode."""
    structure = Structure(
        name=name,
        siret=siret,
        postcode=postcode,
        city=city,
        address=address,
        email=email,
        phone=phone,
        training_body_number=training_body_number,
        member_number=member_number,
    )
    _check(structure)
    structure.save(force_insert=True)
    structure.supports.set(supports)
    structure.spans.create(state=structure.state, starts_on=structure.interested_on)
    record(
        action="structures.structure.registered",
        subject=structure,
        by=by,
        summary=f"{structure} manifeste son intérêt",
        topic_id=structure.pk,
    )
    return structure


@transaction.atomic
def change_structure(
    *, structure: Structure, supports: Iterable[ProductionSupport], by: User, **details: str
) -> Structure:
    """Correct the name, address or supports of a structure; the journal stores the former value of each field."""
    locked = _lock(structure)
    was = {name: getattr(locked, name) for name in DETAILS}
    for name in DETAILS:
        setattr(locked, name, details.get(name, was[name]))
    _check(locked)
    locked.save(update_fields=[*DETAILS, "region"])
    locked.supports.set(supports)
    record(
        action="structures.structure.changed",
        subject=locked,
        by=by,
        summary=f"Coordonnées de {locked} modifiées",
        data={"avant": {name: value for name, value in was.items() if value != getattr(locked, name)}},
        topic_id=locked.pk,
    )
    return locked


@transaction.atomic
def accredit(*, structure: Structure, starts_on: date, ends_on: date, by: User) -> Structure:
    """Accredit a structure from `starts_on` to `ends_on`, both included; renews an accreditation that runs.

    Refused: an accreditation that ends before it begins or is already over, and a renewal that would leave
    days without accreditation before it begins.
    """
    locked = _lock(structure)
    _check_period(locked, starts_on, ends_on)
    renewed = locked.state == StructureState.ACCREDITED
    locked.accredited_from, locked.accredited_until = starts_on, ends_on
    if not renewed:
        _move(locked, StructureState.ACCREDITED)
    locked.save(update_fields=["state", "accredited_from", "accredited_until"])
    record(
        action="structures.structure.renewed" if renewed else "structures.structure.accredited",
        subject=locked,
        by=by,
        summary=f"{locked} {'voit son agrément renouvelé' if renewed else 'est agréée'} "
        f"jusqu’au {shortdate(ends_on)}",
        data={"du": starts_on.isoformat(), "au": ends_on.isoformat()},
        topic_id=locked.pk,
    )
    return locked


@transaction.atomic
def suspend(*, structure: Structure, reason: str, by: User) -> Structure:
    """Stop an accredited structure from enrolling; the enrolments that are open go on."""
    locked = _lock(structure)
    reason = required_reason(reason, missing=NO_REASON)
    _move(locked, StructureState.SUSPENDED, reason=reason)
    locked.save(update_fields=["state"])
    record(
        action="structures.structure.suspended",
        subject=locked,
        by=by,
        summary=f"L’agrément de {locked} est suspendu",
        reason=reason,
        topic_id=locked.pk,
    )
    return locked


@transaction.atomic
def resume(*, structure: Structure, by: User) -> Structure:
    """Lift a suspension. Refused when the accreditation has run out meanwhile: it takes a new one."""
    locked = _lock(structure)
    if locked.state != StructureState.SUSPENDED:
        raise StaleState(f"L’agrément de {locked} n’est pas suspendu : il n’y a rien à reprendre.")
    if locked.accredited_until and locked.accredited_until < clock.today():
        raise DomainError(
            f"L’agrément de {locked} a pris fin le {shortdate(locked.accredited_until)} pendant la suspension. "
            "Accordez un nouvel agrément, avec ses dates."
        )
    _move(locked, StructureState.ACCREDITED)
    locked.save(update_fields=["state"])
    record(
        action="structures.structure.resumed",
        subject=locked,
        by=by,
        summary=f"L’agrément de {locked} reprend",
        topic_id=locked.pk,
    )
    return locked


@transaction.atomic
def end_accreditation(*, structure: Structure, reason: str, by: User) -> Structure:
    """End the accreditation, or the interest, of a structure; what it did stays, and it may be accredited again."""
    locked = _lock(structure)
    reason = required_reason(reason, missing=NO_REASON)
    _move(locked, StructureState.ENDED, reason=reason)
    locked.save(update_fields=["state"])
    record(
        action="structures.structure.ended",
        subject=locked,
        by=by,
        summary=f"L’agrément de {locked} est terminé",
        reason=reason,
        topic_id=locked.pk,
    )
    return locked


@transaction.atomic
def record_visit(*, structure: Structure, visited_on: date, by: User) -> Structure:
    """Record the visit due within six months of the accreditation (convention of the certifier, art. 3)."""
    locked = _lock(structure)
    if locked.accredited_from is None:
        raise DomainError(f"{locked} n’est pas agréée : la visite suit l’agrément.")
    if not locked.accredited_from <= visited_on <= clock.today():
        raise DomainError(
            f"La visite a lieu entre l’agrément, le {shortdate(locked.accredited_from)}, et aujourd’hui : "
            "corrigez sa date."
        )
    locked.visited_on = visited_on
    locked.save(update_fields=["visited_on"])
    record(
        action="structures.structure.visited",
        subject=locked,
        by=by,
        summary=f"{locked} a été visitée le {shortdate(visited_on)}",
        data={"le": visited_on.isoformat()},
        topic_id=locked.pk,
    )
    return locked


def _lock(structure: Structure) -> Structure:
    return Structure.objects.select_for_update(of=("self",), no_key=True).get(pk=structure.pk)


def _check(structure: Structure) -> None:
    """What the model and the database ask of a structure, as one refusal."""
    try:
        structure.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error


def _check_period(structure: Structure, starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise DomainError("L’agrément doit finir après avoir commencé : corrigez ses dates.")
    if ends_on < clock.today():
        raise DomainError(
            f"Cet agrément serait déjà fini depuis le {shortdate(ends_on)} : donnez une fin à venir."
        )
    since, runs_until = structure.accredited_from, structure.accredited_until
    is_accredited = structure.state == StructureState.ACCREDITED
    if is_accredited and since and runs_until and runs_until >= clock.today():
        latest = max(clock.today(), since)
        if starts_on > latest:
            raise DomainError(
                "Le renouvellement doit commencer aujourd’hui ou avant : sinon la structure ne pourrait plus "
                f"inscrire d’ici au {shortdate(starts_on)}, alors que son agrément court jusqu’au "
                f"{shortdate(runs_until)}."
            )


def _move(structure: Structure, state: str, *, reason: str = "") -> None:
    """Change the state in memory, and close and open the rows of past states that the dashboard reads.

    An accreditation that began in the past counts from its first day, as far as the former span allows.
    """
    if state not in STRUCTURE_MOVES[structure.state]:
        raise StaleState(
            f"{structure} est « {structure.get_state_display()} » : elle ne peut pas devenir "
            f"« {StructureState(state).label} ». Rechargez la page."
        )
    today = clock.today()
    span = structure.spans.filter(ends_on=None).first()
    day = today
    is_new = state == StructureState.ACCREDITED and structure.state != StructureState.SUSPENDED
    if is_new and structure.accredited_from:
        day = min(today, structure.accredited_from)
    if span:
        day = max(day, span.starts_on)
        span.ends_on = day
        span.save(update_fields=["ends_on"])
    structure.spans.create(state=state, starts_on=day, reason=reason)
    structure.state = state
