from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from juries.forms.jurors.calibration import PeriodForm
from juries.permissions import can_plan_juries
from juries.services.jurors.calibration import read_calibration


@require_safe
def calibration(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Agreement and severity of the jurors beside one another, over the last twelve months unless asked otherwise."""
    if not can_plan_juries(request.user):
        raise PermissionDenied("L’étalonnage des jurés est au certificateur.")
    year = {"start": clock.today() - relativedelta(years=1), "end": clock.today()}
    asked = "start" in request.GET or "end" in request.GET
    form = PeriodForm(request.GET if asked else None, initial=year)
    valid = not asked or form.is_valid()
    period = form.cleaned_data if asked and valid else year
    context = {"form": form, "period": period, "found": read_calibration(**period) if valid else None}
    return render(request, "juries/jurors/calibration.html", context, status=200 if valid else 422)
