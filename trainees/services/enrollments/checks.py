"""Checks of the structure, the support and the referent, shared by the enrolment and the transfer."""

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.formats import shortdate
from structures.models import Membership, ProductionSupport, Structure
from trainees.models import Trainee
from trainees.services.enrollments.identities import agreed


def not_accredited(structure: Structure) -> str:
    """Why a structure may not enrol today."""
    if structure.accredited_until and structure.accredited_until < clock.today():
        end = shortdate(structure.accredited_until)
        return f"L’agrément de {structure} a pris fin le {end}. Demandez son renouvellement au certificateur."
    if structure.accredited_from and structure.accredited_from > clock.today():
        return f"L’agrément de {structure} ne commence que le {shortdate(structure.accredited_from)}."
    state = structure.get_state_display()
    return f"{structure} ne peut pas inscrire : structure {state}. Seule une structure agréée inscrit."


def check_support(structure: Structure, support: ProductionSupport) -> None:
    """The structure runs this support, and a framework is in force for it; else a refusal."""
    if not structure.supports.filter(pk=support.pk).exists():
        raise DomainError(
            f"{structure} ne tient pas le support « {support} ». Choisissez un de ses supports, "
            "ou ajoutez-le à la fiche de la structure."
        )
    if not support.framework_version:
        raise DomainError(
            f"Aucun référentiel n’est publié pour le support « {support} ». "
            "Le certificateur doit en publier un avant toute inscription."
        )


def check_referent(structure: Structure, referent: User) -> None:
    """A referent works in the structure today, whatever their role there; else a refusal."""
    if not Membership.objects.current().filter(structure=structure, user=referent).exists():
        raise DomainError(
            f"{referent} ne fait pas partie de l’équipe de {structure}. Choisissez une personne de l’équipe."
        )


def already_enrolled(trainee: Trainee, *, here: bool) -> str:
    """Why this person cannot be enrolled again; the other structure is not named."""
    if here:
        enrolled = agreed("inscrit", trainee)
        return f"{trainee} est déjà {enrolled} dans votre structure. Retrouvez son parcours dans la liste."
    return (
        f"{trainee} a déjà un parcours en cours dans une autre structure. "
        "Demandez son transfert au certificateur."
    )
