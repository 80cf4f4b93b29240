"""Changes of the timetable: panels, pauses and times of candidates, until the session opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch

from accounts.models import User
from core.errors import DomainError
from core.formats import counted, timeofday
from core.services.journal import record
from juries.enums import BEFORE_THE_DAY
from juries.models import Candidate, JurySession, Panel, Pause, Seat
from juries.services.convocations import sync_convocations
from juries.services.locks import lock_session
from juries.services.sessions.composition import active_seats, candidates_of
from juries.services.sessions.timetable.proposing import lay_out
from juries.services.sessions.timetable.slots import faults_of_slots, slots_of

LEAST_JURORS = 2


@dataclass(frozen=True)
class PanelInput:
    """A panel as asked for: `pk` of the one that it changes, or None for a new one."""

    pk: UUID | None
    name: str
    place: str
    seats: frozenset[UUID]


@dataclass(frozen=True)
class PassageInput:
    """The two times of a candidate and who hears each test; a panel of None is the whole jury."""

    candidate: UUID
    production_at: time | None
    production_panel: UUID | None
    interview_at: time | None
    interview_panel: UUID | None


def panels_of(session: JurySession) -> list[Panel]:
    seats = Prefetch("seats", Seat.objects.active().with_people())
    return list(session.panels.prefetch_related(seats))


@transaction.atomic
def set_panels(*, session: JurySession, panels: Sequence[PanelInput], by: User) -> list[Panel]:
    """Make the panels of a session those given; one left out goes, and its candidates see the whole jury.

    Refused: fewer than two jurors in a panel, a juror who does not sit here, a name given twice, and a change after
    which somebody would be in two places at once.
    """
    session = lock_session(session, *BEFORE_THE_DAY, act="un changement des binômes")
    seats = {seat.pk: seat for seat in active_seats(session)}
    _refuse_panels(panels, seats)
    session.panels.exclude(pk__in=[panel.pk for panel in panels if panel.pk]).delete()
    known: dict[UUID | None, Panel] = {panel.pk: panel for panel in session.panels.all()}
    # Names may be exchanged between panels: none stands in the way of another while they are written.
    for panel in known.values():
        panel.name = f"~{panel.pk.hex[:20]}"
    Panel.objects.bulk_update(known.values(), ["name"])
    for asked in panels:
        panel = known.get(asked.pk) or Panel(session=session)
        panel.name, panel.place = asked.name.strip(), asked.place.strip()
        panel.save()
        panel.seats.set(seats[pk] for pk in asked.seats)
    refuse_overlaps(session)
    sync_convocations(session)
    record(
        action="juries.session.panels",
        subject=session,
        by=by,
        summary=f"{session} : {counted(len(panels), 'binôme')}",
        data={"panels": [{"name": panel.name, "seats": sorted(map(str, panel.seats))} for panel in panels]},
        topic_id=session.pk,
    )
    return panels_of(session)


@transaction.atomic
def set_passages(*, session: JurySession, passages: Iterable[PassageInput], by: User) -> None:
    """Write the times and panels of several candidates at once: all of them or none.

    Refused: somebody in two places at once, a slot over a pause, a panel or a candidate of another session.
    """
    session = lock_session(session, *BEFORE_THE_DAY, act="un changement d’heure")
    candidates = {row.pk: row for row in candidates_of(session)}
    panels = {None, *session.panels.values_list("pk", flat=True)}
    changed = []
    for passage in passages:
        row = candidates.get(passage.candidate)
        if row is None or not {passage.production_panel, passage.interview_panel} <= panels:
            raise DomainError("La liste des candidats ou des binômes a changé : rechargez la page.")
        row.production_at, row.interview_at = passage.production_at, passage.interview_at
        row.production_panel_id = passage.production_panel
        row.interview_panel_id = passage.interview_panel
        changed.append(row)
    _write(session, changed, by=by)


@transaction.atomic
def propose_timetable(*, session: JurySession, starts_at: time, by: User) -> None:
    """Compute the whole timetable again from this hour, in the order of the candidates; former times are lost."""
    session = lock_session(session, *BEFORE_THE_DAY, act="une proposition d’horaires")
    candidates = candidates_of(session)
    if not candidates:
        raise DomainError("Il n’y a pas encore de candidat : ajoutez-les, puis proposez les horaires.")
    passages = lay_out(
        candidates=candidates,
        panels=panels_of(session),
        pauses=list(session.pauses.all()),
        starts_at=starts_at,
        rules=session.rules,
    )
    for passage in passages:
        row = passage.candidate
        row.production_at, row.interview_at = passage.production_at, passage.interview_at
        row.production_panel = row.interview_panel = passage.panel
    _write(session, candidates, by=by)


@transaction.atomic
def add_pause(*, session: JurySession, label: str, starts_at: time, ends_at: time, by: User) -> Pause:
    """Keep a time of the day free for everybody; refused where a candidate is heard then."""
    session = lock_session(session, *BEFORE_THE_DAY, act="une pause")
    if ends_at <= starts_at:
        raise DomainError("Une pause finit après son début : corrigez l’une des deux heures.")
    pause = Pause.objects.create(
        session=session, label=label.strip() or "Pause", starts_at=starts_at, ends_at=ends_at
    )
    refuse_overlaps(session)
    record(
        action="juries.session.pause",
        subject=session,
        by=by,
        summary=f"{session} : {pause.label} de {timeofday(starts_at)} à {timeofday(ends_at)}",
        topic_id=session.pk,
    )
    return pause


@transaction.atomic
def remove_pause(*, pause: Pause, by: User) -> None:
    session = lock_session(pause.session, *BEFORE_THE_DAY, act="le retrait d’une pause")
    Pause.objects.filter(pk=pause.pk).delete()
    record(
        action="juries.session.pause_removed",
        subject=session,
        by=by,
        summary=f"{session} : plus de pause « {pause.label} »",
        topic_id=session.pk,
    )


def refuse_overlaps(session: JurySession, candidates: Sequence[Candidate] | None = None) -> None:
    """Refuse a day in which somebody would be in two places at once; `candidates` as they are about to be."""
    rows = candidates_of(session) if candidates is None else candidates
    slots = slots_of(rows, panels_of(session), active_seats(session), session.rules)
    faults = faults_of_slots(slots, session.pauses.all())
    if faults:
        raise DomainError(" ".join(dict.fromkeys(faults)))


def _write(session: JurySession, changed: Sequence[Candidate], *, by: User) -> None:
    """Check the whole day with these candidates as changed, write them, and write to whom it concerns."""
    new = {row.pk: row for row in changed}
    refuse_overlaps(session, [new.get(row.pk, row) for row in candidates_of(session)])
    names = ["production_at", "interview_at", "production_panel", "interview_panel"]
    Candidate.objects.filter(pk__in=new).update(
        production_at=None, interview_at=None, production_panel=None, interview_panel=None
    )
    Candidate.objects.bulk_update(new.values(), names)
    sync_convocations(session)
    record(
        action="juries.session.timetable",
        subject=session,
        by=by,
        summary=f"{session} : horaires de {counted(len(new), 'candidat')}",
        data={
            str(row.pk): [
                row.production_at.isoformat("minutes") if row.production_at else "",
                row.interview_at.isoformat("minutes") if row.interview_at else "",
            ]
            for row in new.values()
        },
        topic_id=session.pk,
    )


def _refuse_panels(panels: Sequence[PanelInput], seats: dict[UUID, Seat]) -> None:
    names = [panel.name.strip().casefold() for panel in panels]
    for panel, name in zip(panels, names, strict=True):
        if not name:
            raise DomainError("Donnez un nom à chaque binôme : « Binôme A », « Serre 2 »…")
        if names.count(name) > 1:
            raise DomainError(f"Deux binômes s’appellent « {panel.name.strip()} » : changez l’un des noms.")
        if not panel.seats <= seats.keys():
            raise DomainError("Un de ces jurés ne siège plus dans cette session : rechargez la page.")
        if len(panel.seats) < LEAST_JURORS:
            raise DomainError(
                f"« {panel.name.strip()} » compte {counted(len(panel.seats), 'juré')} : il en faut au moins "
                f"{LEAST_JURORS} pour entendre un candidat."
            )
