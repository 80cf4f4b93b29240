from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError, StaleState
from core.formats import counted, joined
from core.services.journal import record
from evaluations.enums import FrameworkState, TestKind
from evaluations.models import Competency, Framework
from evaluations.services.frameworks.locks import lock_draft, lock_framework
from structures.models import ProductionSupport
from trainees.models import Enrollment

MODULES, DOMAINS = 4, 9


@dataclass(frozen=True)
class Consequences:
    """What publishing or retiring a version will do, for the page that asks to confirm it."""

    missing: list[str] = field(default_factory=list)
    retires: Framework | None = None
    supports: list[ProductionSupport] = field(default_factory=list)
    closed_supports: list[ProductionSupport] = field(default_factory=list)
    enrollments_on_current: int = 0


def missing_pieces(framework: Framework) -> list[str]:
    """What the version still lacks to be published, one French sentence each."""
    missing = []
    modules, domains = framework.modules.count(), list(framework.domains.all())
    if modules != MODULES:
        missing.append(f"Le CQP compte {MODULES} modules : cette version en a {modules}.")
    if len(domains) != DOMAINS:
        missing.append(f"Le CQP compte {DOMAINS} domaines : cette version en a {len(domains)}.")
    filled = set(Competency.objects.filter(domain__framework=framework).values_list("domain_id", flat=True))
    if empty := [f"« {domain.name} »" for domain in domains if domain.pk not in filled]:
        missing.append(f"Sans aucune compétence : {joined(empty)}.")
    ranks = set(framework.levels.values_list("rank", flat=True))
    if len(ranks) < 2:
        missing.append("L’échelle de maîtrise compte au moins 2 niveaux.")
    if framework.threshold not in ranks:
        missing.append(f"Le niveau à atteindre ({framework.threshold}) n’est pas dans l’échelle de maîtrise.")
    if framework.judgements.count() < 2:
        missing.append("L’échelle d’appréciation du jury compte au moins 2 niveaux.")
    tests = set(framework.criteria.values_list("test", flat=True))
    missing.extend(
        f"La grille de l’{kind.label} n’a aucun critère." for kind in TestKind if kind.value not in tests
    )
    if not covered_supports(framework).exists():
        missing.append("Aucun support de production n’a de compétence professionnelle.")
    return missing


def covered_supports(framework: Framework):
    """The supports that a competency of the version names: an enrolment can be followed on them."""
    return ProductionSupport.objects.filter(
        pk__in=Competency.objects.filter(domain__framework=framework, support__isnull=False).values("support")
    )


def foresee_publication(framework: Framework) -> Consequences:
    former = Framework.objects.published().exclude(pk=framework.pk).first()
    covered = list(covered_supports(framework))
    return Consequences(
        missing=missing_pieces(framework),
        retires=former,
        supports=covered,
        closed_supports=list(_left_behind(former, covered)),
        enrollments_on_current=_open_enrollments(former),
    )


def foresee_retirement(framework: Framework) -> Consequences:
    return Consequences(
        closed_supports=list(ProductionSupport.objects.filter(framework_version=framework.version)),
        enrollments_on_current=_open_enrollments(framework),
    )


@transaction.atomic
def publish(*, framework: Framework, by: User) -> Framework:
    """Put a complete draft in force for new enrolments; the version published until now retires.

    Each support it covers announces it; one that only the former version covered announces none.
    Refused when not a draft, or with the list of what is missing. Enrolments under way keep their version.
    """
    former = Framework.objects.select_for_update(of=("self",), no_key=True).published().first()
    draft = lock_draft(framework)
    if missing := missing_pieces(draft):
        raise DomainError(f"La version {draft.version} n’est pas complète. {' '.join(missing)}")
    covered = list(covered_supports(draft))
    if former:
        _retire_row(former)
        _left_behind(former, covered).update(framework_version="")
    draft.state = FrameworkState.PUBLISHED
    draft.published_at, draft.published_by = clock.now(), by
    draft.save(update_fields=["state", "published_at", "published_by"])
    ProductionSupport.objects.filter(pk__in=[support.pk for support in covered]).update(
        framework_version=draft.version
    )
    if former:
        record(
            action="evaluations.framework.retired",
            subject=former,
            by=by,
            summary=f"Version {former.version} du référentiel retirée, remplacée par la version {draft.version}",
        )
    record(
        action="evaluations.framework.published",
        subject=draft,
        by=by,
        summary=f"Version {draft.version} du référentiel publiée pour {counted(len(covered), 'support')}",
        data={"supports": [support.code for support in covered]},
    )
    return draft


@transaction.atomic
def retire(*, framework: Framework, by: User) -> Framework:
    """Withdraw the published version without a successor: nobody can be enrolled until one is published."""
    row = lock_framework(framework)
    if row.state != FrameworkState.PUBLISHED:
        raise StaleState(f"La version {row.version} n’est pas publiée : il n’y a rien à retirer.")
    _retire_row(row)
    ProductionSupport.objects.filter(framework_version=row.version).update(framework_version="")
    record(
        action="evaluations.framework.retired",
        subject=row,
        by=by,
        summary=f"Version {row.version} du référentiel retirée",
    )
    return row


def _retire_row(framework: Framework) -> None:
    framework.state, framework.retired_at = FrameworkState.RETIRED, clock.now()
    framework.save(update_fields=["state", "retired_at"])


def _left_behind(former: Framework | None, covered: list[ProductionSupport]):
    if former is None:
        return ProductionSupport.objects.none()
    return ProductionSupport.objects.filter(framework_version=former.version).exclude(
        pk__in=[support.pk for support in covered]
    )


def _open_enrollments(framework: Framework | None) -> int:
    return Enrollment.objects.open().filter(framework_version=framework.version).count() if framework else 0
