"""The rules of certification: adopted version by version, never edited."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from certificates.documents.layouts import LayoutMissing, layout_of
from certificates.documents.rendering.glyphs import missing_glyphs
from certificates.documents.rendering.text_fitting import signatory_faults
from core.errors import DomainError, StaleState
from core.formats import joined
from core.services.journal import record
from juries.models import CertificationSettings

RULES = (
    "least_jurors",
    "both_colleges",
    "outside_share",
    "quorum",
    "colleague_years",
    "notice_days",
    "reminder_days",
    "production_minutes",
    "interview_minutes",
    "break_minutes",
    "parallel_panels",
    "release_mode",
    "appeal_days",
    "partial_validity_months",
    "mask_below",
    "certification_type",
    "certification_code",
    "signatory_name",
    "signatory_quality",
    "layout_version",
)
"""What a version sets; a rule left out is taken from the version before."""

PRINTED = ("certification_type", "certification_code", "signatory_name", "signatory_quality")
"""The values that certificates print."""


def settings_in_force() -> CertificationSettings:
    """The newest version. Refused, with what to do, when none was ever adopted."""
    rules = CertificationSettings.in_force()
    if rules is None:
        raise DomainError(
            "Aucun réglage de la certification n’est adopté : un jury ne peut pas être prévu. "
            "Adoptez d’abord une version, dans « Réglages des jurys »."
        )
    return rules


@transaction.atomic
def adopt_settings(*, source: str, by: User, **rules) -> CertificationSettings:
    """Adopt a new version: the rules given, and the others as they were.

    `source` says where the rules come from and who validated them. Sessions already planned keep theirs.
    """
    last = CertificationSettings.objects.select_for_update(no_key=True).order_by("-version").first()
    former = {name: getattr(last, name) for name in RULES} if last else {}
    unknown = set(rules) - set(RULES)
    if unknown:
        raise TypeError(f"No such rule: {sorted(unknown)}")
    version = CertificationSettings(
        version=last.version + 1 if last else 1, source=source.strip(), adopted_by=by, **(former | rules)
    )
    try:
        version.full_clean(exclude=["version"])
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    _refuse_what_no_certificate_prints(version)
    _refuse_the_same(last, version)
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as error:
        raise StaleState(
            "Quelqu’un vient d’adopter une autre version des réglages. Relisez-la, puis recommencez."
        ) from error
    record(
        action="juries.settings.adopted",
        subject=version,
        by=by,
        summary=f"Réglages de la certification, version {version.version} adoptée",
        data={name: str(value) for name, value in rules.items()} | {"source": version.source},
    )
    return version


def _refuse_what_no_certificate_prints(version: CertificationSettings) -> None:
    """Refuse to plan a session whose rules would prevent its certificates: a session never changes its rules."""
    try:
        layout_of(version.layout_version)
    except LayoutMissing as error:
        raise DomainError(f"{error} Choisissez une maquette publiée.") from error
    missing = missing_glyphs("".join(getattr(version, name) for name in PRINTED))
    if missing:
        letters = joined(f"« {letter} »" for letter in missing)
        raise DomainError(
            f"Le certificat ne peut pas écrire {letters} : corrigez la certification ou sa signature."
        )
    faults = signatory_faults(version.signatory_name, version.signatory_quality)
    if faults:
        raise DomainError(" ".join(faults))


def _refuse_the_same(last: CertificationSettings | None, version: CertificationSettings) -> None:
    if last and all(getattr(last, name) == getattr(version, name) for name in (*RULES, "source")):
        raise StaleState(f"Rien ne change : la version {last.version}, en vigueur, dit déjà la même chose.")
