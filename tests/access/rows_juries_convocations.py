"""The convocations: their page, their files, the link that answers them, and moving the session."""

from datetime import timedelta

from core import clock
from juries.documents.convocations import reply_token
from juries.enums import LetterKind, LetterState, SessionState
from juries.models import JurySession, Letter
from juries.services.convocations.recipients import recipients_of
from tests.access.table import Row, pk
from tests.access.world import World


def convened(world: World) -> None:
    """Convened three weeks ahead; the trainee's letter has left, and nobody answered."""
    session, candidate = world.session, world.candidate
    day = clock.today() + timedelta(days=21)
    JurySession.objects.filter(pk=session.pk).update(state=SessionState.CONVENED, held_on=day)
    session.refresh_from_db()
    content = next(person.content for person in recipients_of(session) if person.enrollment_id)
    Letter.objects.create(
        session=session,
        kind=LetterKind.CANDIDATE,
        recipient=world.trainee,
        enrollment=candidate.enrollment,
        content=content,
        state=LetterState.SENT,
        sent_at=clock.now(),
    )


def letter(world: World) -> dict:
    return {"pk": Letter.objects.get(enrollment=world.enrollment).pk}


def link(world: World) -> dict:
    return {"token": reply_token(Letter.objects.get(enrollment=world.enrollment))}


def tomorrow(world: World) -> dict:
    day = clock.today() + timedelta(days=1)
    return {"held_on": day.isoformat(), "venue": "Lycée de la Mer", "postcode": "34200", "city": "Sète"}


ROWS = [
    Row("juries:convocation_list", pk("session"), get="certifier", refused="juror", given=convened),
    Row(
        "juries:session_move",
        pk("session"),
        get="certifier",
        post="certifier",
        refused="juror",
        given=convened,
        data=tomorrow,
    ),
    Row("juries:convocation_resend", letter, post="certifier", refused="team trainee", given=convened),
    Row(
        "juries:convocation_record_reply",
        letter,
        post="certifier",
        refused="team trainee",
        given=convened,
        data={"answer": "yes"},
    ),
    Row("juries:convocation_file", letter, get="certifier team trainee", given=convened),
    Row("juries:convocation_calendar", letter, get="certifier team trainee", given=convened),
    Row(
        "juries:convocation_reply",
        link,
        get="anybody",
        post="anybody",
        given=convened,
        data={"answer": "yes", "reason": ""},
    ),
]
