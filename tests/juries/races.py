"""Juries on which several tabs act at once: their rows, made in a few statements, and the acts of a tab."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count

from accounts.models import User
from certificates.models import Certificate
from certificates.services.register.lines import replace_certificate, revoke_certificate
from core import clock
from core.errors import DomainError
from evaluations.enums import DossierState, TestKind
from evaluations.models import Domain, Dossier
from juries.enums import College, Outcome, ReleaseMode, SessionState
from juries.models import (
    Appraisal,
    Candidate,
    CertificationSettings,
    Decision,
    Juror,
    JurySession,
    Minutes,
    Seat,
)
from juries.services.results.decisions import decide
from juries.services.results.minutes import close_deliberation, sign_minutes
from juries.services.results.release import release_results
from juries.services.results.reversal import reverse_decision
from juries.services.sessions import cancel_session, name_president, record_presence
from tests.factories import (
    CertificationSettingsFactory,
    EnrollmentFactory,
    FrameworkFactory,
    JurorFactory,
    UserFactory,
)
from tests.juries import appeal_builders
from trainees.enums import Sex
from trainees.models import Enrollment, Trainee
from trainees.services.enrollments import pause

WORDS = {
    "reason": "Les gestes demandent encore de l’aide.",
    "recommendation": "Deux mois de plus en production.",
}
NAMES = count()
REVERSED = "Recours accepté"


class NotThere(DomainError):
    """What a page answers when the row it was asked for does not exist yet."""


@dataclass(frozen=True)
class SharedRows:
    """What all the races share."""

    certifier: User
    president: Juror
    deputy: Juror
    third: Juror
    like: Enrollment
    at_once: CertificationSettings
    by_hand: CertificationSettings
    domains: tuple[int, ...]

    @classmethod
    def build(cls) -> "SharedRows":
        FrameworkFactory()
        return cls(
            certifier=UserFactory(is_certifier=True),
            president=JurorFactory(college=College.EMPLOYER),
            deputy=JurorFactory(college=College.EMPLOYER),
            third=JurorFactory(college=College.EMPLOYEE),
            like=EnrollmentFactory(),
            at_once=CertificationSettingsFactory(version=1),
            by_hand=CertificationSettingsFactory(version=2, release_mode=ReleaseMode.BY_CERTIFIER),
            domains=tuple(Domain.objects.filter(framework__version="2026-1").values_list("pk", flat=True)),
        )

    @property
    def jurors(self) -> tuple[Juror, ...]:
        return self.president, self.deputy, self.third


@dataclass(frozen=True)
class Jury:
    """One session of a race, as the tabs saw it when they were opened."""

    shared: SharedRows
    session: JurySession
    candidates: tuple[Candidate, ...]

    def draft(self, outcome: str) -> dict:
        if outcome == Outcome.CERTIFIED:
            both = {"production_validated": True, "interview_validated": True}
            return both | {"outcome": outcome, "acquired": self.shared.domains}
        partial = outcome == Outcome.PARTIAL
        return WORDS | {"outcome": outcome, "acquired": self.shared.domains[:1] if partial else ()}

    def decide(self, juror: Juror, candidate: Candidate, outcome: str) -> Decision:
        return decide(candidate=candidate, **self.draft(outcome), by=juror.user)

    def close(self, juror: Juror) -> Minutes:
        return close_deliberation(session=self.session, by=juror.user)

    def sign(self, juror: Juror):
        minutes = _there(Minutes.objects.filter(session=self.session))
        return sign_minutes(minutes=minutes, juror=juror, by=juror.user)

    def release(self) -> list[Certificate]:
        return release_results(session=self.session, by=self.shared.certifier)

    def cancel(self) -> JurySession:
        return cancel_session(session=self.session, reason="Grève des trains", by=self.shared.certifier)

    def call(self) -> JurySession:
        everybody = {"jurors_present": self.shared.jurors, "candidates_absent": []}
        return record_presence(session=self.session, **everybody, by=self.shared.certifier)

    def name_president(self, juror: Juror) -> Seat:
        return name_president(seat=self.session.seats.get(juror=juror), by=self.shared.certifier)

    def reverse(self, candidate: Candidate, outcome: str) -> Decision:
        before = _there(candidate.decisions.in_force())
        return reverse_decision(
            appeal=appeal_builders.accepted(before),
            **self.draft(outcome),
            closed_reason=REVERSED,
            by=self.shared.certifier,
        )

    def revoke(self, candidate: Candidate) -> Certificate:
        facts = {"reason": "Fraude", "by": self.shared.certifier}
        return revoke_certificate(certificate=self._certificate(candidate), **facts)

    def replace(self, candidate: Candidate, name: str) -> Certificate:
        facts = {"changes": {"usage_name": name}, "reason": "Nom d’usage", "by": self.shared.certifier}
        return replace_certificate(certificate=self._certificate(candidate), **facts)

    def stop_enrollment(self, candidate: Candidate) -> None:
        pause(enrollment=candidate.enrollment, reason="Arrêt de travail", by=self.shared.certifier)

    def _certificate(self, candidate: Candidate) -> Certificate:
        return _there(Certificate.objects.valid().filter(enrollment=candidate.enrollment_id))


def _there(rows):
    row = rows.first()
    if row is None:
        raise NotThere("Cette page n’existe pas encore.")
    return row


def open_jury(shared: SharedRows, rules: CertificationSettings, size: int) -> Jury:
    """An open session, three jurors present, every appraisal handed in; in a dozen statements."""
    session = JurySession.objects.create(
        held_on=clock.today(),
        venue="Maison des associations",
        postcode="34200",
        city="Sète",
        region="76",
        state=SessionState.OPEN,
        opened_at=clock.now(),
        rules=rules,
        planned_by=shared.certifier,
    )
    Seat.objects.bulk_create(
        Seat(session=session, juror=juror, is_president=juror == shared.president, is_present=True)
        for juror in shared.jurors
    )
    enrollments = _enrollments(shared, size)
    dossiers = Dossier.objects.bulk_create(
        _dossier(enrollment, shared.certifier) for enrollment in enrollments
    )
    candidates = Candidate.objects.bulk_create(
        Candidate(
            session=session,
            dossier=dossier,
            enrollment=dossier.enrollment,
            production_at=time(9 + place),
            interview_at=time(14 + place),
        )
        for place, dossier in enumerate(dossiers)
    )
    Appraisal.objects.bulk_create(
        Appraisal(
            candidate=candidate,
            juror=juror,
            test=test,
            validated=True,
            revision=1,
            saved_at=clock.now(),
            submitted_at=clock.now(),
        )
        for candidate in candidates
        for juror in shared.jurors
        for test in TestKind.values
    )
    return Jury(shared, session, tuple(candidates))


def _enrollments(shared: SharedRows, size: int) -> list[Enrollment]:
    like = shared.like
    trainees = Trainee.objects.bulk_create(
        Trainee(
            birth_name=f"CANDIDAT{next(NAMES)}",
            first_names="Samira",
            sex=Sex.FEMALE,
            birth_date=date(1990, 5, 17),
            birth_place="Sète",
        )
        for _ in range(size)
    )
    copied = ("structure", "support", "referent", "contract_start", "contract_end", "weekly_hours")
    facts = {name: getattr(like, name) for name in (*copied, "framework_version", "enrolled_on")}
    return Enrollment.objects.bulk_create(Enrollment(trainee=trainee, **facts) for trainee in trainees)


def _dossier(enrollment: Enrollment, by: User) -> Dossier:
    return Dossier(
        enrollment=enrollment,
        snapshot={},
        snapshot_sha256="0" * 64,
        sealed_by=by,
        state=DossierState.ACCEPTED,
        examined_at=clock.now() - timedelta(days=20),
        examined_by=by,
    )
