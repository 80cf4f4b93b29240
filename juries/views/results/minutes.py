from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.views.requests import AuthenticatedHttpRequest
from core.formats import counted, joined
from core.views.form_actions import refusal_in_messages
from juries.documents.results.minutes import signature_of, template_context
from juries.enums import Departure, Outcome, ReleaseMode, SessionState
from juries.forms.results.minutes import SignatureForm
from juries.models import JurySession, Minutes
from juries.permissions import can_release, is_seated
from juries.services.results.certificate_checks import check_certificates
from juries.services.results.minutes import (
    download_minutes,
    missing_signatures,
    preview_minutes,
    sign_minutes,
)
from juries.services.results.release import release_results
from juries.views.sessions.session_page import fetch_session, show_session


@require_safe
@never_cache
def minutes_page(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The minutes as composed, who signed, and the button to sign."""
    return _show(request, _fetch(request, pk))


def _show(request: AuthenticatedHttpRequest, minutes: Minutes, *, status: int = 200) -> HttpResponse:
    session = minutes.session
    signatures = [signature_of(row) for row in minutes.signatures.select_related("juror__user")]
    waiting = missing_signatures(minutes)
    mine = next((seat for seat in waiting if seat.juror.user_id == request.user.pk), None)
    signs_last = mine is not None and mine.is_president and len(waiting) > 1
    may_sign = session.state == SessionState.DELIBERATED and mine is not None
    context = {
        **template_context(minutes.content, signatures, minutes.content_sha256),
        "session": session,
        "minutes": minutes,
        "waiting": waiting,
        "signs_now": may_sign and not signs_last,
        "departing": [
            row["name"]
            for row in minutes.content["candidates"]
            if row["departure"] == Departure.UNANIMITY.label
        ],
        "signs_later": may_sign and signs_last,
        **(_last_words(minutes) if may_sign and len(waiting) == 1 else {}),
        "may_release": can_release(request.user, session)
        and session.state == SessionState.DELIBERATED
        and not waiting,
    }
    return render(request, "juries/results/minutes.html", context, status=status)


def _last_words(minutes: Minutes) -> dict[str, object]:
    """What the last signature will do, in a sentence, and whether it publishes."""
    if minutes.session.rules.release_mode != ReleaseMode.AT_LAST_SIGNATURE:
        return {
            "last_words": "Votre signature est la dernière. Le certificateur publie les résultats ensuite."
        }
    if any(row.faults for row in check_certificates(minutes.session)):
        return {
            "last_words": "Votre signature est la dernière, mais un certificat serait mal imprimé : elle ne publie "
            "rien. Le certificateur corrige ce qui est signalé dans « Certificats à venir », puis publie."
        }
    outcomes = [row["outcome"] for row in minutes.content["candidates"]]
    delivered = [
        counted(outcomes.count(outcome), noun)
        for outcome, noun in (
            (Outcome.CERTIFIED, "certificat"),
            (Outcome.PARTIAL, "attestation partielle,attestations partielles"),
        )
        if outcome in outcomes
    ]
    published = f"Votre signature publie {counted(len(outcomes), 'résultat')}"
    words = f"{published} et délivre {joined(delivered)}." if delivered else f"{published}."
    return {"last_words": words, "publishes": True}


@require_safe
@never_cache
def minutes_preview(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The draft of the minutes, for the jury that sits, before the closing makes them final."""
    session = fetch_session(request, pk)
    if session.state != SessionState.OPEN:
        raise Http404
    if not is_seated(request.user, session):
        raise PermissionDenied("L’aperçu du procès-verbal est au jury seul : vous le lirez une fois composé.")
    context = template_context(preview_minutes(session), [])
    return render(request, "juries/results/minutes.html", {**context, "session": session})


@require_POST
def minutes_sign(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Sign in one's own name; the last signature may release the results."""
    session = fetch_session(request, pk)
    if not is_seated(request.user, session):
        raise PermissionDenied("Le procès-verbal est signé par les jurés de cette session.")
    minutes = _fetch(request, pk)
    form = SignatureForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["strokes"])))
        return _show(request, minutes, status=422)
    with refusal_in_messages(request):
        sign_minutes(minutes=minutes, juror=request.user.juror, by=request.user, **form.cleaned_data)
        messages.success(request, "Votre signature est enregistrée.")
        if JurySession.objects.get(pk=session.pk).state == SessionState.RELEASED:
            messages.success(
                request, "C’était la dernière : les résultats sont publiés et les certificats se préparent."
            )
        elif _is_held_back(minutes):
            messages.warning(
                request,
                "Toutes les signatures sont là, mais un certificat serait mal imprimé : rien n’est publié. Le "
                "certificateur corrige ce qui est signalé dans « Certificats à venir », puis publie.",
            )
        return redirect("juries:minutes", pk=session.pk)
    return _show(request, _fetch(request, pk), status=409)


def _is_held_back(minutes: Minutes) -> bool:
    """Signed by all under rules that release at once, and not released: a certificate would print wrong."""
    at_once = minutes.session.rules.release_mode == ReleaseMode.AT_LAST_SIGNATURE
    return at_once and not missing_signatures(minutes)


@require_safe
@never_cache
def minutes_file(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponseBase:
    """The signed PDF; each download is a journal entry."""
    minutes = _fetch(request, pk)
    with refusal_in_messages(request):
        pdf = download_minutes(minutes=minutes, by=request.user)
        name = f"proces-verbal-{minutes.session.held_on:%Y-%m-%d}-{minutes.session.city}.pdf"
        return FileResponse(BytesIO(pdf), filename=name, content_type="application/pdf")
    return _show(request, minutes, status=409)


@require_POST
def session_release(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    session = fetch_session(request, pk)
    if not can_release(request.user, session):
        raise PermissionDenied("Les résultats sont publiés par le certificateur.")
    with refusal_in_messages(request):
        certificates = release_results(session=session, by=request.user)
        number = len(certificates)
        messages.success(request, f"Les résultats sont publiés ; certificats en préparation : {number}.")
        return redirect("juries:session_detail", pk=session.pk)
    return show_session(request, fetch_session(request, pk), status=409)


def _fetch(request: AuthenticatedHttpRequest, pk: UUID) -> Minutes:
    rows = Minutes.objects.filter(session__in=JurySession.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("session__rules"), session_id=pk)
