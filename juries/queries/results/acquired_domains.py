"""The domains that a candidate acquired before earlier juries: those still valid are not judged again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists

from core.text_folding import folded
from evaluations.enums import Family
from evaluations.models import Domain
from juries.models import Candidate, PartialAttestation


@dataclass(frozen=True)
class AcquiredDomain:
    """One domain of the candidate's framework, acquired before a jury of that day; `until` is None without a limit."""

    domain: Domain
    since: date
    until: date | None

    def outlasts(self, other: "AcquiredDomain | None") -> bool:
        return other is None or (self.until or date.max) > (other.until or date.max)


@dataclass
class AcquiredDomains:
    """By id of domain: what is valid on the day of the jury, and what has run out by then."""

    valid: dict[int, AcquiredDomain] = field(default_factory=dict)
    lapsed: dict[int, AcquiredDomain] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.valid or self.lapsed)


def holds_attestation(trainee_id: UUID) -> Exists:
    """Whether a trainee has an attestation that was not revoked, as an expression of another query."""
    rows = PartialAttestation.objects.not_revoked().filter(
        decision__candidate__enrollment__trainee=trainee_id
    )
    return Exists(rows)


def acquired_domains_of(candidate: Candidate) -> AcquiredDomains:
    """The domains of one candidate, joined with `session` and `enrollment`; two queries at most."""
    return acquired_domains_by_candidate([candidate])[candidate.pk]


def acquired_domains_by_candidate(candidates: Iterable[Candidate]) -> dict:
    """By candidate, in two queries at most.

    The attestations of the same trainee that were not revoked count, in any enrollment, up to the day of the jury.
    Under another version of the framework a domain is the same when its number and its name are. A professional
    domain is of its production support: on another support it is judged again.
    """
    candidates = list(candidates)
    found = {candidate.pk: AcquiredDomains() for candidate in candidates}
    attestations = _attestations({candidate.enrollment.trainee_id for candidate in candidates})
    concerned = [row for row in candidates if attestations[row.enrollment.trainee_id]]
    if not concerned:
        return found
    domains = _domains({row.enrollment.framework_version for row in concerned})
    for candidate in concerned:
        for attestation in attestations[candidate.enrollment.trainee_id]:
            if _is_earlier(attestation, candidate):
                _add(found[candidate.pk], attestation, candidate, domains)
    return found


def _attestations(trainees: set) -> dict:
    rows = PartialAttestation.objects.not_revoked().filter(
        decision__candidate__enrollment__trainee__in=trainees
    )
    found = defaultdict(list)
    for row in rows.select_related("decision__candidate__enrollment").order_by("jury_date", "created_at"):
        found[row.decision.candidate.enrollment.trainee_id].append(row)
    return found


def _domains(versions: set[str]) -> dict[str, dict[tuple, Domain]]:
    found: dict = defaultdict(dict)
    rows = Domain.objects.filter(framework__version__in=versions).select_related("framework", "module")
    for domain in rows:
        found[domain.framework.version][domain.number, folded(domain.name)] = domain
    return found


def _is_earlier(attestation: PartialAttestation, candidate: Candidate) -> bool:
    other = attestation.decision.candidate_id != candidate.pk
    return other and attestation.jury_date <= candidate.session.held_on


def _add(
    found: AcquiredDomains, attestation: PartialAttestation, candidate: Candidate, domains: dict
) -> None:
    enrollment = candidate.enrollment
    for line in attestation.acquired:
        domain = domains[enrollment.framework_version].get((line["number"], folded(line["name"])))
        if domain is None:
            continue
        if domain.module.family == Family.PROFESSIONAL and enrollment.support_id != attestation.support_id:
            continue
        until = date.fromisoformat(line["until"]) if line["until"] else None
        acquired = AcquiredDomain(domain, date.fromisoformat(line["since"]), until)
        if until and until < candidate.session.held_on:
            if acquired.outlasts(found.lapsed.get(domain.pk)):
                found.lapsed[domain.pk] = acquired
        elif acquired.outlasts(found.valid.get(domain.pk)):
            found.valid[domain.pk] = acquired
    for pk in found.valid:
        found.lapsed.pop(pk, None)
