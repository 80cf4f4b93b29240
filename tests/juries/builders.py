"""Juries at each moment of their life, made by the services themselves."""

from datetime import time, timedelta

from celery import current_app

from accounts.models import User
from core import clock
from core.models import Work
from evaluations.enums import DossierState, TestKind
from evaluations.models import Domain, Dossier
from juries.enums import College, Outcome
from juries.models import (
    Candidate,
    CertificationSettings,
    DeclaredLink,
    Juror,
    JurySession,
    Letter,
    Minutes,
    Seat,
)
from juries.services.jury_day.appraisals import grid_of, save_appraisal, submit_appraisal
from juries.services.results.decisions import decide
from juries.services.results.minutes import close_deliberation, sign_minutes
from juries.services.sessions import (
    add_candidate,
    convene,
    open_session,
    plan_session,
    record_presence,
    seat_juror,
)
from juries.tasks import draw_minutes
from structures.enums import Role
from tests.factories import (
    CertificationSettingsFactory,
    EnrollmentFactory,
    FrameworkFactory,
    JurorFactory,
    MembershipFactory,
    UserFactory,
    seal_anyhow,
)
from trainees.models import Enrollment, ExitReason

HOURS = [(8, 13), (9, 14), (10, 15), (11, 16)]


def certifier():
    return UserFactory(is_certifier=True)


def rules(**changes) -> CertificationSettings:
    """The first version of the rules; changes make another version where there is one."""
    version = CertificationSettings.objects.count() + 1 if changes else 1
    return CertificationSettingsFactory(version=version, **changes)


def accepted_dossier(**fields) -> Dossier:
    """The accepted dossier of an enrolment that waits for a jury."""
    FrameworkFactory()
    enrollment = fields.pop("enrollment", None) or EnrollmentFactory(**fields)
    return seal_anyhow(
        enrollment,
        state=DossierState.ACCEPTED,
        examined_at=clock.now() - timedelta(days=20),
        examined_by=UserFactory(),
    )


def planned(*, days: int = 30, candidates: int = 1, jurors: int = 2, **changes) -> JurySession:
    """A session composed by the rules: a president of the employers, jurors of the employees, candidates."""
    rules(**changes)
    by = certifier()
    session = plan_session(
        held_on=clock.today() + timedelta(days=days),
        venue="Maison des associations",
        postcode="34200",
        city="Sète",
        by=by,
    )
    seat_juror(session=session, juror=JurorFactory(college=College.EMPLOYER), is_president=True, by=by)
    for _ in range(jurors - 1):
        seat_juror(session=session, juror=JurorFactory(college=College.EMPLOYEE), by=by)
    for morning, afternoon in HOURS[:candidates]:
        add_candidate(
            session=session,
            dossier=accepted_dossier(),
            production_at=time(morning),
            interview_at=time(afternoon),
            by=by,
        )
    return session


def convened(**changes) -> JurySession:
    session = planned(**changes)
    convene(session=session, by=session.planned_by)
    return reread(session)


def opened(*, candidates: int = 1, present: bool = True, **changes) -> JurySession:
    session = convened(days=0, candidates=candidates, **changes)
    open_session(session=session, by=session.planned_by)
    if present:
        record_presence(
            session=session,
            jurors_present=[seat.juror for seat in seats(session)],
            candidates_absent=[],
            by=session.planned_by,
        )
    return reread(session)


def appraised(*, candidates: int = 1, **changes) -> JurySession:
    session = opened(candidates=candidates, **changes)
    for candidate in session.candidates.all():
        for seat in seats(session):
            appraise(candidate, seat)
    return session


def decided(*, candidates: int = 1, **changes) -> JurySession:
    session = appraised(candidates=candidates, **changes)
    for candidate in session.candidates.all():
        certify(candidate)
    return session


def closed(**changes) -> Minutes:
    session = decided(**changes)
    return close_deliberation(session=session, by=president(session).user)


def released(**changes) -> JurySession:
    minutes = closed(**changes)
    sign_all(minutes)
    return reread(minutes.session)


def appraise(candidate: Candidate, seat: Seat, *, validated: bool = True, rank: int = 3) -> None:
    for test in TestKind.values:
        criteria = grid_of(candidate, test)
        appraisal = save_appraisal(
            candidate=candidate,
            juror=seat.juror,
            test=test,
            marks={criterion.pk: rank for criterion in criteria},
            validated=validated,
            comment="",
            by=seat.juror.user,
        )
        submit_appraisal(appraisal=appraisal, by=seat.juror.user)


def certify(candidate: Candidate, **changes):
    draft = {
        "outcome": Outcome.CERTIFIED,
        "production_validated": True,
        "interview_validated": True,
        "acquired": all_domains(),
        "reason": "",
        "recommendation": "",
        "casting_vote": False,
        "by": president(candidate.session).user,
    }
    return decide(candidate=candidate, **draft | changes)


def refuse(candidate: Candidate, outcome: str = Outcome.NOT_CERTIFIED, **changes):
    draft = {
        "outcome": outcome,
        "production_validated": False,
        "interview_validated": False,
        "acquired": set(),
        "reason": "Les gestes du métier demandent encore de l’aide.",
        "recommendation": "Deux mois de plus en production.",
    }
    return certify(candidate, **draft | changes)


def sign_all(minutes: Minutes) -> None:
    for seat in sorted(seats(minutes.session), key=lambda seat: seat.is_president):
        if seat.is_present:
            sign_minutes(minutes=minutes, juror=seat.juror, by=seat.juror.user)


def draw_minutes_of(minutes: Minutes) -> None:
    """Do what the worker does with the minutes, once more each time."""
    draw_minutes.run.__wrapped__(minutes.session_id)


def link(juror: Juror, session: JurySession) -> None:
    """A link declared with the structure of the first candidate."""
    structure = session.candidates.first().enrollment.structure
    DeclaredLink.objects.create(juror=juror, structure=structure, nature="Ancienne collègue")


def director_of(enrollment: Enrollment) -> User:
    return MembershipFactory(structure=enrollment.structure, role=Role.DIRECTOR).user


def sealed_with(enrollment: Enrollment, snapshot: dict) -> Dossier:
    """Another attempt, sealed with this very content."""
    return Dossier.objects.create(
        enrollment=enrollment, attempt=2, snapshot=snapshot, snapshot_sha256="0" * 64, sealed_by=UserFactory()
    )


def exit_reason() -> ExitReason:
    return ExitReason.objects.get_or_create(pk="emploi", defaults={"name": "Emploi"})[0]


def send(letter: Letter) -> None:
    """Do what the worker does with one letter."""
    work = Work.objects.get(subject_id=letter.pk)
    current_app.tasks[work.task].apply(args=[str(work.pk)], throw=True)


def all_domains() -> set[int]:
    return set(Domain.objects.filter(framework__version="2026-1").values_list("pk", flat=True))


def seats(session: JurySession) -> list[Seat]:
    return list(session.seats.active().with_people())


def president(session: JurySession):
    return session.seats.active().with_people().get(is_president=True).juror


def other_juror(session: JurySession):
    return session.seats.active().with_people().filter(is_president=False).first().juror


def reread(session: JurySession) -> JurySession:
    return JurySession.objects.select_related("rules", "planned_by").get(pk=session.pk)
