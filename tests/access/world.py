"""One small country in which every URL has something to show; objects are made when they are asked for."""

from datetime import time
from functools import cached_property
from uuid import uuid4

from accounts.models import Invitation, User
from accounts.services.invitations import invite_person
from certificates.models import Archive, Certificate, CertificateLayout
from certificates.services.archives import request_archive
from certificates.services.layouts import start_draft
from certificates.tasks.archives import build_archive
from certificates.tasks.rendering import render_certificate
from core import clock
from evaluations.models import Competency, Dossier, Evaluation, ExperienceSheet, Framework
from juries.enums import SessionState
from juries.models import Candidate, JurySession, Pause, Seat
from structures.enums import Role
from structures.models import Membership, ProductionSupport, Structure
from tests.factories import (
    CandidateFactory,
    CertificationSettingsFactory,
    EnrollmentFactory,
    EvaluationFactory,
    ExperienceSheetFactory,
    FrameworkFactory,
    ImmersionFactory,
    JurorFactory,
    JurySessionFactory,
    MembershipFactory,
    PlanFactory,
    SeatFactory,
    StructureFactory,
    SupportFactory,
    TraineeFactory,
    TrainingSessionFactory,
    UserFactory,
    seal_anyhow,
)
from tests.factories.register import certificate_of
from trainees.models import Enrollment, Immersion, PastPlacement, TrainingPlan, TrainingSession

ROLES = ("certifier", "director", "trainer", "counsellor", "juror", "trainee", "stranger")


class World:
    """Director, trainer and counsellor work in `structure`, where the trainee follows `enrollment`.

    The juror sits in `session`, where the trainee is the `candidate`; the stranger directs another structure.
    """

    def __init__(self) -> None:
        self.framework: Framework = FrameworkFactory()
        self.support: ProductionSupport = SupportFactory()
        self.structure: Structure = StructureFactory(name="Les Jardins du Lez")
        self.certifier: User = UserFactory(is_certifier=True)
        self.director = self._member(Role.DIRECTOR)
        self.trainer = self._member(Role.TRAINER)
        self.counsellor = self._member(Role.COUNSELLOR)
        self.trainee: User = UserFactory()
        self.juror: User = JurorFactory().user
        self.stranger: User = MembershipFactory(role=Role.DIRECTOR).user
        self.enrollment: Enrollment = EnrollmentFactory(
            trainee=TraineeFactory(user=self.trainee),
            structure=self.structure,
            support=self.support,
            referent=self.trainer,
        )

    def _member(self, role: str) -> User:
        return MembershipFactory(structure=self.structure, role=role).user

    def person(self, role: str) -> User:
        return getattr(self, role)

    # accounts and structures

    @cached_property
    def invitation(self) -> Invitation:
        user = invite_person(
            email="invitee@essai.example", first_name="Ines", last_name="Neuve", by=self.certifier
        )
        return user.invitations.get()

    @cached_property
    def interested_structure(self) -> Structure:
        return StructureFactory(name="L’Atelier du Port", interested=True)

    @cached_property
    def membership(self) -> Membership:
        return self.structure.memberships.get(role=Role.TRAINER)

    @cached_property
    def guest(self) -> Membership:
        """A trainer who has not opened their account."""
        return MembershipFactory(structure=self.structure, user=UserFactory(password="!"))

    # trainees

    @cached_property
    def plan(self) -> TrainingPlan:
        return PlanFactory(enrollment=self.enrollment, drawn_by=self.director)

    @cached_property
    def training_session(self) -> TrainingSession:
        return TrainingSessionFactory(structure=self.structure, trainer=self.trainer)

    @cached_property
    def planned_session(self) -> TrainingSession:
        """Planned today, in a series, with the trainee expected; its roll is not called."""
        session = TrainingSessionFactory(
            structure=self.structure,
            trainer=self.trainer,
            held_on=clock.today(),
            state="planned",
            series=uuid4(),
        )
        session.expected.add(self.enrollment)
        return session

    @cached_property
    def immersion(self) -> Immersion:
        return ImmersionFactory(enrollment=self.enrollment)

    @cached_property
    def past_placement(self) -> PastPlacement:
        """A part of the trainee's enrolment that was lived in the stranger's structure."""
        elsewhere = self.stranger.memberships.get().structure
        days = {"starts_on": self.enrollment.enrolled_on, "ends_on": clock.today()}
        return PastPlacement.objects.create(enrollment=self.enrollment, structure=elsewhere, **days)

    # evaluations

    @cached_property
    def competency(self) -> Competency:
        return Competency.objects.filter(domain__framework=self.framework).earliest("code")

    @cached_property
    def evaluation(self) -> Evaluation:
        return EvaluationFactory(
            enrollment=self.enrollment, competency=self.competency, evaluator=self.trainer
        )

    @cached_property
    def sheet(self) -> ExperienceSheet:
        return ExperienceSheetFactory(enrollment=self.enrollment, written_by=self.trainee)

    @cached_property
    def sealed_dossier(self) -> Dossier:
        """Sealed and not yet examined; without a jury."""
        return seal_anyhow(self.enrollment)

    # juries

    @cached_property
    def settings(self):
        return CertificationSettingsFactory()

    @cached_property
    def session(self) -> JurySession:
        """Open today, with the juror as its president."""
        session = JurySessionFactory(planned_by=self.certifier)
        SeatFactory(session=session, juror=self.juror.juror, is_president=True)
        return session

    @cached_property
    def seat(self) -> Seat:
        """The seat of another juror in the session."""
        return SeatFactory(session=self.session)

    @cached_property
    def pause(self) -> Pause:
        return Pause.objects.create(session=self.session, starts_at=time(12), ends_at=time(13))

    @cached_property
    def candidate(self) -> Candidate:
        return CandidateFactory(session=self.session, enrollment=self.enrollment)

    @cached_property
    def dossier(self) -> Dossier:
        """The accepted dossier of the candidate."""
        return self.candidate.dossier

    @cached_property
    def layout(self) -> CertificateLayout:
        """The draft of a layout of certificates."""
        return start_draft(source="2026-1", by=self.certifier)

    @cached_property
    def certificate(self) -> Certificate:
        """Delivered to somebody else of the structure by a jury where the juror presided; not drawn yet."""
        session = JurySessionFactory(
            planned_by=self.certifier,
            state=SessionState.RELEASED,
            deliberated_at=clock.now(),
            released_at=clock.now(),
            released_by=self.certifier,
        )
        SeatFactory(session=session, juror=self.juror.juror, is_president=True)
        enrollment = EnrollmentFactory(structure=self.structure, support=self.support, referent=self.trainer)
        return certificate_of(enrollment, session=session)

    def draw(self, certificate: Certificate) -> None:
        """Give a certificate its file, as a worker would."""
        render_certificate.run.__wrapped__(certificate.pk)
        certificate.refresh_from_db()

    @cached_property
    def archive(self) -> Archive:
        """Asked for by the certifier, about the session of the certificate; not made yet."""
        return request_archive(kind="files", batch_id=self.certificate.batch_id, by=self.certifier)

    def gather(self, archive: Archive) -> None:
        """Give an archive its file, as a worker would."""
        build_archive.run.__wrapped__(archive.pk)
