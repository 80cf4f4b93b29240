"""Letters with a deadline: the convocations before the notice of the rules, the reminders before the day."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core import clock
from core.formats import NBSP, ago, counted, longdate
from core.services.work import schedule
from juries.enums import LetterKind, LetterState, SessionState
from juries.models import JurySession, Letter
from juries.services.convocations import sync_convocations
from juries.tasks import send_letter

NOTICE_PERIOD = timedelta(days=7)
"""How long before its last day the pages warn of a convocation that has not left."""

JUST_SENT = timedelta(days=2)
SENT_TODAY = timedelta(hours=12)
"""No reminder to who received a letter since: some days before, and on the eve."""

MORNING = 8
"""The hour of France from which reminders leave."""


def last_day_to_convene(session: JurySession) -> date:
    """The last day that leaves more days than the notice of the rules (article D3142-32: 15)."""
    return session.held_on - timedelta(days=session.rules.notice_days + 1)


def notice_warning(session: JurySession, today: date) -> str:
    """The warning about a convocation sent today, or nothing when it leaves enough days ahead.

    An employee tells their employer 15 days before, convocation in hand (article D3142-32).
    """
    if today <= last_day_to_convene(session):
        return ""
    days = (session.held_on - today).days
    return (
        f"La convocation part {counted(max(days, 0), 'jour')} avant le jury{NBSP}: il en faut plus de "
        f"{session.rules.notice_days} pour qu’un juré salarié prévienne son employeur. "
        "Assurez-vous de chaque présence par téléphone."
    )


def convening_notice(session: JurySession) -> str:
    """For a session not convened yet: by when it must be, once that day comes near; else nothing."""
    today, last = clock.today(), last_day_to_convene(session)
    if session.state != SessionState.PLANNED or today > session.held_on or last - today > NOTICE_PERIOD:
        return ""
    if today > last:
        return (
            f"Le délai de convocation est passé depuis le {longdate(last)}{NBSP}: il faut plus de "
            f"{session.rules.notice_days} jours. Convoquez vite et appelez chaque juré, ou changez la date."
        )
    return (
        f"Convoquez au plus tard le {longdate(last)} ({ago(last)}){NBSP}: un juré salarié prévient son "
        f"employeur {session.rules.notice_days} jours avant."
    )


def sessions_to_convene() -> list[tuple[JurySession, str]]:
    """The planned sessions whose notice runs out soon or already did, each with the sentence of `convening_notice`."""
    rows = JurySession.objects.filter(state=SessionState.PLANNED, held_on__gte=clock.today())
    sessions = rows.select_related("rules").order_by("held_on")
    return [(session, notice) for session in sessions if (notice := convening_notice(session))]


def sessions_with_unsent_letters() -> list[tuple[JurySession, int]]:
    """The convened sessions of which some letter did not leave, each with how many."""
    failed = Letter.objects.filter(
        state=LetterState.FAILED, replaced_at=None, session__state=SessionState.CONVENED
    )
    counts = Counter(failed.values_list("session", flat=True))
    sessions = JurySession.objects.filter(pk__in=counts).order_by("held_on")
    return [(session, counts[session.pk]) for session in sessions]


def write_due_letters() -> int:
    """Bring every convened session to come up to date, and write the reminders due today; how many letters.

    May run as often as one likes: each letter and each reminder is one row, and it exists already.
    """
    ids = JurySession.objects.filter(state=SessionState.CONVENED, held_on__gte=clock.today())
    return sum(_update_session(pk) for pk in ids.values_list("pk", flat=True))


@transaction.atomic
def _update_session(pk) -> int:
    session = (
        JurySession.objects.select_for_update(of=("self",), no_key=True)
        .select_related("rules", "planned_by")
        .get(pk=pk)
    )
    return sync_convocations(session) + write_reminders(session)


def write_reminders(session: JurySession) -> int:
    """Write a reminder to who has not answered, some days before (the rules say how many), and a short one
    to everybody expected on the eve. Once each for a convocation. The session is locked by the caller.
    """
    days = (session.held_on - clock.today()).days
    if session.state != SessionState.CONVENED or days < 1 or _too_early():
        return 0
    rows = session.letters.in_force()
    if days == 1:
        expected = rows.filter(state__in=[LetterState.SENT, LetterState.CONFIRMED, LetterState.FAILED])
        expected = expected.exclude(sent_at__gt=clock.now() - SENT_TODAY)
        return _write_followers(session, expected, LetterKind.EVE)
    if days > session.rules.reminder_days:
        return 0
    silent = rows.filter(state=LetterState.SENT, sent_at__lte=clock.now() - JUST_SENT)
    return _write_followers(session, silent, LetterKind.REMINDER)


def _too_early() -> bool:
    return timezone.localtime(clock.now()).hour < MORNING


def _write_followers(session: JurySession, convocations, kind: str) -> int:
    letters = [
        Letter(
            session=session,
            kind=kind,
            convocation=row,
            recipient_id=row.recipient_id,
            enrollment_id=row.enrollment_id,
            structure_id=row.structure_id,
            content=row.content,
            number=row.number,
        )
        for row in convocations.exclude(followers__kind=kind)
        if row.content
    ]
    Letter.objects.bulk_create(letters)
    schedule(send_letter, [letter.pk for letter in letters])
    return len(letters)
