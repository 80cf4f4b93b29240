"""Certified decisions and the certificates that follow from them."""

from datetime import date

import factory

from certificates.models import Certificate
from core import clock
from juries.enums import Outcome
from juries.models import Candidate, Decision, JurySession
from juries.services.results.certificates import deliver_certificate
from tests.factories.accounts import UserFactory
from tests.factories.juries import CandidateFactory, JurorFactory, JurySessionFactory, SeatFactory


class CertifiedDecisionFactory(factory.django.DjangoModelFactory):
    """A candidate whom the jury certified; the session has its president."""

    class Meta:
        model = Decision
        skip_postgeneration_save = True

    candidate = factory.SubFactory(CandidateFactory)
    outcome = Outcome.CERTIFIED
    production_validated = True
    interview_validated = True
    decided_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def president(decision, create, extracted, **kwargs):
        preside(decision.candidate.session)


def preside(session: JurySession) -> None:
    """Seat a president in a session that has none."""
    if not session.seats.filter(is_president=True).exists():
        user = UserFactory(first_name="Nadia", last_name="Le Goff")
        SeatFactory(session=session, juror=JurorFactory(user=user), is_president=True)


def certificate_of(enrollment=None, *, session: JurySession | None = None, **identity) -> Certificate:
    """A line of the register that went through its service, its file not drawn yet."""
    if identity:
        identity = {f"enrollment__trainee__{name}": value for name, value in identity.items()}
    where = {"session": session or JurySessionFactory()}
    if enrollment is not None:
        where["enrollment"] = enrollment
    candidate: Candidate = CandidateFactory(**where, **identity)
    decision = CertifiedDecisionFactory(candidate=candidate)
    return deliver_certificate(decision=decision, by=decision.decided_by)


def bare_certificate(**fields) -> Certificate:
    """A line that no database knows, to draw."""
    day = date(2026, 11, 23)
    facts = {
        "year": 2026,
        "sequence": 1,
        "number": "CQP-2026-000001",
        "code": "8K3MZ0QWT7VX2PAB",
        "first_names": "Samira",
        "birth_name": "BENALI",
        "sex": "F",
        "birth_date": date(1990, 5, 17),
        "birth_place": "Sète",
        "birth_country": "France",
        "title": "Certificat de qualification professionnelle « Salarié polyvalent »",
        "framework_version": "2026-1",
        "support_name": "Espaces verts",
        "rome_codes": "A1203",
        "domains": ["Comprendre et communiquer à l’oral", "Santé et sécurité au travail"],
        "structure_name": "Les Jardins du Lez",
        "jury_date": day,
        "jury_place": "Sète",
        "delivered_on": day,
        "certifier_name": "CHANTIER école",
        "signatories": [
            {"name": "Nadia Le Goff", "quality": "présidence du jury"},
            {"name": "Dominique Signataire", "quality": "Déléguée nationale"},
        ],
        "layout_version": "2026-1",
        "created_at": clock.now(),
    }
    return Certificate(**facts | fields)
