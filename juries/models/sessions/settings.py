from django.db import models
from django.db.models import Q

from certificates.models import CertificateTerms
from juries.enums import ReleaseMode


class CertificationSettings(CertificateTerms):
    """One version of the rules that the sources leave to the certifier, with the terms of the certificates.

    A jury session freezes the version it was planned under; changing a rule is a new row.
    """

    least_jurors = models.PositiveSmallIntegerField("jurés au moins", default=2)
    both_colleges = models.BooleanField("les deux collèges présents", default=True)
    outside_share = models.PositiveSmallIntegerField("part de jurés extérieurs (%)", default=50)
    quorum = models.PositiveSmallIntegerField("jurés présents pour délibérer", default=2)
    notice_days = models.PositiveSmallIntegerField("délai de convocation (jours)", default=15)
    release_mode = models.CharField(
        "publication des résultats",
        max_length=20,
        choices=ReleaseMode.choices,
        default=ReleaseMode.AT_LAST_SIGNATURE,
    )
    appeal_days = models.PositiveSmallIntegerField("délai de recours (jours)", default=90)
    colleague_years = models.PositiveSmallIntegerField(
        "un ancien collègue est écarté pendant (années, vide : toujours)", null=True, blank=True
    )
    reminder_days = models.PositiveSmallIntegerField("rappel avant le jury (jours)", default=7)
    production_minutes = models.PositiveSmallIntegerField(
        "durée de l’épreuve en situation de production (minutes)", default=90
    )
    interview_minutes = models.PositiveSmallIntegerField("durée de l’entretien (minutes)", default=30)
    break_minutes = models.PositiveSmallIntegerField("pause entre deux passages (minutes)", default=10)
    parallel_panels = models.PositiveSmallIntegerField("binômes de jurés en parallèle", default=1)
    mask_below = models.PositiveSmallIntegerField(
        "un chiffre sur un juré est masqué sous (appréciations)", default=5
    )
    partial_validity_months = models.PositiveSmallIntegerField(
        "validité des domaines acquis (mois, vide : sans limite)", null=True, blank=True
    )

    class Meta:
        ordering = ["-version"]
        verbose_name = "réglages de la certification"
        verbose_name_plural = "réglages de la certification"
        constraints = [
            models.CheckConstraint(
                condition=Q(least_jurors__gte=2, quorum__gte=2, quorum__lte=models.F("least_jurors")),
                name="settings_two_jurors",
                violation_error_message="Un jury compte au moins deux jurés, et le quorum ne dépasse pas ce nombre.",
            ),
            models.CheckConstraint(
                condition=Q(outside_share__lte=100),
                name="settings_outside_share",
                violation_error_message="Une part se compte sur 100.",
            ),
            models.CheckConstraint(
                condition=Q(
                    production_minutes__range=(5, 480),
                    interview_minutes__range=(5, 240),
                    break_minutes__lte=120,
                ),
                name="settings_minutes_of_the_day",
                violation_error_message="Une épreuve dure de 5 minutes à 8 heures, un entretien de 5 minutes à "
                "4 heures, une pause 2 heures au plus.",
            ),
            models.CheckConstraint(
                condition=Q(parallel_panels__gte=1, parallel_panels__lte=10),
                name="settings_panels",
                violation_error_message="Un jury compte de 1 à 10 binômes en parallèle.",
            ),
        ]

    def __str__(self) -> str:
        return f"réglages, version {self.version}"
