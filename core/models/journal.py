import uuid
from datetime import UTC

from django.conf import settings
from django.db import models

from core import clock
from core.hashing import fingerprint
from core.models.folded import FoldedField, FoldedModel, FoldedQuerySet

GENESIS = "0" * 64


class JournalQuerySet(FoldedQuerySet):
    def visible_to(self, user) -> "JournalQuerySet":
        """Only the certifier reads the journal."""
        return self.all() if user.is_certifier else self.none()

    def about(self, topic_id) -> "JournalQuerySet":
        """What happened to one enrolment, jury session or structure, newest first."""
        return self.filter(topic_id=topic_id).order_by("-sequence")


class JournalEntry(FoldedModel):
    """Who did what, when: one line, never changed, chained to the line before by its hash.

    `topic_id` gathers the lines of one enrolment, one jury session or one structure: it is that row's id.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sequence = models.PositiveBigIntegerField("rang", unique=True, editable=False)
    at = models.DateTimeField("moment", default=clock.now, editable=False, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="auteur",
    )
    actor_name = models.CharField("nom de l’auteur", max_length=200)
    action = models.CharField("acte", max_length=60, db_index=True)
    subject_type = models.CharField("type d’objet", max_length=60)
    subject_id = models.CharField("objet", max_length=40, db_index=True)
    topic_id = models.UUIDField("sujet", null=True, db_index=True)
    summary = models.CharField("phrase", max_length=300)
    reason = models.TextField("motif", blank=True)
    data = models.JSONField("détail", default=dict)
    folded_actor = FoldedField("actor_name")
    folded_words = FoldedField("summary", "reason", max_length=None)
    previous_hash = models.CharField("empreinte précédente", max_length=64)
    hash = models.CharField("empreinte", max_length=64, unique=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"

    def __str__(self) -> str:
        return f"{self.sequence} · {self.summary}"

    @property
    def is_intact(self) -> bool:
        """Whether the line is as it was written."""
        return self.fingerprint() == self.hash

    def fingerprint(self) -> str:
        """SHA-256 of everything the line says and of the hash of the line before."""
        facts = [
            self.previous_hash,
            self.sequence,
            self.at.astimezone(UTC).isoformat(),
            str(self.actor_id or ""),
            self.actor_name,
            self.action,
            self.subject_type,
            self.subject_id,
            str(self.topic_id or ""),
            self.summary,
            self.reason,
            self.data,
        ]
        return fingerprint(facts)


class JournalHead(models.Model):
    """The end of the chain: its one row is locked while a line is added."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    sequence = models.PositiveBigIntegerField("dernier rang", default=0)
    hash = models.CharField("dernière empreinte", max_length=64, default=GENESIS)

    class Meta:
        verbose_name = "bout du journal"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="journal_head_single",
                violation_error_message="Le journal n’a qu’un bout.",
            ),
        ]

    def __str__(self) -> str:
        return f"rang {self.sequence}"
