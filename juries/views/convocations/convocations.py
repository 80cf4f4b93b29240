"""The convocations of a session: the state of each, its files, sending it again; and moving the session."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.errors import DomainError
from core.texts import LONGEST_REASON
from core.views.form_actions import refusal_in_form, refusal_in_messages, sent, status_of
from juries.documents.convocations import calendar_file, render_convocation
from juries.enums import CONVOCATIONS, LetterState, SessionState
from juries.forms.convocations import MeetingForm, ReplyForm
from juries.models import JurySession, Letter
from juries.services.convocations.deadlines import convening_notice
from juries.services.convocations.delivery_log import ConvocationRow, convocation_rows, send_again
from juries.services.sessions import change_meeting
from juries.services.sessions.convocation_replies import record_reply
from juries.views.sessions.session_page import fetch_session, refuse_but_planner

MEETING = ("held_on", "venue", "address", "postcode", "city", "directions")


@require_safe
def convocation_list(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Each person convened: sent or not and why, what they answered, their files."""
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    return _show(request, session)


def _show(request: AuthenticatedHttpRequest, session: JurySession, *, status: int = 200) -> HttpResponse:
    rows = convocation_rows(session)
    context = {
        "session": session,
        "rows": rows,
        "counts": _counts(rows),
        "acts": session.state == SessionState.CONVENED,
        "notice": convening_notice(session),
    }
    return render(request, "juries/convocations/convocation_list.html", context, status=status)


def _counts(rows: list[ConvocationRow]) -> list[tuple[str, int]]:
    """How many letters are in each state that needs an act, in the order of the states."""
    order = [
        LetterState.TO_SEND,
        LetterState.FAILED,
        LetterState.SENT,
        LetterState.CONFIRMED,
        LetterState.DECLINED,
    ]
    found = [(state.label, sum(1 for row in rows if row.letter.state == state)) for state in order]
    return [(label, number) for label, number in found if number]


@require_POST
def convocation_resend(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    letter = _fetch(request, pk)
    refuse_but_planner(request)
    with refusal_in_messages(request):
        send_again(letter=letter, by=request.user)
        messages.success(request, f"La convocation de {letter.name} part dans un instant.")
        return redirect("juries:convocation_list", pk=letter.session_id)
    return _show(request, fetch_session(request, letter.session_id), status=409)


@require_POST
def convocation_record_reply(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Record an answer received by telephone."""
    letter = _fetch(request, pk)
    refuse_but_planner(request)
    form = ReplyForm(request.POST)
    with refusal_in_messages(request):
        if not form.is_valid():
            raise DomainError(
                f"Dites si cette personne vient, avec un motif de {LONGEST_REASON} caractères au plus."
            )
        record_reply(letter=letter, coming=form.coming, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"La réponse de {letter.name} est notée.")
        return redirect("juries:convocation_list", pk=letter.session_id)
    return _show(request, fetch_session(request, letter.session_id), status=409)


@require_safe
@never_cache
def convocation_file(request: AuthenticatedHttpRequest, pk: UUID) -> FileResponse:
    """The convocation as a PDF, made again from its row."""
    letter = _fetch_convocation(request, pk)
    name = f"convocation-{letter.session.held_on:%Y-%m-%d}.pdf"
    return FileResponse(BytesIO(render_convocation(letter)), filename=name, content_type="application/pdf")


@require_safe
@never_cache
def convocation_calendar(request: AuthenticatedHttpRequest, pk: UUID) -> FileResponse:
    """The convocation as a calendar file."""
    letter = _fetch_convocation(request, pk)
    name = f"convocation-{letter.session.held_on:%Y-%m-%d}.ics"
    return FileResponse(
        BytesIO(calendar_file(letter)),
        filename=name,
        as_attachment=True,
        content_type="text/calendar; charset=utf-8",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def session_move(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Another day or another place; those who were convened receive a correction."""
    session = fetch_session(request, pk)
    refuse_but_planner(request)
    initial = {name: getattr(session, name) for name in MEETING}
    form = MeetingForm(sent(request), initial=initial)
    if form.is_valid():
        with refusal_in_form(form):
            warning = change_meeting(session=session, by=request.user, **form.cleaned_data)
            messages.success(request, "Le jour et le lieu sont à jour.")
            if warning:
                messages.warning(request, warning)
            return redirect("juries:session_detail", pk=session.pk)
    context = {"session": session, "form": form}
    return render(request, "juries/sessions/session_move.html", context, status=status_of(form))


def _fetch(request: AuthenticatedHttpRequest, pk: UUID) -> Letter:
    return get_object_or_404(Letter.objects.visible_to(request.user).with_people(), pk=pk)


def _fetch_convocation(request: AuthenticatedHttpRequest, pk: UUID) -> Letter:
    letter = _fetch(request, pk)
    if letter.kind not in CONVOCATIONS or not letter.content:
        raise Http404("Cette lettre n’est pas une convocation.")
    return letter
