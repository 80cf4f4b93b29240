"""One session, its jurors and its candidates, and the tablets that came in by their QR codes."""

import secrets
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.test import Client
from django.urls import reverse

from accounts.models import User
from benchmarks.offline_phones.builders import build
from core import clock
from evaluations.enums import DossierState
from evaluations.models import Dossier, GridCriterion
from juries.enums import College, SessionState
from juries.models import Candidate, CertificationSettings, Juror, JurySession, Seat
from juries.services.jury_day.access import make_links
from trainees.enums import Sex
from trainees.models import Enrollment, Trainee


@dataclass(frozen=True)
class Tablet:
    """A juror who came in, with what their browser sends."""

    owner: str
    juror: str
    cookies: str
    token: str


def build_day(jurors: int, candidates: int) -> JurySession:
    """An open session under the example framework."""
    trainer = build(1)[0]
    enrollment = Enrollment.objects.filter(referent=trainer).first()
    certifier = User.objects.get(is_certifier=True)
    rules = CertificationSettings.objects.create(
        version=1, source="Banc", signatory_name="Dominique Banc", signatory_quality="Délégation"
    )
    session = JurySession.objects.create(
        held_on=clock.today(),
        venue="Maison des associations",
        postcode="34200",
        city="Sète",
        region="76",
        state=SessionState.OPEN,
        rules=rules,
        planned_by=certifier,
    )
    for n in range(jurors):
        user = User.objects.create(email=f"jure{n}@banc.example", first_name="Claude", last_name=f"Juré{n}")
        college = College.EMPLOYER if n % 2 else College.EMPLOYEE
        juror = Juror.objects.create(user=user, college=college, organisation="Ailleurs", region="76")
        Seat.objects.create(session=session, juror=juror, is_president=n == 0, is_present=True)
    for n in range(candidates):
        _candidate(n, session, enrollment, certifier)
    return session


def _candidate(n: int, session: JurySession, like: Enrollment, certifier: User) -> None:
    trainee = Trainee.objects.create(
        birth_name=f"Candidat{n}",
        first_names="Samira",
        sex=Sex.FEMALE,
        birth_date=date(1990, 5, 17),
        birth_place="Sète",
    )
    enrollment = Enrollment.objects.create(
        trainee=trainee,
        structure=like.structure,
        support=like.support,
        referent=like.referent,
        contract_start=like.contract_start,
        contract_end=like.contract_end,
        weekly_hours=26,
        framework_version=like.framework_version,
        enrolled_on=like.enrolled_on,
    )
    dossier = Dossier.objects.create(
        enrollment=enrollment,
        attempt=1,
        snapshot={"identity": {"full_name": str(trainee)}},
        snapshot_sha256=f"{n:064d}",
        sealed_by=certifier,
        state=DossierState.ACCEPTED,
        examined_at=clock.now() - timedelta(days=20),
        examined_by=certifier,
    )
    at = {"production_at": time(8 + n % 4), "interview_at": time(13 + n % 4)}
    Candidate.objects.create(session=session, dossier=dossier, enrollment=enrollment, **at)


def criteria_of(test: str) -> list[str]:
    return [str(pk) for pk in GridCriterion.objects.filter(test=test).values_list("pk", flat=True)]


def log_in_jurors(session: JurySession) -> list[Tablet]:
    """Every juror enters by their own link, as on the day."""
    seats = list(session.seats.select_related("juror__user"))
    links = make_links(session=session, seats=seats, by=session.planned_by)
    return [_enter(link.access.juror, link.secret) for link in links]


def _enter(juror: Juror, secret: str) -> Tablet:
    client = Client(SERVER_NAME="127.0.0.1")
    answer = client.post(reverse("juries:day_link", args=[secret]))
    assert answer.status_code == 302, answer.status_code
    token = secrets.token_hex(16)
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    return Tablet(str(juror.user_id), str(juror.pk), cookies, token)
