from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.enums import Hat

TEAM = {Hat.DIRECTOR, Hat.TRAINER, Hat.COUNSELLOR}


@dataclass(frozen=True)
class Door:
    """An entry of the main navigation, shown to those who wear one of `hats`."""

    label: str
    url_name: str
    icon: str
    hats: frozenset


DOORS = [
    Door("Accueil", "home", "house", frozenset(Hat)),
    Door("Mon dossier", "my_dossier", "folder-open", frozenset({Hat.TRAINEE})),
    Door("Saisie", "evaluations:entry", "pencil-line", frozenset({Hat.TRAINER, Hat.COUNSELLOR})),
    Door("Salariés", "trainees:list", "users", frozenset(TEAM | {Hat.CERTIFIER})),
    Door("Séances", "trainees:session_list", "calendar-days", frozenset(TEAM)),
    Door("Structures", "structures:list", "building-2", frozenset({Hat.CERTIFIER, Hat.DIRECTOR})),
    Door("Dossiers", "evaluations:dossier_list", "folder-check", frozenset({Hat.CERTIFIER})),
    Door("Jurys", "juries:session_list", "gavel", frozenset({Hat.CERTIFIER, Hat.JUROR})),
    Door("Certificats", "certificates:certificate_list", "award", frozenset(TEAM | {Hat.CERTIFIER})),
    Door("Référentiels", "evaluations:framework_list", "book-open-check", frozenset(TEAM | {Hat.CERTIFIER})),
    Door("Pilotage", "pilotage", "milestone", frozenset({Hat.CERTIFIER})),
    Door("Journal", "accounts:journal", "scroll-text", frozenset({Hat.CERTIFIER})),
]


def navigation(hats: frozenset[str], path: str) -> list[dict]:
    """The doors open to these hats, with the one the person stands behind marked."""
    entries = []
    for door in DOORS:
        if door.hats & hats:
            url = reverse(door.url_name)
            active = path == url or (url != "/" and path.startswith(url))
            entries.append({"label": door.label, "url": url, "icon": door.icon, "active": active})
    return entries


def jury_day(session_id: UUID, path: str) -> list[dict]:
    """The doors of whoever came in for the day of one jury: that day, and that session."""
    doors = [("Ma journée", "juries:room", "calendar-days"), ("La session", "juries:session_detail", "gavel")]
    urls = [(label, reverse(name, args=[session_id]), icon) for label, name, icon in doors]
    return [{"label": label, "url": url, "icon": icon, "active": path == url} for label, url, icon in urls]
