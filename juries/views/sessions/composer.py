"""The composer: from the dossiers that wait to a session with its jury, on one page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.views.requests import AuthenticatedHttpRequest
from core.views.form_actions import refusal_in_form, status_of
from juries.forms.sessions.composer import ComposerForm, FrameForm
from juries.models import CertificationSettings
from juries.services.sessions.composer import compose_session, read_composer_data, read_ready_dossiers
from juries.views.sessions.session_page import refuse_but_planner

FRAGMENTS = {
    "suite": "juries/sessions/composer_rest.html",
    "verification": "juries/sessions/composer_checks.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
def composer(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Propose a jury, check what is ticked by every rule, and create the session.

    A POST writes only with `act=create`; with `check` it shows what the rules say, with `propose` another jury.
    """
    refuse_but_planner(request)
    rules = CertificationSettings.in_force()
    if rules is None:
        return render(request, "juries/sessions/composer_without_rules.html")
    posted = request.method == "POST"
    frame = FrameForm(request.POST if posted else request.GET, waiting=read_ready_dossiers(), rules=rules)
    if not frame.is_valid():
        return render(request, "juries/sessions/composer.html", {"frame": frame, "rules": rules}, status=422)
    act = request.POST.get("act", "check")
    form = ComposerForm(request.POST) if posted else None
    if form and act == "create" and form.is_valid():
        with refusal_in_form(form):
            session = compose_session(by=request.user, **form.cleaned_data)
            messages.success(
                request, "La session est créée avec son jury et ses candidats. Fixez maintenant les horaires."
            )
            return redirect("juries:session_detail", pk=session.pk)
    query = form.query(frame, anew=act == "propose") if form else frame.query
    data = read_composer_data(query, rules)
    if form is None:
        form = ComposerForm(initial=ComposerForm.place_of(data) | {"held_on": data.query.held_on})
    refused = posted and act == "create"
    context = {"frame": frame, "form": form, "data": data, "rules": rules, "refused": refused}
    template = FRAGMENTS.get(request.htmx.target or "") if request.htmx else None
    return render(
        request,
        template or "juries/sessions/composer.html",
        context,
        status=status_of(form) if refused else 200,
    )
