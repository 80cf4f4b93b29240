from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.formats import counted, longdate
from evaluations.forms.entry import ChoiceForm, MarksForm
from evaluations.models import Activity, Framework
from evaluations.permissions import can_evaluate
from evaluations.queries.entry import Crew, competencies_of_domain, competencies_seen_in, crew_of, read_grid
from evaluations.services.evaluations import Outcome, record_evaluations
from structures.enums import EVALUATING_ROLES
from structures.permissions import roles_of
from trainees.models import Enrollment

ONLY_TRAINERS = (
    "La saisie des évaluations est ouverte aux personnes qui encadrent ou accompagnent des salariés dans une "
    "structure. Si c’est votre cas, demandez à votre direction de vous ajouter à l’équipe."
)


@never_cache
@require_http_methods(["GET", "POST"])
def entry(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The entry grid of a day: the activity, the people present, the levels seen. `?parcours=` shows one person.

    A POST records each marked cell on its own; what is refused comes back with its reason and what was typed.
    """
    if not roles_of(request.user) & set(EVALUATING_ROLES):
        raise PermissionDenied(ONLY_TRAINERS)
    choice = ChoiceForm(request.POST if request.method == "POST" else request.GET)
    crew = crew_of(request.user)
    single = _show(request.user, crew, choice)
    if request.method == "GET":
        return _page(request, crew, choice, single)
    form = MarksForm(request.POST)
    if not form.is_valid():
        return _page(request, crew, choice, single, form, status=422)
    outcome = record_evaluations(observations=form.observations(), by=request.user)
    if outcome.refused:
        return _page(request, crew, choice, single, form, outcome, status=422)
    messages.success(request, _success_message(outcome, form))
    kept = {
        "jour": choice.day.isoformat(),
        "support": choice.value("support"),
        "parcours": choice.value("parcours"),
    }
    return redirect(f"{reverse('evaluations:entry')}?{urlencode({k: v for k, v in kept.items() if v})}")


def _success_message(outcome: Outcome, form: MarksForm) -> str:
    if not outcome.new:
        return "C’était déjà enregistré : rien n’a été doublé."
    kept = counted(outcome.new, "évaluation enregistrée,évaluations enregistrées")
    return f"{kept} pour le {longdate(form.cleaned_data['jour'])}."


def _show(user, crew: Crew, choice: ChoiceForm) -> Enrollment | None:
    """Choose the enrolments shown: one person, or those of one support; 404 and 403 for somebody else's."""
    if pk := choice.value("parcours"):
        enrollment = get_object_or_404(Enrollment.objects.visible_to(user).with_people(), pk=pk)
        if not can_evaluate(user, enrollment):
            raise PermissionDenied("Vous n’encadrez pas dans la structure de cette personne.")
        if not enrollment.is_open:
            raise PermissionDenied("Ce parcours est terminé : on n’y ajoute plus d’évaluation.")
        crew.shown = [enrollment]
        return enrollment
    codes = [support.code for support in crew.supports]
    usual = crew.enrollments[0].support.code if crew.enrollments else ""
    own = next(
        (enrollment.support.code for enrollment in crew.enrollments if enrollment.referent_id == user.pk),
        usual,
    )
    code = choice.value("support") if choice.value("support") in codes else own
    crew.shown = [enrollment for enrollment in crew.enrollments if enrollment.support.code == code]
    return None


def _page(
    request: AuthenticatedHttpRequest,
    crew: Crew,
    choice: ChoiceForm,
    single: Enrollment | None,
    form: MarksForm | None = None,
    outcome: Outcome | None = None,
    status: int = 200,
) -> HttpResponse:
    present = {str(single.pk)} if single else choice.present(crew.usual)
    enrollments = [enrollment for enrollment in crew.shown if str(enrollment.pk) in present]
    activities, domains = crew.activities(choice.activity_id), crew.domains()
    activity = next((row for row in activities if row.pk == choice.activity_id), None)
    domain = next((row for row in domains if row.number == choice.domain_number), None)
    outcome = outcome or Outcome()
    context = {
        "choice": choice,
        "day": choice.day,
        "crew": crew,
        "single": single,
        "support": crew.shown[0].support if crew.shown else None,
        "activities": activities,
        "domains": domains,
        "activity": activity,
        "domain": domain,
        "present": present,
        "enrollments": enrollments,
        "columns": _columns(enrollments, activity, domain, form, outcome),
        "people": [
            (enrollment, form.comments().get(enrollment.pk, "") if form else "") for enrollment in enrollments
        ],
        "form": form,
        "situation": form.data.get("situation", "") if form else (activity.name if activity else ""),
        "refused": sorted(set(outcome.refused.values())),
        "refused_count": len(outcome.refused),
        "accepted_count": len(outcome.accepted),
        "framework": Framework.objects.filter(version__in=crew.versions).first(),
    }
    return render(request, "evaluations/entry/entry.html", context, status=status)


def _columns(
    enrollments: list[Enrollment], activity: Activity | None, domain, form: MarksForm | None, outcome: Outcome
):
    if not enrollments or not (activity or domain):
        return []
    seen = (
        competencies_seen_in(activity, enrollments)
        if activity
        else competencies_of_domain(domain.number, enrollments)
    )
    return read_grid(enrollments, seen, form.typed(outcome.refused) if form else None)
