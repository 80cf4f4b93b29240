"""What the pages of sessions share: the session asked for, and who may act on it."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.views.requests import AuthenticatedHttpRequest
from trainees.models import TrainingSession

TRAINERS_ONLY = "Seules les personnes qui encadrent ou accompagnent notent des séances."
TEAM_ONLY = "Seule l’équipe de la structure corrige ses séances."


def visible_session(request: AuthenticatedHttpRequest, pk: UUID) -> TrainingSession:
    """The session with its structure and trainer, or a 404 for those who may not know of it."""
    visible = TrainingSession.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("structure", "trainer"), pk=pk)
