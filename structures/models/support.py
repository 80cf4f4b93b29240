import uuid

from django.db import models


class ProductionSupport(models.Model):
    """A production activity that carries training: espaces verts, maraîchage…

    `framework_version` announces the version in force for new enrolments; it is written when a
    framework is published, and copied (so frozen) into each enrolment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=80, unique=True)
    rome_codes = models.CharField("codes ROME", max_length=60, blank=True)
    framework_version = models.CharField("version du référentiel en vigueur", max_length=20, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "support de production"
        verbose_name_plural = "supports de production"

    def __str__(self) -> str:
        return self.name
