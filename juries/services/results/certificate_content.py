"""The content of certificates, read from the rows that it is copied from."""

import unicodedata
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from certificates.services.register.lines import IDENTITY
from core import clock
from core.errors import DomainError
from evaluations.models import Framework
from juries.models import Candidate, JurySession, Seat


def content_of(candidate: Candidate) -> dict[str, object]:
    """The content of the certificate of one candidate, besides its number. Refused while the jury has no president."""
    return contents_of(candidate.session, [candidate])[candidate.pk]


def contents_of(session: JurySession, candidates: Iterable[Candidate]) -> dict[UUID, dict[str, object]]:
    """The same for many candidates of a session, in a constant number of queries where their rows are joined."""
    candidates = list(candidates)
    president = _president(session)
    versions = {candidate.enrollment.framework_version for candidate in candidates}
    frameworks = {
        framework.version: framework
        for framework in Framework.objects.filter(version__in=versions).prefetch_related("domains")
    }
    return {
        candidate.pk: _content(
            session, candidate, frameworks[candidate.enrollment.framework_version], president
        )
        for candidate in candidates
    }


def _content(
    session: JurySession, candidate: Candidate, framework: Framework, president: str
) -> dict[str, object]:
    rules, enrollment = session.rules, candidate.enrollment
    facts = {
        **{name: getattr(enrollment.trainee, name) for name in IDENTITY},
        "title": framework.certificate_title,
        "certification_type": rules.certification_type,
        "certification_code": rules.certification_code,
        "framework_version": framework.version,
        "support_name": enrollment.support.name,
        "rome_codes": enrollment.support.rome_codes,
        "domains": [
            domain.name for domain in sorted(framework.domains.all(), key=lambda domain: domain.number)
        ],
        "structure_name": enrollment.structure.name,
        "jury_date": session.held_on,
        "jury_place": session.city,
        "jury_region": session.region,
        "delivered_on": clock.today(),
        "certifier_name": settings.CERTIFIER_NAME,
        "signatories": [
            {"name": president, "quality": "présidence du jury"},
            {"name": rules.signatory_name, "quality": rules.signatory_quality},
        ],
        "layout_version": rules.layout_version,
        "is_demo": settings.DEMO,
    }
    return {
        name: unicodedata.normalize("NFC", fact) if isinstance(fact, str) else fact
        for name, fact in facts.items()
    }


def _president(session: JurySession) -> str:
    seat = Seat.objects.select_related("juror__user").filter(
        session=session, is_president=True, withdrawn_at=None
    )
    president = seat.first()
    if president is None:
        raise DomainError("Ce jury n’a pas de présidence : désignez-la avant de délivrer des certificats.")
    return str(president.juror.user)
