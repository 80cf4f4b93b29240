"""The dossiers that wait for a jury, counted by structure."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from juries.services.sessions.dossiers import eligible_dossiers


@dataclass(frozen=True)
class ReadyDossiers:
    """One structure, and how many of its dossiers wait."""

    structure: UUID
    name: str
    region: str
    count: int


def read_ready_dossiers() -> list[ReadyDossiers]:
    """Every structure with dossiers that wait, by name, in one query."""
    prefix = "enrollment__structure"
    rows = (
        eligible_dossiers()
        .order_by(f"{prefix}__folded")
        .values_list(f"{prefix}_id", f"{prefix}__name", f"{prefix}__region")
    )
    return [ReadyDossiers(*row) for row in rows.annotate(count=Count("pk"))]


def busiest_region(waiting: list[ReadyDossiers]) -> str:
    """Where most dossiers wait; empty when none does."""
    counts: Counter[str] = Counter()
    for row in waiting:
        counts[row.region] += row.count
    return counts.most_common(1)[0][0] if counts else ""
