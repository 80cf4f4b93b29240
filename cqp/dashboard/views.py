from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import can_steer
from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.views.form_actions import sent, status_of
from cqp.dashboard import queries
from cqp.dashboard.charts import curve_chart
from cqp.dashboard.forms import DayForm, ObjectiveForm
from cqp.dashboard.queries.region_map import region_map
from cqp.dashboard.services import current_objective, set_objective

REFUSAL = "Le pilotage national est réservé au certificateur."


def _asked_day(request: AuthenticatedHttpRequest) -> tuple[date, DayForm]:
    """The day asked for by `?date=`, or today; the form says what is wrong with a date it cannot read."""
    form = DayForm(request.GET or None)
    asked = form.cleaned_data.get("date") if form.is_bound and form.is_valid() else None
    return asked or clock.today(), form


@require_safe
def pilotage(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not can_steer(request.user):
        raise PermissionDenied(REFUSAL)
    day, form = _asked_day(request)
    figures = queries.figures(day)
    objective = current_objective()
    regions = queries.regions(day)
    context = {
        "day": day,
        "is_today": day == clock.today(),
        "form": form,
        "figures": figures,
        "objective": objective,
        "forecast": queries.forecast(day, figures.certified, objective) if objective else None,
        "funnel": queries.funnel(day, figures),
        "regions": [row for row in regions if row.enrolled or row.structures_interested or row.juries_held],
        "region_map": region_map(regions),
        "points": queries.curve(day),
        "blockers": queries.blockers(day) if day == clock.today() else None,
    }
    return render(request, "cqp/dashboard/pilotage.html", context, status=422 if form.errors else 200)


@require_safe
def pilotage_curve(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The curve of the dashboard as an SVG image."""
    if not can_steer(request.user):
        raise PermissionDenied(REFUSAL)
    day, _ = _asked_day(request)
    response = HttpResponse(
        curve_chart(queries.curve(day), narrow="etroite" in request.GET), content_type="image/svg+xml"
    )
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def objective(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not can_steer(request.user):
        raise PermissionDenied(REFUSAL)
    form = ObjectiveForm(sent(request), instance=None, initial=_initial())
    if form.is_valid():
        set_objective(**form.cleaned_data, by=request.user)
        return redirect("pilotage")
    return render(request, "cqp/dashboard/objective.html", {"form": form}, status=status_of(form))


def _initial() -> dict:
    current = current_objective()
    if current is None:
        return {"target": 4000}
    return {
        "target": current.target,
        "starts_on": current.starts_on,
        "ends_on": current.ends_on,
        "source": current.source,
    }
