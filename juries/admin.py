from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin import ReadOnlyAdmin, site
from juries import models

OF_CANDIDATE = ("candidate__enrollment__trainee", "candidate__enrollment__support")
OF_JUROR = ("juror__user",)


class MarkAdmin(ReadOnlyAdmin):
    """Marks of the appraisals that the certifier sees, and of no other."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Mark]:
        return models.Mark.objects.filter(appraisal__in=models.Appraisal.objects.visible_to(request.user))


site.register(models.Mark, MarkAdmin)
site.register(models.DayAccess, ReadOnlyAdmin, hidden=("secret_hash",), also_selected=OF_JUROR)
site.register(models.Juror, ReadOnlyAdmin, search_fields=("user__folded", "folded_organisation"))
site.register(
    [models.DeclaredLink, models.MinutesSignature, models.PastEmployer, models.Seat, models.Unavailability],
    ReadOnlyAdmin,
    also_selected=OF_JUROR,
    search_fields=("juror__user__folded",),
)
site.register(
    [models.Candidate, models.Letter],
    ReadOnlyAdmin,
    also_selected=("enrollment__trainee", "enrollment__support"),
    search_fields=("enrollment__trainee__folded",),
)
site.register(models.Appraisal, ReadOnlyAdmin, also_selected=(*OF_CANDIDATE, *OF_JUROR))
site.register(models.Incident, ReadOnlyAdmin, also_selected=(*OF_CANDIDATE, *OF_JUROR))
site.register(models.Decision, ReadOnlyAdmin, also_selected=OF_CANDIDATE)
site.register_rest("juries")
