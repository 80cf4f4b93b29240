"""The convocations: their page, their files, the link that answers them, and moving the session."""

from datetime import timedelta

from core import clock
from juries.documents.convocations import answer_token
from juries.enums import LetterKind, LetterState, SessionState
from juries.models import JurySession, Letter
from juries.services.convocations.recipients import people_to_tell
from tests.access.table import Row, pk
from tests.access.world import World


def convened(world: World) -> None:
    """Convened three weeks ahead; the trainee's letter has left, and nobody answered."""
    session, candidate = world.session, world.candidate
    day = clock.today() + timedelta(days=21)
    JurySession.objects.filter(pk=session.pk).update(state=SessionState.CONVENED, held_on=day)
    session.refresh_from_db()
    said = next(person.said for person in people_to_tell(session) if person.enrollment_id)
    Letter.objects.create(
        session=session,
        kind=LetterKind.CANDIDATE,
        recipient=world.trainee,
        enrollment=candidate.enrollment,
        said=said,
        state=LetterState.SENT,
        sent_at=clock.now(),
    )


def letter(world: World) -> dict:
    return {"pk": Letter.objects.get(enrollment=world.enrollment).pk}


def link(world: World) -> dict:
    return {"token": answer_token(Letter.objects.get(enrollment=world.enrollment))}


def tomorrow(world: World) -> dict:
    day = clock.today() + timedelta(days=1)
    return {"held_on": day.isoformat(), "venue": "Lycée de la Mer", "postcode": "34200", "city": "Sète"}


ROWS = [
    Row("juries:letter_list", pk("session"), get="certifier", refused="juror", given=convened),
    Row(
        "juries:session_move",
        pk("session"),
        get="certifier",
        post="certifier",
        refused="juror",
        given=convened,
        data=tomorrow,
    ),
    Row("juries:letter_send_again", letter, post="certifier", refused="team trainee", given=convened),
    Row(
        "juries:letter_note",
        letter,
        post="certifier",
        refused="team trainee",
        given=convened,
        data={"answer": "yes"},
    ),
    Row("juries:letter_file", letter, get="certifier team trainee", given=convened),
    Row("juries:letter_calendar", letter, get="certifier team trainee", given=convened),
    Row(
        "juries:letter_answer",
        link,
        get="anybody",
        post="anybody",
        given=convened,
        data={"answer": "yes", "reason": ""},
    ),
]
