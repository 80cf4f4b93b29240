from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core import clock
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from juries.forms.jurors.juror_search import JurorSearchForm
from juries.forms.jurors.jurors import JurorChangeForm, JurorForm, LinkForm
from juries.models import Candidate, Juror, Seat
from juries.permissions import can_plan_juries
from juries.services.jurors.juror_search import account_of, participation_of, with_history
from juries.services.jurors.jurors import add_juror, change_juror, declare_link, invite_juror_again
from trainees.models import Trainee

PER_PAGE = 40


@require_safe
def juror_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The jurors, by name: region, training, juries sat in, account open or not."""
    _refuse_but_planner(request)
    visible = Juror.objects.visible_to(request.user)
    form = JurorSearchForm(request.GET)
    jurors = with_history(form.narrow(visible))
    jurors = jurors.order_by("-is_active", "user__folded", "pk")
    page = Paginator(jurors, PER_PAGE).get_page(request.GET.get("page"))
    jurors_shown = [(juror, account_of(juror)) for juror in page.object_list]
    context = {"page": page, "jurors": jurors_shown, "form": form, "searched": bool(form.asked)}
    return render(request, "juries/jurors/juror_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def juror_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    _refuse_but_planner(request)
    form = JurorForm(sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            juror = add_juror(by=request.user, **form.cleaned_data)
            messages.success(
                request, f"{juror} est dans le vivier. Sans compte, cette personne reçoit une invitation."
            )
            return redirect("juries:juror_detail", pk=juror.pk)
    return render(request, "juries/jurors/juror_form.html", {"form": form}, status=status_of(form))


@require_safe
def juror_detail(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """A juror: unavailable days, employers, declared links, past and coming juries."""
    juror = get_object_or_404(with_history(Juror.objects.visible_to(request.user)), pk=pk)
    seats = Seat.objects.filter(juror=juror).select_related("session").order_by("-session__held_on")
    if not request.user.is_certifier:
        seats = seats.filter(pk__in=Seat.objects.visible_to(request.user))
    context = {
        "juror": juror,
        "account": account_of(juror),
        "days": juror.unavailabilities.filter(ends_on__gte=clock.today()),
        "employers": juror.employers.select_related("structure"),
        "links": juror.links.select_related("structure", "trainee"),
        "seats": [(seat, *participation_of(seat)) for seat in seats],
        "may_edit": can_plan_juries(request.user),
        "is_me": juror.user_id == request.user.pk,
    }
    return render(request, "juries/jurors/juror_detail.html", context)


@require_POST
def juror_invite(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    juror = _fetch(request, pk)
    _refuse_but_planner(request)
    with refusal_in_messages(request):
        invite_juror_again(juror=juror, by=request.user)
        messages.success(request, f"Un nouveau lien part à {juror.user.email}, valable 14 jours.")
    return redirect("juries:juror_detail", pk=juror.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def juror_edit(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    juror = _fetch(request, pk)
    _refuse_but_planner(request)
    form = JurorChangeForm.of(juror, sent(request))
    if form.is_valid():
        with refusal_in_form(form):
            change_juror(juror=juror, by=request.user, **form.cleaned_data)
            messages.success(request, f"La fiche de {juror} est à jour.")
            return redirect("juries:juror_detail", pk=juror.pk)
    context = {"form": form, "juror": juror}
    return render(request, "juries/jurors/juror_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def juror_link_add(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """A juror declares a link; the certifier may record it for them."""
    juror = _fetch(request, pk)
    form = LinkForm(sent(request), trainees=_trainees_to_name(request.user))
    if form.is_valid():
        with refusal_in_form(form):
            declare_link(juror=juror, by=request.user, **form.cleaned_data)
            messages.success(request, "Le lien est déclaré : il empêche de juger les personnes concernées.")
            return redirect("juries:juror_detail", pk=juror.pk)
    context = {"form": form, "juror": juror, "is_me": juror.user_id == request.user.pk}
    return render(request, "juries/jurors/juror_link_form.html", context, status=status_of(form))


def _trainees_to_name(user):
    """The candidates that this person already sees: nobody learns a name by declaring a link."""
    candidates = Candidate.objects.visible_to(user).filter(is_open=True)
    return Trainee.objects.filter(enrollments__candidacies__in=candidates).distinct()


def _fetch(request: AuthenticatedHttpRequest, pk: UUID) -> Juror:
    return get_object_or_404(Juror.objects.visible_to(request.user).select_related("user"), pk=pk)


def _refuse_but_planner(request: AuthenticatedHttpRequest) -> None:
    if not can_plan_juries(request.user):
        raise PermissionDenied("Le vivier des jurés est tenu par le certificateur.")
