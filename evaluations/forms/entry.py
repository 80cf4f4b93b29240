"""What the entry page is asked to show, and what was marked on it."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from core import clock
from core.forms.fields import DayField
from evaluations.queries.entry import CellInput
from evaluations.services.evaluations import Observation

UNREADABLE = "Une case de la grille est illisible : rechargez la page et notez-la à nouveau."


class ChoiceForm(forms.Form):
    """Which day, which support, which activity (« a12 ») or domain (« d7 »), and who was there."""

    jour = DayField(label="Jour", required=False)
    support = forms.SlugField(required=False)
    quoi = forms.RegexField(r"^[ad]\d{1,9}$", required=False)
    parcours = forms.UUIDField(required=False)
    equipe = forms.BooleanField(required=False)

    def __init__(self, data):
        super().__init__(data)
        self.people = data.getlist("qui")
        self.is_valid()

    def value(self, name: str):
        """What was asked, or nothing when it makes no sense."""
        return self.cleaned_data.get(name) or None

    @property
    def day(self) -> date:
        return self.value("jour") or clock.today()

    @property
    def activity_id(self) -> int | None:
        return self._chosen("a")

    @property
    def domain_number(self) -> int | None:
        return self._chosen("d")

    def _chosen(self, kind: str) -> int | None:
        chosen = self.value("quoi") or ""
        return int(chosen[1:]) if chosen.startswith(kind) else None

    def present(self, usual: set[UUID]) -> set[str]:
        """The ids ticked; the usual people as long as nobody was asked."""
        return set(self.people) if self.value("equipe") else {str(pk) for pk in usual}


class MarksForm(forms.Form):
    """The day and the situation common to what is marked; the cells are read from the same data."""

    jour = DayField(label="Jour")
    situation = forms.CharField(label="Situation", max_length=160)

    def __init__(self, data):
        super().__init__(data)
        self.marks: list[Mark] = []

    def clean(self) -> dict:
        cells = [name[2:] for name in self.data if name.startswith("n:") and self.data[name]]
        self.marks = [self._mark(cell) for cell in cells]
        if not self.marks:
            raise ValidationError("Aucun niveau n’est noté : choisissez au moins une case.")
        return self.cleaned_data

    def _mark(self, cell: str) -> "Mark":
        target = re.fullmatch(r"([0-9a-f]{32}):([0-9a-f]{32})", self.data.get(f"c:{cell}", ""))
        rank, own = self.data[f"n:{cell}"], self.data.get(f"o:{cell}", "")
        if (
            not target
            or not re.fullmatch(r"[0-9a-f]{32}", cell)
            or not _is_rank(rank)
            or not _is_rank(own or "0")
        ):
            raise ValidationError(UNREADABLE)
        enrollment, competency = UUID(target[1]), UUID(target[2])
        return Mark(
            id=UUID(cell),
            enrollment_id=enrollment,
            competency_id=competency,
            rank=int(rank),
            own_rank=int(own) if own else None,
        )

    def comments(self) -> dict[UUID, str]:
        return {
            UUID(name[2:]): self.data[name]
            for name in self.data
            if re.fullmatch(r"m:[0-9a-f]{32}", name) and self.data[name].strip()
        }

    def observations(self) -> list[Observation]:
        comments = self.comments()
        return [
            Observation(
                id=mark.id,
                enrollment_id=mark.enrollment_id,
                competency_id=mark.competency_id,
                rank=mark.rank,
                own_rank=mark.own_rank,
                seen_on=self.cleaned_data["jour"],
                situation=self.cleaned_data["situation"],
                comment=comments.get(mark.enrollment_id, ""),
            )
            for mark in self.marks
        ]

    def typed(self, refused: dict[UUID, str]) -> dict[tuple[UUID, UUID], CellInput]:
        """What was marked, to show it again with the refusal of each cell."""
        return {
            (mark.enrollment_id, mark.competency_id): CellInput(
                mark.id, mark.rank, mark.own_rank, refused.get(mark.id, "")
            )
            for mark in self.marks
        }


@dataclass(frozen=True)
class Mark:
    """One cell in which a level was chosen."""

    id: UUID
    enrollment_id: UUID
    competency_id: UUID
    rank: int
    own_rank: int | None


def _is_rank(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,4}", text))
