"""Juries that have decided, and the releases that enter their certificates in the register."""

import copy
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.db import connection, models, transaction

from accounts.models import User
from evaluations.models import Dossier
from juries.models import Candidate, Decision, JurySession
from juries.services.results.certificates import deliver_certificate
from tests.factories import CandidateFactory, JurySessionFactory, UserFactory
from tests.factories.register import CertifiedDecisionFactory
from trainees.models import Enrollment, Trainee

CANDIDATES = 12
"""In a session."""

RELEASES_AT_ONCE = 2
PAUSE = 2
"""How long a certifier waits before the next release, for each second of the last one.

SQLite has one writer at a time, for as long as a release lasts, and the workers write too.
"""

ROLLED_BACK = 5
"""One release in so many is rolled back once before it succeeds."""


def build(count: int) -> list[JurySession]:
    """Sessions whose candidates are all certified and wait for the release of their results."""
    sessions = []
    while count > 0:
        size = min(count, CANDIDATES)
        sessions.append(_session_of(size))
        count -= size
    return sessions


def _session_of(size: int) -> JurySession:
    session = JurySessionFactory()
    multiply(CertifiedDecisionFactory(candidate=CandidateFactory(session=session)), size)
    return session


def multiply(decision: Decision, size: int) -> None:
    """Copy a candidate, with the decision, so that the session has `size` of them."""
    candidate = decision.candidate
    rows: dict[type[models.Model], list[models.Model]] = {
        model: [] for model in (Trainee, Enrollment, Dossier, Candidate, Decision)
    }
    for rank in range(1, size):
        known = candidate.enrollment.trainee
        trainee = _copy(known, birth_name=f"{known.birth_name}-{rank}")
        enrollment = _copy(candidate.enrollment, trainee=trainee)
        dossier = _copy(candidate.dossier, enrollment=enrollment)
        other = _copy(candidate, enrollment=enrollment, dossier=dossier)
        for row in (trainee, enrollment, dossier, other, _copy(decision, candidate=other)):
            rows[type(row)].append(row)
    for model, copies in rows.items():
        model.objects.bulk_create(copies)


def _copy(row: models.Model, **changes: object) -> models.Model:
    twin = copy.copy(row)
    twin._state = copy.copy(row._state)
    twin._state.adding, twin._state.fields_cache = True, {}
    twin.pk = uuid.uuid4()
    for field, value in changes.items():
        setattr(twin, field, value)
    return twin


def release_all(sessions: list[JurySession], halt: Event | None = None) -> None:
    """Release the sessions, several at once as certifiers would; some releases are undone, and done again.

    None is begun any more once `halt` is set.
    """
    by, halt = UserFactory(is_certifier=True), halt or Event()
    with ThreadPoolExecutor(RELEASES_AT_ONCE) as certifiers:
        done = [certifiers.submit(_release, rank, session, by, halt) for rank, session in enumerate(sessions)]
    for release in done:
        release.result()


def _release(rank: int, session: JurySession, by: User, halt: Event) -> None:
    if halt.is_set():
        return
    started = time.monotonic()
    try:
        if rank % ROLLED_BACK == 0:
            with transaction.atomic():
                _enter(session, by)
                transaction.set_rollback(True)
        with transaction.atomic():
            _enter(session, by)
    finally:
        connection.close()
    halt.wait(PAUSE * (time.monotonic() - started))


def _enter(session: JurySession, by: User) -> None:
    for decision in Decision.objects.in_force().filter(candidate__session=session):
        deliver_certificate(decision=decision, by=by)
