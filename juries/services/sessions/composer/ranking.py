"""Which jurors may sit, best first, with the reasons for and against."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import Count, Max, Q

from core.formats import counted, shortdate
from juries.enums import SessionState
from juries.models import Juror
from juries.services.jurors.availability import DateConflict
from juries.services.jurors.conflicts import Conflict
from juries.services.jurors.juror_search import HELD
from structures.rules.territories import REGIONS

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

RECENT = timedelta(days=365)


class Participation(TypedDict):
    recent: int
    sessions_sat: int
    last_sat_on: date | None


JurorWithParticipation: TypeAlias = "WithAnnotations[Juror, Participation]"


@dataclass
class JurorOption:
    """One juror who might sit: the reasons for them, and each rule that excludes them."""

    juror: "JurorWithParticipation"
    near: bool
    conflicts: list[Conflict] = field(default_factory=list)
    date_conflicts: list[DateConflict] = field(default_factory=list)
    picked: bool = False
    presides: bool = False

    @property
    def is_free(self) -> bool:
        return not (self.conflicts or self.date_conflicts)

    @property
    def refusals(self) -> list[tuple[str, str]]:
        """(rule, sentence), each sentence once."""
        found = [(row.rule.label, row.sentence) for row in self.conflicts]
        return list(dict.fromkeys(found + [(row.rule, row.sentence) for row in self.date_conflicts]))

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """The reasons for the rank of this juror in the list, in words with their tone."""
        juror = self.juror
        trained = f"formation au rôle le {shortdate(juror.trained_on)}" if juror.trained_on else ""
        recent = f"{counted(juror.recent, 'jury,jurys')} en douze mois" if juror.recent else ""
        return [
            ("de la région", "ok") if self.near else (REGIONS.get(juror.region, ""), "quiet"),
            (trained, "ok") if trained else ("à former au rôle", "wait"),
            (recent or "aucun jury depuis un an", "quiet"),
            *([("du certificateur", "wait")] if juror.of_certifier else []),
        ]

    @property
    def rank(self) -> tuple:
        """Free, near, trained, called least of late, longest without a jury, then by name."""
        juror = self.juror
        return (
            not self.is_free,
            not self.near,
            juror.trained_on is None,
            juror.recent,
            juror.last_sat_on or date.min,
            (juror.user.folded, str(juror.pk)),
        )


def active_jurors_on(day: date) -> "list[JurorWithParticipation]":
    """The active jurors with `recent` (seats since a year before, or to come), `sessions_sat` and `last_sat_on`."""
    going = Q(seats__withdrawn_at=None) & ~Q(seats__session__state=SessionState.CANCELLED)
    sat = Q(seats__withdrawn_at=None, seats__is_present=True, seats__session__state__in=HELD)
    jurors = Juror.objects.filter(is_active=True).select_related("user")
    return list(
        jurors.annotate(
            recent=Count("seats", filter=going & Q(seats__session__held_on__gt=day - RECENT)),
            sessions_sat=Count("seats", filter=sat),
            last_sat_on=Max("seats__session__held_on", filter=sat),
        )
    )


def rank_jurors(
    jurors: "Iterable[JurorWithParticipation]",
    conflicts: Iterable[Conflict],
    date_conflicts: Iterable[DateConflict],
    region: str,
) -> list[JurorOption]:
    """The jurors, best first; those whom a rule excludes come last, with each rule."""
    by_juror, days = defaultdict(list), defaultdict(list)
    for conflict in conflicts:
        by_juror[conflict.juror.pk].append(conflict)
    for date_conflict in date_conflicts:
        days[date_conflict.juror_id].append(date_conflict)
    options = [
        JurorOption(juror, bool(region) and juror.region == region, by_juror[juror.pk], days[juror.pk])
        for juror in jurors
    ]
    return sorted(options, key=lambda option: option.rank)
