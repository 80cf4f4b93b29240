"""The juries of the demonstration: three were held, one is open today."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial

from accounts.models import User
from core import clock
from core.models import Work
from cqp.demo.promotions import HOUR, Promotion
from cqp.demo.schedule import Schedule, working_day
from evaluations.enums import Piece, SignatureRole, TestKind
from evaluations.models import Domain, Dossier, GridCriterion
from evaluations.services.dossiers import accept_dossier, return_dossier, seal_dossier, sign_dossier
from juries.enums import LetterState, Outcome
from juries.models import Candidate, Juror, JurySession, Letter
from juries.services.jury_day.appraisals import save_appraisal, submit_appraisal
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
from juries.services.sessions.timetable import add_pause, propose_timetable
from trainees.enums import ImmersionPurpose
from trainees.models import Enrollment
from trainees.services.immersions import confirm_immersion, plan_immersion

LUNCH = {"starts_at": time(12, 30), "ends_at": time(13, 15)}
PARTIAL_DOMAINS = (1, 2, 4, 7)
HOSTS = (
    "Paysages du Littoral",
    "Le Comptoir des Halles",
    "Bâti Rénov’",
    "La Serre aux Fleurs",
    "Propreté Plus",
)


@dataclass
class Panel:
    """A jury session: who presides and sits, on which day, for which promotion, and who is not certified."""

    promotion: Promotion
    held_on: date
    venue: str
    president: Juror
    jurors: list[Juror]
    refused: dict[int, Outcome] = field(default_factory=dict)
    stays_open: bool = False
    session: JurySession = field(init=False)
    dossiers: list[Dossier] = field(default_factory=list)

    @property
    def everyone(self) -> list[Juror]:
        return [self.president, *self.jurors]

    @property
    def candidates(self) -> list[Enrollment]:
        return self.promotion.enrollments[: self.promotion.candidates]

    @property
    def waiting(self) -> list[Enrollment]:
        """Those of the same crew whose dossier is sealed later: two to examine, one sent back, one accepted."""
        return self.promotion.enrollments[self.promotion.candidates :][:4] if self.stays_open else []


class Juries:
    def __init__(self, *, today: date, certifier: User) -> None:
        self.today, self.certifier = today, certifier
        self.criteria: dict[str, list[GridCriterion]] = {}

    def plan(self, schedule: Schedule, panel: Panel) -> None:
        day = panel.held_on
        schedule.at(working_day(day - timedelta(days=50)), 9, lambda: self._immersions(panel))
        schedule.at(day - timedelta(days=33), 17, lambda: self._confirm(panel))
        for enrollment in panel.candidates:
            schedule.at(day - timedelta(days=28), 10, partial(self._seal, panel, enrollment))
        schedule.at(day - timedelta(days=26), 10, lambda: self._accept(panel))
        schedule.at(day - timedelta(days=24), 10, lambda: self._compose(panel))
        schedule.at(day, 8, lambda: self._open(panel))
        if panel.stays_open:
            schedule.at(day - timedelta(days=4), 11, lambda: self._wait(panel))
        else:
            for n in range(len(panel.candidates)):
                schedule.at(day, 15, partial(self._appraise, panel, n))
            schedule.at(day, 17, lambda: self._decide(panel))

    def _immersions(self, panel: Panel) -> None:
        starts_on = working_day(panel.held_on - timedelta(days=49))
        for n, enrollment in enumerate([*panel.candidates, *panel.waiting]):
            plan_immersion(
                enrollment=enrollment,
                host_name=HOSTS[n % len(HOSTS)],
                host_siret="",
                tutor_name="Camille Tutrice",
                purpose=ImmersionPurpose.CONFIRM,
                objectives="Travailler dans une équipe d’entreprise et tenir un poste une semaine.",
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=11),
                planned_minutes=35 * HOUR,
                by=panel.promotion.team.director,
            )

    def _confirm(self, panel: Panel) -> None:
        for enrollment in [*panel.candidates, *panel.waiting]:
            confirm_immersion(
                immersion=enrollment.immersions.get(),
                done_minutes=35 * HOUR,
                by=panel.promotion.team.director,
            )

    def _seal(self, panel: Panel, enrollment: Enrollment) -> None:
        panel.dossiers += self._seal_enrollments(panel, [enrollment])

    def _seal_enrollments(self, panel: Panel, enrollments: list[Enrollment]) -> list[Dossier]:
        team, sealed = panel.promotion.team, []
        for enrollment in enrollments:
            trainee = str(enrollment.trainee)
            trainer = panel.promotion.trainer
            sign_dossier(
                enrollment=enrollment,
                role=SignatureRole.TRAINEE,
                signatory=trainee,
                in_presence=True,
                by=trainer,
            )
            sign_dossier(
                enrollment=enrollment, role=SignatureRole.TRAINER, signatory=str(trainer), by=trainer
            )
            sign_dossier(
                enrollment=enrollment,
                role=SignatureRole.DIRECTOR,
                signatory=str(team.director),
                by=team.director,
            )
            sealed.append(seal_dossier(enrollment=enrollment, by=team.director))
        return sealed

    def _wait(self, panel: Panel) -> None:
        """The dossiers that the certifier has to examine."""
        _, _, returned, accepted = self._seal_enrollments(panel, panel.waiting)
        return_dossier(
            dossier=returned,
            reasons={
                Piece.SHEETS: "La deuxième fiche ne dit pas ce que la personne a appris : complétez-la."
            },
            by=self.certifier,
        )
        accept_dossier(dossier=accepted, by=self.certifier)

    def _accept(self, panel: Panel) -> None:
        for dossier in panel.dossiers:
            accept_dossier(dossier=dossier, by=self.certifier)
            dossier.refresh_from_db()

    def _compose(self, panel: Panel) -> None:
        fixture = panel.promotion.team.fixture
        panel.session = plan_session(
            held_on=panel.held_on,
            venue=panel.venue,
            address="",
            postcode=fixture.postcode,
            city=fixture.city,
            by=self.certifier,
        )
        for juror in panel.everyone:
            seat_juror(
                session=panel.session, juror=juror, is_president=juror == panel.president, by=self.certifier
            )
        for dossier in panel.dossiers:
            add_candidate(session=panel.session, dossier=dossier, by=self.certifier)
        add_pause(session=panel.session, label="Repas", by=self.certifier, **LUNCH)
        propose_timetable(session=panel.session, starts_at=time(8), by=self.certifier)
        convene(session=panel.session, by=self.certifier)
        self._answer_convocations(panel.session)

    def _answer_convocations(self, session: JurySession) -> None:
        """Mark the convocations sent and confirmed, without sending any: the addresses are invented."""
        letters, now = Letter.objects.filter(session=session), clock.now()
        Work.objects.filter(subject_id__in=letters.values("pk")).delete()
        letters.update(
            state=LetterState.CONFIRMED,
            sending_started_at=now,
            sent_at=now,
            replied_at=now + timedelta(days=2),
        )

    def _open(self, panel: Panel) -> None:
        open_session(session=panel.session, by=panel.president.user)
        record_presence(
            session=panel.session,
            jurors_present=panel.everyone,
            candidates_absent=[],
            by=panel.president.user,
        )

    def _appraise(self, panel: Panel, n: int) -> None:
        """Every juror marks one candidate, the nth of the day, on both tests."""
        severe = panel.jurors[-1:]  # one juror marks a little lower, so that their marks differ
        candidate = self._candidates(panel)[n]
        for juror in panel.everyone:
            for test in TestKind.values:
                appraisal = save_appraisal(
                    candidate=candidate,
                    juror=juror,
                    test=test,
                    marks={
                        criterion.pk: self._mark(panel, n, test, criterion)
                        - (juror in severe and not rank % 7)
                        for rank, criterion in enumerate(self._grid(test))
                    },
                    validated=self._convinces(panel, n, test),
                    comment="",
                    by=juror.user,
                )
                submit_appraisal(appraisal=appraisal, by=juror.user)

    def _convinces(self, panel: Panel, n: int, test: str) -> bool:
        """A partial decision validates the interview alone."""
        outcome = panel.refused.get(n)
        return outcome is None or (outcome == Outcome.PARTIAL and test == TestKind.INTERVIEW)

    def _mark(self, panel: Panel, n: int, test: str, criterion: GridCriterion) -> int:
        """Three where the jury is satisfied: everywhere, or in the domains that a partial decision gives."""
        if self._convinces(panel, n, test):
            return 3
        partial = panel.refused.get(n) == Outcome.PARTIAL
        return 3 if partial and criterion.domain.number in PARTIAL_DOMAINS else 2

    def _decide(self, panel: Panel) -> None:
        domains = {domain.number: domain.pk for domain in Domain.objects.filter(framework__state="published")}
        for n, candidate in enumerate(self._candidates(panel)):
            outcome = panel.refused.get(n, Outcome.CERTIFIED)
            certified = outcome == Outcome.CERTIFIED
            acquired = set(domains.values())
            if outcome == Outcome.PARTIAL:
                acquired = {domains[number] for number in PARTIAL_DOMAINS}
            elif not certified:
                acquired = set()
            decide(
                candidate=candidate,
                outcome=outcome,
                production_validated=certified,
                interview_validated=certified or outcome == Outcome.PARTIAL,
                acquired=acquired,
                reason="" if certified else "Les gestes du métier ne sont pas encore assurés sans aide.",
                recommendation=""
                if certified
                else "Poursuivre deux mois en production, puis se représenter.",
                casting_vote=False,
                by=panel.president.user,
            )
        minutes = close_deliberation(session=panel.session, by=panel.president.user)
        for juror in [*panel.jurors, panel.president]:
            sign_minutes(minutes=minutes, juror=juror, by=juror.user)

    def _candidates(self, panel: Panel) -> list[Candidate]:
        return list(panel.session.candidates.order_by("production_at"))

    def _grid(self, test: str) -> list[GridCriterion]:
        if test not in self.criteria:
            self.criteria[test] = list(
                GridCriterion.objects.filter(test=test, framework__state="published").select_related("domain")
            )
        return self.criteria[test]
