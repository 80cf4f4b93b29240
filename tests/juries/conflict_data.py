"""Generated jurors and candidates, whose conflicts are all known.

Other rows look like conflicts and are none. `expected` holds every conflict, as (juror, enrolment, rule) ids.
Rows are written in bulk; the same seed makes the same rows.
"""

import random
from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.db.models import Model

from accounts.models import User
from core import clock
from evaluations.enums import DossierState
from evaluations.models import Competency, Dossier, Framework
from juries.enums import College, ConflictRule
from juries.models import Juror
from structures.enums import StructureState
from structures.models import ProductionSupport, Structure
from tests.juries.conflict_builders import CONFLICTS, NO_CONFLICTS, STRUCTURE_CONFLICTS
from trainees.enums import EnrollmentState, EnrollmentStep, Sex
from trainees.models import Enrollment, ExitReason, PastPlacement, Trainee

CREW = 5
YEARS = 10
"""How far back a colleague counts in these data."""


class ConflictData:
    """So many jurors, so many candidates whose dossier waits."""

    def __init__(self, *, jurors: int, candidates: int, seed: int = 4) -> None:
        self.chance = random.Random(seed)
        self.today = clock.today()
        self.since = self.today.replace(year=self.today.year - YEARS, day=1)
        self.competency = Competency.objects.select_related("domain__framework").earliest("code")
        framework: Framework = self.competency.domain.framework
        self.version, self.level = framework.version, framework.levels.get(rank=3)
        self.support = ProductionSupport.objects.get_or_create(
            code="espaces-verts",
            defaults={"name": "Espaces verts", "framework_version": self.version},
        )[0]
        self.rows: dict[type[Model], list[Model]] = defaultdict(list)
        self.expected: set[tuple[UUID, UUID, ConflictRule]] = set()
        self.trainees_of: dict[UUID, set[UUID]] = defaultdict(set)
        self.candidates_with_account: list[Trainee] = []
        self.old: dict[UUID, Enrollment] = {}
        self.clerk = self.user("greffe")
        self.structures = [self._structure(n) for n in range(max(candidates // CREW, 2) + 4)]
        self.empty = self.structures[-3:]
        self.enrollments = [self._enrollment(n) for n in range(candidates)]
        self.strangers = [self._enrol(self._trainee(f"AILLEURS{n}"), self.empty[0]) for n in range(10)]
        self.jurors = [self._juror(n) for n in range(jurors)]
        self._add_conflicts()
        self._save()

    def add(self, row: Model) -> Model:
        self.rows[type(row)].append(row)
        return row

    def user(self, name: str) -> User:
        return self.add(
            User(email=f"{name}@monde.example", first_name="Claude", last_name=name.title(), password="!")
        )

    def expect(self, juror: Juror, trainee_id: UUID, rule: ConflictRule) -> None:
        """The candidate of that trainee may not be judged by this juror."""
        enrollment = self.enrollment_of[trainee_id]
        self.expected.add((juror.pk, enrollment.pk, rule))

    def expect_for_structure(self, juror: Juror, structure: Structure, rule: ConflictRule) -> None:
        """Nor may any of those who went through this structure."""
        for trainee_id in self.trainees_of[structure.pk]:
            self.expect(juror, trainee_id, rule)

    def some_enrollment_of(self, enrollment: Enrollment) -> Enrollment:
        """An enrolment of that person: the one before the jury or, at times, an earlier one."""
        return self.old.get(enrollment.trainee_id, enrollment) if self.chance.random() < 0.3 else enrollment

    def _structure(self, n: int) -> Structure:
        days = timedelta(days=900)
        return self.add(
            Structure(
                name=f"Chantier d’Été {n} bis",
                siret=f"{n:014d}",
                postcode="34200" if n % 2 else "59000",
                city="Sète" if n % 2 else "Lille",
                region="76" if n % 2 else "32",
                state=StructureState.ACCREDITED,
                accredited_from=self.today - days,
                accredited_until=self.today + days,
            )
        )

    def _trainee(self, name: str) -> Trainee:
        return self.add(
            Trainee(
                birth_name=name,
                first_names="Samira",
                sex=Sex.FEMALE,
                birth_date=self.today - timedelta(days=9000),
                birth_place="Sète",
            )
        )

    def _enrol(self, trainee: Trainee, structure: Structure, **state) -> Enrollment:
        return self.add(
            Enrollment(
                trainee=trainee,
                structure=structure,
                support=self.support,
                referent=state.pop("referent", self.clerk),
                contract_start=self.today - timedelta(days=200),
                contract_end=self.today + timedelta(days=160),
                weekly_hours=26,
                framework_version=self.version,
                enrolled_on=self.today - timedelta(days=190),
                step=EnrollmentStep.JURY,
                **state,
            )
        )

    def _enrollment(self, n: int) -> Enrollment:
        """One candidate; one in five had an earlier enrolment elsewhere, one in six began this one elsewhere."""
        homes = self.structures[: -len(self.empty)]
        structure, trainee = homes[n % len(homes)], self._trainee(f"CANDIDAT{n}")
        enrollment = self._enrol(trainee, structure)
        self.trainees_of[structure.pk].add(trainee.pk)
        if n % 5 == 0:
            before = homes[(n + 3) % len(homes)]
            reason = ExitReason.objects.get_or_create(pk="emploi", defaults={"name": "Emploi"})[0]
            left = {"state": EnrollmentState.LEFT, "left_on": self.today, "exit_reason": reason}
            self.old[trainee.pk] = self._enrol(trainee, before, **left)
            self.trainees_of[before.pk].add(trainee.pk)
        if n % 6 == 0:
            first = homes[(n + 7) % len(homes)]
            days = {"starts_on": self.today - timedelta(days=190), "ends_on": self.today - timedelta(days=90)}
            self.add(PastPlacement(enrollment=enrollment, structure=first, **days))
            self.trainees_of[first.pk].add(trainee.pk)
        self.add(
            Dossier(
                enrollment=enrollment,
                state=DossierState.ACCEPTED,
                snapshot={"identity": {"full_name": str(trainee)}, "pages": "…" * 2000},
                snapshot_sha256="0" * 64,
                sealed_by=self.clerk,
                examined_at=clock.now() - timedelta(days=n % 60),
                examined_by=self.clerk,
            )
        )
        return enrollment

    def _juror(self, n: int) -> Juror:
        return self.add(
            Juror(
                user=self.user(f"jure{n}"),
                college=College.EMPLOYER if n % 2 else College.EMPLOYEE,
                organisation=f"Maison {n}",
                region="76" if n % 3 else "32",
                of_certifier=n % 11 == 0,
                trained_on=self.today - timedelta(days=n) if n % 4 else None,
            )
        )

    def _add_conflicts(self) -> None:
        """Half of the jurors have one to three conflicts; all have rows that only look like one."""
        self.enrollment_of = {enrollment.trainee_id: enrollment for enrollment in self.enrollments}
        for n, juror in enumerate(self.jurors):
            self.chance.choice(NO_CONFLICTS)(self, juror, self.chance.choice(self.enrollments))
            for _ in range(self.chance.randint(1, 3) if n % 2 else 0):
                if self.chance.random() < 0.75:
                    CONFLICTS[n % len(CONFLICTS)](self, juror, self.chance.choice(self.enrollments))
                else:
                    self.chance.choice(STRUCTURE_CONFLICTS)(self, juror, self.chance.choice(self.structures))
        for add in CONFLICTS:
            add(self, self.chance.choice(self.jurors), self.chance.choice(self.enrollments))

    def _save(self) -> None:
        order = [User, Structure, Trainee, Enrollment, PastPlacement, Dossier, Juror]
        for model in [*order, *(model for model in self.rows if model not in order)]:
            model.objects.bulk_create(self.rows[model], batch_size=500)
