from django.db import models


class ExitReason(models.Model):
    """Why an enrolment stopped before the certificate: the certifier's own list, kept as data."""

    code = models.SlugField("code", primary_key=True)
    name = models.CharField("libellé", max_length=120, unique=True)
    positive = models.BooleanField("sortie positive", default=False)
    order = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "motif de sortie"
        verbose_name_plural = "motifs de sortie"

    def __str__(self) -> str:
        return self.name
