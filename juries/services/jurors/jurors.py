"""The jurors, and what each declares."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.services.invitations import invite_person
from core.errors import DomainError, StaleState
from core.services.journal import record
from core.texts import required_reason
from juries.models import DeclaredLink, Juror
from structures.models import Structure
from trainees.models import Trainee


@transaction.atomic
def add_juror(
    *,
    email: str,
    first_name: str,
    last_name: str,
    college: str,
    organisation: str,
    region: str,
    trade: str = "",
    of_certifier: bool = False,
    trained_on: date | None = None,
    training_title: str = "",
    by: User,
) -> Juror:
    """Add a juror, with an invitation when they have no account yet. Refused twice."""
    user = invite_person(email=email, first_name=first_name, last_name=last_name, by=by)
    if Juror.objects.filter(user=user).exists():
        raise DomainError(f"{user} est déjà dans le vivier des jurés. Ouvrez sa fiche pour la modifier.")
    juror = Juror(
        user=user,
        college=college,
        organisation=organisation.strip(),
        region=region,
        trade=trade.strip(),
        of_certifier=of_certifier,
        trained_on=trained_on,
        training_title=training_title.strip(),
    )
    _save(juror)
    record(
        action="juries.juror.enlisted",
        subject=juror,
        by=by,
        summary=f"{user} entre dans le vivier des jurés, collège {juror.get_college_display()}",
    )
    return juror


@transaction.atomic
def change_juror(*, juror: Juror, by: User, **changes) -> Juror:
    """Correct what is known of a juror: college, organisation, trade, region, training, active or not."""
    allowed = {
        "college",
        "organisation",
        "trade",
        "region",
        "of_certifier",
        "trained_on",
        "training_title",
        "is_active",
    }
    if set(changes) - allowed:
        raise TypeError(f"No such field of a juror: {sorted(set(changes) - allowed)}")
    juror = Juror.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=juror.pk)
    for name, value in changes.items():
        setattr(juror, name, value)
    _save(juror)
    record(
        action="juries.juror.changed",
        subject=juror,
        by=by,
        summary=f"Fiche de {juror} modifiée",
        data={name: str(value) for name, value in changes.items()},
    )
    return juror


@transaction.atomic
def invite_juror_again(*, juror: Juror, by: User) -> None:
    """Send a new link to a juror who has not opened their account; the one before no longer works."""
    user = juror.user
    if user.has_usable_password():
        raise StaleState(f"{user} a déjà ouvert son compte : une invitation ne servirait à rien.")
    invite_person(email=user.email, first_name=user.first_name, last_name=user.last_name, by=by)


@transaction.atomic
def declare_link(
    *,
    juror: Juror,
    nature: str,
    structure: Structure | None = None,
    trainee: Trainee | None = None,
    by: User,
) -> DeclaredLink:
    """Record a link, present or past, of a juror with one structure or with one person.

    It keeps the juror from judging them; a seat already held shows as a conflict before the session opens.
    """
    if (structure is None) == (trainee is None):
        raise DomainError(
            "Un lien est déclaré avec une structure ou avec une personne : choisissez l’une des deux."
        )
    nature = required_reason(
        nature, name="La nature du lien", missing="Dites en quelques mots la nature du lien."
    )
    if DeclaredLink.objects.filter(juror=juror, structure=structure, trainee=trainee).exists():
        raise StaleState("Ce lien est déjà déclaré.")
    link = DeclaredLink.objects.create(juror=juror, structure=structure, trainee=trainee, nature=nature)
    record(
        action="juries.juror.link_declared",
        subject=juror,
        by=by,
        summary=f"{juror} déclare un lien avec {structure or trainee}",
        reason=link.nature,
        topic_id=None,
    )
    return link


def _save(juror: Juror) -> None:
    try:
        juror.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    juror.save()
