"""What comes after a release: partial decisions, second attempts, appeals; made by the services themselves."""

from datetime import time, timedelta

from accounts.models import User
from core import clock
from evaluations.enums import DossierState
from evaluations.models import Domain, Dossier
from juries.enums import College, Outcome
from juries.models import Candidate, Decision, Juror, JurySession, Letter, PartialAttestation
from juries.services.results.minutes import close_deliberation
from juries.services.sessions import (
    add_candidate,
    convene,
    open_session,
    plan_session,
    record_presence,
    seat_juror,
)
from juries.tasks import draw_attestation
from tests.factories import FrameworkFactory, JurorFactory, UserFactory
from tests.factories.evaluations import reopened
from tests.juries import builders
from trainees.models import Enrollment


def appraised(**changes) -> JurySession:
    """Three domains, 1 and 2 of the key family, 9 of the trade; everybody has appraised."""
    framework = FrameworkFactory()
    if not framework.domains.filter(number=2).exists():
        with reopened(framework):
            module = framework.domains.get(number=1).module
            Domain.objects.create(framework=framework, module=module, number=2, name="Communication")
    return builders.appraised(**changes)


def domain(number: int) -> int:
    return Domain.objects.get(framework__version="2026-1", number=number).pk


def domains(*numbers: int) -> set[int]:
    return {domain(number) for number in numbers}


def grant(candidate: Candidate, *numbers: int, **changes) -> Decision:
    """A partial decision on these domains."""
    return builders.refuse(candidate, Outcome.PARTIAL, acquired=domains(*numbers), **changes)


def release(session: JurySession) -> JurySession:
    builders.sign_all(close_deliberation(session=session, by=builders.president(session).user))
    return builders.reread(session)


def released_partial(*numbers: int, **changes) -> JurySession:
    session = appraised(**changes)
    grant(session.candidates.get(), *(numbers or (1, 2)))
    return release(session)


def released_refusal(**changes) -> JurySession:
    session = appraised(**changes)
    builders.refuse(session.candidates.get())
    return release(session)


def in_force(session: JurySession) -> Decision:
    return session.candidates.get().decisions.in_force().get()


def attestation_of(session: JurySession) -> PartialAttestation:
    return PartialAttestation.objects.get(decision__candidate__session=session, revoked_at=None)


def draw(attestation: PartialAttestation) -> bytes:
    """Do what the worker does, once more each time."""
    draw_attestation.run.__wrapped__(attestation.pk)
    attestation.refresh_from_db()
    with attestation.file.open("rb") as file:
        return file.read()


def second_dossier(enrollment: Enrollment) -> Dossier:
    Dossier.objects.filter(enrollment=enrollment).update(state=DossierState.ACCEPTED)
    return Dossier.objects.create(
        enrollment=enrollment,
        attempt=Dossier.objects.filter(enrollment=enrollment).count() + 1,
        state=DossierState.ACCEPTED,
        snapshot={},
        snapshot_sha256="1" * 64,
        sealed_by=UserFactory(),
        examined_at=clock.now() - timedelta(days=1),
        examined_by=UserFactory(),
    )


def back_before_a_jury(enrollment: Enrollment, *, appraised: bool = True) -> Candidate:
    """The same person before another jury today, with a new dossier."""
    by = builders.certifier()
    session = plan_session(
        held_on=clock.today(), venue="Lycée de la Mer", postcode="34200", city="Sète", by=by
    )
    seat_juror(session=session, juror=JurorFactory(college=College.EMPLOYER), is_president=True, by=by)
    seat_juror(session=session, juror=JurorFactory(college=College.EMPLOYEE), by=by)
    candidate = add_candidate(
        session=session,
        dossier=second_dossier(enrollment),
        production_at=time(8),
        interview_at=time(13),
        by=by,
    )
    convene(session=session, by=by)
    open_session(session=session, by=by)
    record_presence(
        session=session,
        jurors_present=[seat.juror for seat in builders.seats(session)],
        candidates_absent=[],
        by=by,
    )
    candidate = Candidate.objects.select_related("session__rules", "enrollment__trainee").get(pk=candidate.pk)
    if appraised:
        for seat in builders.seats(session):
            builders.appraise(candidate, seat)
    return candidate


def reviewer() -> Juror:
    return JurorFactory(college=College.EMPLOYEE, region="76")


def trainee_of(session: JurySession) -> User:
    """The candidate's own account, opened now."""
    trainee = session.candidates.get().enrollment.trainee
    trainee.user = UserFactory()
    trainee.save()
    return trainee.user


def letters_to(session: JurySession, kind: str) -> list[Letter]:
    return list(session.letters.filter(kind=kind).order_by("number"))
