import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from core import clock
from core.models.folded import FoldedField, FoldedModel, FoldedQuerySet


class UserManager(BaseUserManager["User"]):
    """People are known by their e-mail address, whatever its capitals."""

    def get_queryset(self) -> FoldedQuerySet:
        return FoldedQuerySet(self.model, using=self._db)

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person of an e-mail address: it is what Django calls a user name."""
        return self.get(email__iexact=username)


class User(FoldedModel, AbstractBaseUser):
    """A person who logs in. What they may do comes from their roles, not from flags here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse e-mail", unique=True)
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    folded = FoldedField("last_name", "first_name", "email")
    phone = models.CharField("téléphone", max_length=20, blank=True)
    is_certifier = models.BooleanField("administre la certification", default=False)
    is_active = models.BooleanField("compte ouvert", default=True)
    created_at = models.DateTimeField("créé le", default=clock.now, editable=False)

    roles: frozenset[str] | None = None
    """What `cqp.home.queries.roles` found, stored for the length of a request."""

    objects = UserManager()

    USERNAME_FIELD = "email"

    class Meta:
        ordering = ["folded"]
        indexes = [models.Index(fields=["folded"], name="user_by_name")]
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Cette adresse e-mail appartient déjà à un compte.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email
