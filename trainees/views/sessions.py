from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.errors import DomainError
from structures.enums import EVALUATING_ROLES
from trainees.enums import EnrollmentState
from trainees.forms.paths import NOT_THERE, WHOLE, CorrectionForm, PresenceForm, SessionForm
from trainees.models import Enrollment, MonthClosing, TrainingSession
from trainees.permissions import can_correct_sessions, can_read_crews
from trainees.services.months import month_name
from trainees.services.sessions import Presence, correct_attendance, log_session, withdraw_session
from trainees.views.doors import attempt, chosen_structure, own_structures, require, sent, status_of

PER_PAGE = 30
TRAINERS_ONLY = "Seules les personnes qui encadrent ou accompagnent notent des séances."
TEAM_ONLY = "Seule l’équipe de la structure corrige ses séances."


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """The sessions of one's structures, newest first, month by month."""
    require(can_read_crews(request.user), "Les séances sont réservées aux équipes des structures.")
    visible = TrainingSession.objects.visible_to(request.user)
    months = [
        (f"{month:%Y-%m}", month_name(month)) for month in visible.dates("held_on", "month", order="DESC")
    ]
    chosen = request.GET.get("mois", "")
    sessions = visible.select_related("structure", "trainer").order_by("-held_on", "-starts_at", "pk")
    sessions = sessions.annotate(
        present=Count("attendances", filter=Q(attendances__minutes__gt=0)),
        noted=Count("attendances"),
        given=Sum("attendances__minutes", default=0),
    )
    if chosen in dict(months):
        year, month = map(int, chosen.split("-"))
        sessions = sessions.filter(held_on__year=year, held_on__month=month)
    context = {
        "page": Paginator(sessions, PER_PAGE).get_page(request.GET.get("page")),
        "months": months,
        "chosen": chosen,
        "may_log": bool(own_structures(request, *EVALUATING_ROLES)),
        "shows_structure": request.user.is_certifier,
    }
    return render(request, "trainees/session_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_log(request: HttpRequest) -> HttpResponse:
    """Write down a session and who was there. `?parcours=<id>` starts with that person alone."""
    structures = own_structures(request, *EVALUATING_ROLES)
    structure = chosen_structure(request, structures, TRAINERS_ONLY)
    crew = list(Enrollment.objects.open().filter(structure=structure).with_people())
    alone = request.GET.get("parcours", "")
    data = sent(request)
    initial = {"held_on": clock.today(), "trainer": request.user, "kind": "individual" if alone else "group"}
    form = SessionForm(data, structure=structure, initial=initial)
    lines = [
        PresenceForm(
            data,
            enrollment=path,
            initial={"status": WHOLE if _is_expected(path, alone) else NOT_THERE},
        )
        for path in crew
    ]
    logged = []
    faulty = [line for line in lines if line.is_bound and not line.is_valid()]

    def act(cleaned: dict) -> None:
        if faulty:
            raise DomainError("Une durée de présence est à corriger dans la liste de l’équipe, plus bas.")
        length = _minutes_between(cleaned["starts_at"], cleaned["ends_at"])
        presences = [
            Presence(line.enrollment, line.minutes_of(length), line.absence)
            for line in lines
            if line.is_noted
        ]
        logged.append(log_session(structure=structure, presences=presences, by=request.user, **cleaned))

    if attempt(form, act):
        messages.success(request, f"La séance « {logged[0].theme} » est notée.")
        return redirect("trainees:session_detail", logged[0].pk)
    context = {"form": form, "lines": lines, "structure": structure, "structures": structures}
    return render(request, "trainees/session_log.html", context, status=status_of(form))


@require_safe
def session_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    session = _visible_session(request, pk)
    attendances = list(session.attendances.select_related("enrollment__trainee", "enrollment__support"))
    signed = set(
        MonthClosing.objects.filter(
            enrollment__attendances__session=session, month=session.held_on.replace(day=1), reopened_at=None
        ).values_list("enrollment_id", flat=True)
    )
    for row in attendances:
        row.is_signed = row.enrollment_id in signed
    context = {
        "session": session,
        "attendances": attendances,
        "present": sum(1 for row in attendances if row.minutes),
        "may_correct": can_correct_sessions(request.user, session.structure),
        "may_withdraw": can_correct_sessions(request.user, session.structure) and not signed,
    }
    return render(request, "trainees/session_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_correct(request: HttpRequest, pk: UUID, path_pk: UUID) -> HttpResponse:
    session = _visible_session(request, pk)
    rows = session.attendances.select_related("enrollment__trainee", "enrollment__structure")
    attendance = get_object_or_404(rows, enrollment=path_pk)
    require(can_correct_sessions(request.user, session.structure), TEAM_ONLY)
    initial = {"minutes": attendance.minutes or "", "absence": attendance.absence}
    form = CorrectionForm(sent(request), initial=initial)

    def act(data: dict) -> None:
        correct_attendance(
            attendance=attendance,
            minutes=data["minutes"] or 0,
            absence=data["absence"],
            reason=data["reason"],
            by=request.user,
        )

    if attempt(form, act):
        messages.success(request, f"La présence de {attendance.enrollment.trainee} est corrigée.")
        return redirect("trainees:session_detail", session.pk)
    context = {"session": session, "attendance": attendance, "form": form}
    return render(request, "trainees/attendance_correct.html", context, status=status_of(form))


@require_POST
def session_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    session = _visible_session(request, pk)
    require(can_correct_sessions(request.user, session.structure), TEAM_ONLY)
    try:
        withdraw_session(session=session, reason=request.POST.get("reason", ""), by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("trainees:session_detail", session.pk)
    messages.success(request, "La séance est retirée, et ses heures avec elle.")
    return redirect("trainees:session_list")


def _visible_session(request: HttpRequest, pk: UUID) -> TrainingSession:
    visible = TrainingSession.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("structure", "trainer"), pk=pk)


def _is_expected(path: Enrollment, alone: str) -> bool:
    """Whether the page supposes this person was there: the one it was asked for, else all who are not paused."""
    return str(path.pk) == alone if alone else path.state == EnrollmentState.ACTIVE


def _minutes_between(start, end) -> int:
    return TrainingSession(held_on=date.min, starts_at=start, ends_at=end).length_minutes
