import uuid
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q

from core import clock
from core.enums import WorkState

LEASE = timedelta(minutes=11)  # above the time limit of a task (cqp.config.broker)
MOST_ATTEMPTS = 8
"""After that many failures a piece is set aside with its reason: a person decides what to do."""


def _left_behind(**conditions: int) -> Q:
    return Q(state=WorkState.RUNNING, lease_until__lte=clock.now(), **conditions)


class WorkQuerySet(models.QuerySet):
    def due(self) -> "WorkQuerySet":
        """What a worker may take now: pending and due, or claimed by a worker that died."""
        return self.filter(
            Q(state=WorkState.PENDING, due_at__lte=clock.now()) | _left_behind(attempts__lt=MOST_ATTEMPTS)
        )

    def crashed(self) -> "WorkQuerySet":
        """What ended its worker at every attempt: no worker may take it again."""
        return self.filter(_left_behind(attempts__gte=MOST_ATTEMPTS))

    def claimed_as(self, work: "Work") -> "WorkQuerySet":
        """The row of a piece while the claim of this attempt is still valid."""
        return self.filter(pk=work.pk, state=WorkState.RUNNING, attempts=work.attempts)

    def take(self, *, lease: timedelta = LEASE) -> "Work | None":
        """Take the oldest due piece of these rows, for as long as the lease; None when there is none.

        PostgreSQL skips the rows that another worker has locked (SKIP LOCKED), so that two workers
        never wait for each other; on SQLite, where writers queue up, the conditional update alone decides.
        """
        with transaction.atomic():
            oldest = self.due().select_for_update(skip_locked=True).order_by("due_at", "created_at")
            work = oldest.first()
            if work is None:
                return None
            claim = {
                "state": WorkState.RUNNING,
                "lease_until": clock.now() + lease,
                "attempts": work.attempts + 1,
            }
            if not Work.objects.due().filter(pk=work.pk).update(**claim):
                return None
        for field, value in claim.items():
            setattr(work, field, value)
        return work


class Work(models.Model):
    """A piece of work that must not be lost: a row first, a message second.

    Written in the business transaction; `task` is the Celery name of the function that does it and
    `subject_id` the row it is about. The pair is unique: asking twice is asking once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField("tâche", max_length=80)
    subject_id = models.UUIDField("objet", db_index=True)
    state = models.CharField("état", max_length=10, choices=WorkState.choices, default=WorkState.PENDING)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    created_at = models.DateTimeField("demandée le", default=clock.now, editable=False)
    due_at = models.DateTimeField("à faire à partir de", default=clock.now)
    lease_until = models.DateTimeField("réservée jusqu’à", null=True, blank=True)
    done_at = models.DateTimeField("faite le", null=True, blank=True)
    error = models.TextField("dernière erreur", blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = "travail de fond"
        verbose_name_plural = "travaux de fond"
        indexes = [models.Index(fields=["state", "due_at"], name="work_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "subject_id"],
                name="work_once",
                violation_error_message="Ce travail est déjà demandé.",
            ),
            models.CheckConstraint(
                condition=~Q(state=WorkState.DONE) | Q(done_at__isnull=False),
                name="work_done_dated",
                violation_error_message="Un travail terminé porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.subject_id}"
