"""The entries of one sending, read one by one, with the refusal of each that cannot be read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from uuid import UUID

from evaluations.notebook.services.fields import Fields, Unreadable, is_identifier, unreadable
from evaluations.services.evaluations import Observation
from trainees.enums import HalfDay, SessionKind, SessionPlace, TrainingModule
from trainees.rules.sessions.strokes import stroke_fault
from trainees.services.sessions.signatures import SignatureIn

MOST_AT_ONCE = 500
MOST_PRESENCES = 100
MOST_MINUTES = 24 * 60
HIGHEST_RANK = 100

TOO_MANY = f"Un envoi compte {MOST_AT_ONCE} saisies au plus : envoyez celle-ci dans l’envoi suivant."
TWO_CONTENTS = (
    "Cet identifiant désigne deux saisies différentes dans le même envoi. Refaites celle qui est juste."
)
NO_IDENTIFIER = (
    "Cette saisie n’a pas d’identifiant lisible : rien n’en a été enregistré. Refaites-la sur ce téléphone."
)
UNKNOWN_KIND = (
    "Le site ne connaît pas cette sorte de saisie. Rechargez la page pour mettre le téléphone à jour, puis "
    "recommencez."
)


@dataclass(frozen=True)
class SessionEntry:
    """A session that took place; `presences` are (enrolment, minutes, absence)."""

    id: UUID
    structure: UUID
    trainer: UUID
    held_on: date
    starts_at: time
    ends_at: time
    place: str
    form: str
    module: str
    theme: str
    presences: tuple[tuple[UUID, int, str], ...]


@dataclass
class Batch:
    """The readable entries by id, and the French refusals of the others, by id, or by place without an id."""

    entries: dict[UUID, SessionEntry | SignatureIn | Observation] = field(default_factory=dict)
    refused: dict[UUID, str] = field(default_factory=dict)
    unreadable: dict[int, str] = field(default_factory=dict)

    def of_kind(self, kind: type) -> list:
        return [entry for entry in self.entries.values() if type(entry) is kind]


def read_batch(raw_entries: list) -> Batch:
    """Read each entry on its own; those after the first `MOST_AT_ONCE` are refused, to be sent again."""
    batch = Batch()
    for place, raw in enumerate(raw_entries):
        if not isinstance(raw, dict) or not is_identifier(raw.get("id")):
            batch.unreadable[place] = NO_IDENTIFIER
            continue
        pk = UUID(raw["id"])
        if place >= MOST_AT_ONCE:
            if pk not in batch.entries:
                batch.refused.setdefault(pk, TOO_MANY)
            continue
        try:
            entry = _read(raw)
        except Unreadable as fault:
            batch.refused[pk] = str(fault)
            continue
        if batch.entries.setdefault(pk, entry) != entry:
            batch.refused[pk] = TWO_CONTENTS
    for pk in batch.refused:
        batch.entries.pop(pk, None)
    return batch


def _read(raw: dict) -> SessionEntry | SignatureIn | Observation:
    kind = raw.get("kind")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise Unreadable(UNKNOWN_KIND)
    return reader(Fields(raw))


def _evaluation(fields: Fields) -> Observation:
    return Observation(
        id=fields.identifier("id"),
        enrollment_id=fields.identifier("enrollment"),
        competency_id=fields.identifier("competency"),
        rank=fields.whole("rank", HIGHEST_RANK),
        own_rank=fields.whole_or_none("own_rank", HIGHEST_RANK),
        seen_on=fields.day("seen_on"),
        situation=fields.words("situation"),
        comment=fields.words_or_none("comment"),
    )


def _session(fields: Fields) -> SessionEntry:
    return SessionEntry(
        id=fields.identifier("id"),
        structure=fields.identifier("structure"),
        trainer=fields.identifier("trainer"),
        held_on=fields.day("held_on"),
        starts_at=fields.hour("starts_at"),
        ends_at=fields.hour("ends_at"),
        place=fields.choice("place", SessionPlace.values),
        form=fields.choice("form", SessionKind.values),
        module=fields.choice("module", TrainingModule.values),
        theme=fields.words("theme"),
        presences=tuple(map(_presence, fields.rows("presences", MOST_PRESENCES))),
    )


def _presence(raw: Any) -> tuple[UUID, int, str]:
    if not isinstance(raw, dict):
        raise unreadable("presences")
    fields = Fields(raw)
    return fields.identifier("enrollment"), fields.whole("minutes", MOST_MINUTES), fields.absence()


def _signature(fields: Fields) -> SignatureIn:
    return SignatureIn(
        id=fields.identifier("id"),
        session_id=fields.identifier("session"),
        enrollment_id=fields.identifier_or_none("enrollment"),
        half=fields.choice("half", HalfDay.values),
        minutes=fields.whole("minutes", MOST_MINUTES),
        signed_at=fields.moment("signed_at"),
        strokes=_strokes(fields.raw.get("strokes")),
    )


def _strokes(raw: Any) -> list:
    """The strokes, checked in size before anything compares or hashes them."""
    if sentence := stroke_fault(raw):
        raise Unreadable(sentence)
    return raw


READERS: dict[str, Callable[[Fields], Any]] = {
    "evaluation": _evaluation,
    "session": _session,
    "signature": _signature,
}
