"""What a jury may conclude, and how it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.formats import joined, shortdate
from evaluations.models import Domain
from juries.enums import Outcome, Presence
from juries.models import Candidate, Decision, DecisionDomain
from juries.queries.results.acquired_domains import Kept

NOT_HEARD = (Outcome.ADJOURNED, Outcome.ABSENT)
"""Outcomes where nothing was judged: no test, no domain."""


@dataclass(frozen=True)
class Verdict:
    """What a jury concludes of one candidate; `acquired` are ids of domains, those kept from before included."""

    outcome: str
    production_validated: bool = False
    interview_validated: bool = False
    acquired: frozenset[int] = frozenset()
    motive: str = ""
    recommendation: str = ""
    casting_vote: bool = False

    @classmethod
    def of(cls, decision: Decision) -> "Verdict":
        """What a decision already recorded says."""
        acquired = decision.domains.filter(acquired=True).values_list("domain_id", flat=True)
        return cls(
            decision.outcome,
            decision.production_validated,
            decision.interview_validated,
            frozenset(acquired),
            decision.motive,
            decision.recommendation,
            decision.casting_vote,
        )


def domains_of(candidate: Candidate) -> list[Domain]:
    """The domains of the candidate's framework, on each of which the jury answers."""
    version = candidate.enrollment.framework_version
    return list(Domain.objects.filter(framework__version=version).select_related("module"))


def settled(verdict: Verdict, kept: Mapping[int, Kept]) -> Verdict:
    """With what stays acquired of an absent or adjourned candidate: nothing was judged, nothing is lost."""
    if verdict.outcome not in NOT_HEARD:
        return verdict
    return replace(verdict, acquired=verdict.acquired | frozenset(kept))


def refuse_verdict(candidate: Candidate, verdict: Verdict, kept: Mapping[int, Kept]) -> None:
    """Refuse a verdict that does not hold together, or that takes back a domain `kept` from an earlier jury."""
    fault = (
        fault_of_presence(candidate, verdict.outcome)
        or _fault_of_tests(verdict, kept)
        or _fault_of_kept(verdict, kept)
        or _fault_of_domains(candidate, verdict, kept)
    )
    if fault:
        raise DomainError(fault)
    if verdict.outcome != Outcome.CERTIFIED and not (verdict.motive and verdict.recommendation):
        raise DomainError(
            "Une décision autre que « certifié » porte un motif et une recommandation : écrivez les deux, "
            "le candidat les lira."
        )


def write_decision(
    candidate: Candidate, verdict: Verdict, kept: Mapping[int, Kept], *, reason: str, by: User
) -> Decision:
    """Close the decision in force, if any, with its reason, and open the new one beside it.

    The caller holds the candidate and records it.
    """
    before = candidate.decisions.in_force().first()
    if before:
        before.closed_at, before.closed_by, before.closed_reason = clock.now(), by, reason[:300]
        before.save(update_fields=["closed_at", "closed_by", "closed_reason"])
    decision = Decision.objects.create(
        candidate=candidate,
        outcome=verdict.outcome,
        production_validated=verdict.production_validated,
        interview_validated=verdict.interview_validated,
        motive=verdict.motive[:2000],
        recommendation=verdict.recommendation[:2000],
        casting_vote=verdict.casting_vote,
        decided_by=by,
    )
    DecisionDomain.objects.bulk_create(
        DecisionDomain(
            decision=decision,
            domain=domain,
            acquired=domain.pk in verdict.acquired,
            kept_since=kept[domain.pk].since if domain.pk in kept else None,
            kept_until=kept[domain.pk].until if domain.pk in kept else None,
        )
        for domain in domains_of(candidate)
    )
    return decision


def fault_of_presence(candidate: Candidate, outcome: str) -> str:
    """Where an outcome and the roll call disagree, or an empty string."""
    name = candidate.enrollment.trainee
    absent = candidate.presence == Presence.ABSENT
    if absent and outcome not in NOT_HEARD:
        return f"{name} est noté absent : la décision est « absent » ou « ajourné ». Sinon, corrigez l’appel."
    if not absent and outcome == Outcome.ABSENT:
        return f"{name} n’est pas noté absent : corrigez d’abord l’appel, ou choisissez « ajourné »."
    return ""


def _fault_of_kept(verdict: Verdict, kept: Mapping[int, Kept]) -> str:
    taken_back = [row for pk, row in kept.items() if pk not in verdict.acquired]
    if not taken_back:
        return ""
    names = joined(f"{row.domain.number} (depuis le {shortdate(row.since)})" for row in taken_back)
    return (
        f"Déjà acquis devant un autre jury : domaine {names}. Ce qui est acquis et encore valable ne se juge plus "
        "et ne se retire pas : cochez-le."
    )


def _fault_of_tests(verdict: Verdict, kept: Mapping[int, Kept]) -> str:
    both = verdict.production_validated and verdict.interview_validated
    judged = verdict.acquired - kept.keys() or verdict.production_validated or verdict.interview_validated
    if verdict.outcome not in Outcome.values:
        return "Cette décision n’existe pas : choisissez-en une de la liste."
    if verdict.outcome in NOT_HEARD and judged:
        return (
            "Un candidat absent ou ajourné n’est pas jugé : ne cochez ni épreuve validée ni domaine acquis."
        )
    if verdict.outcome == Outcome.CERTIFIED and not both:
        return (
            "Un candidat n’est certifié que si l’épreuve de production et l’entretien sont tous deux validés."
        )
    return ""


def _fault_of_domains(candidate: Candidate, verdict: Verdict, kept: Mapping[int, Kept]) -> str:
    every = {domain.pk for domain in domains_of(candidate)}
    won = verdict.acquired - kept.keys()
    if not verdict.acquired <= every:
        return "Un de ces domaines n’est pas du référentiel de ce candidat. Rechargez la page."
    if verdict.outcome == Outcome.CERTIFIED and verdict.acquired != every:
        return (
            "Un candidat certifié a acquis tous les domaines : cochez-les tous, "
            "ou choisissez « certification partielle »."
        )
    if verdict.outcome == Outcome.PARTIAL and kept and not won:
        return (
            "Aucun domaine de plus n’est acquis : cochez ce qui l’est, ou choisissez « non certifié ». "
            "Ce qui était acquis le reste."
        )
    if verdict.outcome == Outcome.PARTIAL and not won:
        return (
            "Une certification partielle nomme au moins un domaine acquis : "
            "cochez-les, ou choisissez « non certifié »."
        )
    if verdict.outcome == Outcome.PARTIAL and verdict.acquired == every:
        return (
            "Tous les domaines sont acquis : décochez ceux qui ne le sont pas, "
            "ou choisissez « certifié » si les deux épreuves sont validées."
        )
    if verdict.outcome == Outcome.NOT_CERTIFIED and won:
        return "Des domaines sont acquis : choisissez « certification partielle », ou décochez-les."
    return ""
