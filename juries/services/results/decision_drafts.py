"""What a jury may decide of one candidate, and how a decision is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.formats import joined, shortdate
from evaluations.models import Domain
from juries.enums import Outcome, Presence
from juries.models import Candidate, Decision, DecisionDomain, Seat
from juries.queries.results.acquired_domains import AcquiredDomain
from juries.queries.results.opinions import opinions_of
from juries.services.results.quorum import missing_appraisals

NOT_HEARD = (Outcome.ADJOURNED, Outcome.ABSENT)
"""Outcomes where nothing was judged: no test, no domain."""


@dataclass(frozen=True)
class DecisionDraft:
    """A decision not recorded yet; `acquired` are ids of domains, those acquired before an earlier jury included."""

    outcome: str
    production_validated: bool = False
    interview_validated: bool = False
    acquired: frozenset[int] = frozenset()
    reason: str = ""
    recommendation: str = ""
    casting_vote: bool = False
    departure: str = ""

    @classmethod
    def of(cls, decision: Decision) -> "DecisionDraft":
        """The content of a recorded decision."""
        acquired = decision.domains.filter(acquired=True).values_list("domain_id", flat=True)
        return cls(
            decision.outcome,
            decision.production_validated,
            decision.interview_validated,
            frozenset(acquired),
            decision.reason,
            decision.recommendation,
            decision.casting_vote,
            decision.departure,
        )


def domains_of(candidate: Candidate) -> list[Domain]:
    """The domains of the candidate's framework, on each of which the jury answers."""
    version = candidate.enrollment.framework_version
    return list(Domain.objects.filter(framework__version=version).select_related("module"))


def with_acquired_before(
    draft: DecisionDraft, acquired_before: Mapping[int, AcquiredDomain]
) -> DecisionDraft:
    """The draft, with the domains acquired before where the candidate was not heard (adjourned, absent)."""
    if draft.outcome not in NOT_HEARD:
        return draft
    return replace(draft, acquired=draft.acquired | frozenset(acquired_before))


def refuse_draft(
    candidate: Candidate, draft: DecisionDraft, acquired_before: Mapping[int, AcquiredDomain]
) -> None:
    """Refuse a draft that contradicts itself, or that takes back a domain of `acquired_before`."""
    fault = (
        fault_of_presence(candidate, draft.outcome)
        or _fault_of_tests(draft, acquired_before)
        or _fault_of_taken_back(draft, acquired_before)
        or _fault_of_domains(candidate, draft, acquired_before)
    )
    if fault:
        raise DomainError(fault)
    if draft.outcome != Outcome.CERTIFIED and not (draft.reason and draft.recommendation):
        raise DomainError(
            "Une décision autre que « certifié » porte un motif et une recommandation : écrivez les deux, "
            "le candidat les lira."
        )


def write_decision(
    candidate: Candidate,
    draft: DecisionDraft,
    acquired_before: Mapping[int, AcquiredDomain],
    *,
    closed_reason: str,
    by: User,
) -> Decision:
    """Close the decision in force, if any, with its reason, and open the new one beside it.

    The caller has locked the candidate and writes the journal.
    """
    before = candidate.decisions.in_force().first()
    if before:
        before.closed_at, before.closed_by, before.closed_reason = clock.now(), by, closed_reason
        before.save(update_fields=["closed_at", "closed_by", "closed_reason"])
    decision = Decision.objects.create(
        candidate=candidate,
        outcome=draft.outcome,
        production_validated=draft.production_validated,
        interview_validated=draft.interview_validated,
        reason=draft.reason,
        recommendation=draft.recommendation,
        casting_vote=draft.casting_vote,
        departure=draft.departure,
        decided_by=by,
    )
    DecisionDomain.objects.bulk_create(
        DecisionDomain(
            decision=decision,
            domain=domain,
            acquired=domain.pk in draft.acquired,
            acquired_since=acquired_before[domain.pk].since if domain.pk in acquired_before else None,
            acquired_until=acquired_before[domain.pk].until if domain.pk in acquired_before else None,
        )
        for domain in domains_of(candidate)
    )
    return decision


def departure_of(candidate: Candidate, decided: DecisionDraft | Decision, seats: list[Seat]) -> str:
    """How a decision departs from what the jurors said, once each of `seats` has said it.

    An absence is a fact of the roll call, not a decision of the jury.
    """
    if decided.outcome == Outcome.ABSENT or missing_appraisals(candidate, seats):
        return ""
    return opinions_of(candidate).departure(
        production=decided.production_validated,
        interview=decided.interview_validated,
        certified=decided.outcome == Outcome.CERTIFIED,
    )


def fault_of_presence(candidate: Candidate, outcome: str) -> str:
    """Where an outcome and the roll call disagree, or an empty string."""
    name = candidate.enrollment.trainee
    absent = candidate.presence == Presence.ABSENT
    if absent and outcome not in NOT_HEARD:
        return f"{name} est noté absent : la décision est « absent » ou « ajourné ». Sinon, corrigez l’appel."
    if not absent and outcome == Outcome.ABSENT:
        return f"{name} n’est pas noté absent : corrigez d’abord l’appel, ou choisissez « ajourné »."
    return ""


def _fault_of_taken_back(draft: DecisionDraft, acquired_before: Mapping[int, AcquiredDomain]) -> str:
    taken_back = [row for pk, row in acquired_before.items() if pk not in draft.acquired]
    if not taken_back:
        return ""
    names = joined(f"{row.domain.number} (depuis le {shortdate(row.since)})" for row in taken_back)
    return (
        f"Déjà acquis devant un autre jury : domaine {names}. Ce qui est acquis et encore valable ne se juge plus "
        "et ne se retire pas : cochez-le."
    )


def _fault_of_tests(draft: DecisionDraft, acquired_before: Mapping[int, AcquiredDomain]) -> str:
    both = draft.production_validated and draft.interview_validated
    judged = (
        draft.acquired - acquired_before.keys() or draft.production_validated or draft.interview_validated
    )
    if draft.outcome not in Outcome.values:
        return "Cette décision n’existe pas : choisissez-en une de la liste."
    if draft.outcome in NOT_HEARD and judged:
        return (
            "Un candidat absent ou ajourné n’est pas jugé : ne cochez ni épreuve validée ni domaine acquis."
        )
    if draft.outcome == Outcome.CERTIFIED and not both:
        return (
            "Un candidat n’est certifié que si l’épreuve de production et l’entretien sont tous deux validés."
        )
    return ""


def _fault_of_domains(
    candidate: Candidate, draft: DecisionDraft, acquired_before: Mapping[int, AcquiredDomain]
) -> str:
    every = {domain.pk for domain in domains_of(candidate)}
    won = draft.acquired - acquired_before.keys()
    if not draft.acquired <= every:
        return "Un de ces domaines n’est pas du référentiel de ce candidat. Rechargez la page."
    if draft.outcome == Outcome.CERTIFIED and draft.acquired != every:
        return (
            "Un candidat certifié a acquis tous les domaines : cochez-les tous, "
            "ou choisissez « certification partielle »."
        )
    if draft.outcome == Outcome.PARTIAL and acquired_before and not won:
        return (
            "Aucun domaine de plus n’est acquis : cochez ce qui l’est, ou choisissez « non certifié ». "
            "Ce qui était acquis le reste."
        )
    if draft.outcome == Outcome.PARTIAL and not won:
        return (
            "Une certification partielle nomme au moins un domaine acquis : "
            "cochez-les, ou choisissez « non certifié »."
        )
    if draft.outcome == Outcome.PARTIAL and draft.acquired == every:
        return (
            "Tous les domaines sont acquis : décochez ceux qui ne le sont pas, "
            "ou choisissez « certifié » si les deux épreuves sont validées."
        )
    if draft.outcome == Outcome.NOT_CERTIFIED and won:
        return "Des domaines sont acquis : choisissez « certification partielle », ou décochez-les."
    return ""
