from django.db.models import TextChoices


class WorkState(TextChoices):
    """The state of a piece of background work; `ACTIVE` are those a worker may still take."""

    PENDING = "pending", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "terminé"
    SET_ASIDE = "set_aside", "mis de côté"
