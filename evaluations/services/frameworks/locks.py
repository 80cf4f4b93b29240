"""The locks and checks that every change of a version begins with."""

from core.errors import DomainError, StaleState
from evaluations.models import Framework


def lock_framework(framework: Framework) -> Framework:
    return Framework.objects.select_for_update(of=("self",), no_key=True).get(pk=framework.pk)


def lock_draft(framework: Framework) -> Framework:
    """The version, locked until the commit; refused when it is no longer a draft."""
    draft = lock_framework(framework)
    if not draft.is_draft:
        raise StaleState(
            f"La version {draft.version} est déjà publiée : elle ne change plus, car des parcours s’appuient "
            "sur elle. Créez une nouvelle version à partir d’elle."
        )
    return draft


def new_version_name(version: str) -> str:
    """The name of a version to create, cleaned; refused when empty, too long or already taken."""
    version = version.strip()
    if not version:
        raise DomainError("Donnez un nom à cette version, par exemple « 2026-1 ».")
    if len(version) > 20:
        raise DomainError("Le nom d’une version compte 20 caractères au plus.")
    if Framework.objects.filter(version=version).exists():
        raise DomainError(f"La version {version} existe déjà. Choisissez un autre nom.")
    return version
