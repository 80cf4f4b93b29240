from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from accounts.enums import UserRole

TEAM = {UserRole.DIRECTOR, UserRole.TRAINER, UserRole.COUNSELLOR}


@dataclass(frozen=True)
class NavigationEntry:
    """An entry of the main navigation, shown to those who have one of `roles`."""

    label: str
    url_name: str
    icon: str
    roles: frozenset


ENTRIES = [
    NavigationEntry("Accueil", "home", "house", frozenset(UserRole)),
    NavigationEntry("Mon dossier", "my_dossier", "folder-open", frozenset({UserRole.TRAINEE})),
    NavigationEntry(
        "Saisie", "evaluations:entry", "pencil-line", frozenset({UserRole.TRAINER, UserRole.COUNSELLOR})
    ),
    NavigationEntry("Salariés", "trainees:list", "users", frozenset(TEAM | {UserRole.CERTIFIER})),
    NavigationEntry("Séances", "trainees:session_list", "calendar-days", frozenset(TEAM)),
    NavigationEntry(
        "Structures", "structures:list", "building-2", frozenset({UserRole.CERTIFIER, UserRole.DIRECTOR})
    ),
    NavigationEntry("Dossiers", "evaluations:dossier_list", "folder-check", frozenset({UserRole.CERTIFIER})),
    NavigationEntry("Jurys", "juries:session_list", "gavel", frozenset({UserRole.CERTIFIER, UserRole.JUROR})),
    NavigationEntry(
        "Certificats", "certificates:certificate_list", "award", frozenset(TEAM | {UserRole.CERTIFIER})
    ),
    NavigationEntry(
        "Référentiels",
        "evaluations:framework_list",
        "book-open-check",
        frozenset(TEAM | {UserRole.CERTIFIER}),
    ),
    NavigationEntry("Pilotage", "pilotage", "milestone", frozenset({UserRole.CERTIFIER})),
    NavigationEntry("Journal", "accounts:journal", "scroll-text", frozenset({UserRole.CERTIFIER})),
]


def navigation(roles: frozenset[str], path: str) -> list[dict]:
    """The entries open to these roles, the current one marked."""
    entries = []
    for entry in ENTRIES:
        if entry.roles & roles:
            url = reverse(entry.url_name)
            active = path == url or (url != "/" and path.startswith(url))
            entries.append({"label": entry.label, "url": url, "icon": entry.icon, "active": active})
    return entries


def jury_day(session_id: UUID, path: str) -> list[dict]:
    """The entries of whoever came in for the day of one jury: that day, and that session."""
    entries = [
        ("Ma journée", "juries:jury_day", "calendar-days"),
        ("La session", "juries:session_detail", "gavel"),
    ]
    urls = [(label, reverse(name, args=[session_id]), icon) for label, name, icon in entries]
    return [{"label": label, "url": url, "icon": icon, "active": path == url} for label, url, icon in urls]
