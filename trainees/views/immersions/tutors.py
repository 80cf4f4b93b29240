"""The page of the tutor: no account, one link, three questions."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import StaleState
from core.throttling import address_of, allows
from core.views.form_actions import refusal_in_form, sent, status_of
from trainees.emails import read_tutor_token
from trainees.forms.immersions import TutorForm
from trainees.models import TutorAppraisal
from trainees.services.immersions.tutors import answer_as_tutor

TRIES_PER_MINUTE = 20


def unlisted(view: Callable) -> Callable:
    """Keep the page out of search engines and its address out of Referer: the address gives access."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # « no-referrer » would send « Origin: null » with the form, which the protection of forms refuses.
        response["Referrer-Policy"] = "strict-origin"
        return response

    return wrapped


@login_not_required
@never_cache
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def tutor_appraise(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the three questions while the link is open; say thank you, or what to do, when it is not."""
    if not allows("tutor", address_of(request), limit=TRIES_PER_MINUTE, seconds=60):
        response = render(request, "trainees/immersions/tutor_throttled.html", status=429)
        response["Retry-After"] = "60"
        return response
    appraisal = read_tutor_token(token)
    if appraisal is None:
        return render(request, "trainees/immersions/tutor_closed.html", status=404)
    if appraisal.answered_at:
        return render(request, "trainees/immersions/tutor_thanks.html", _context(appraisal))
    if not TutorAppraisal.objects.open().filter(pk=appraisal.pk).exists():
        return render(request, "trainees/immersions/tutor_closed.html", _context(appraisal), status=410)
    form = TutorForm(sent(request), initial={"signed_as": appraisal.immersion.tutor_name})
    if form.is_valid():
        with refusal_in_form(form):
            # Another tab that was quicker is no fault: the next page says what became of it.
            with suppress(StaleState):
                answer_as_tutor(appraisal=appraisal, **form.cleaned_data)
            return redirect(request.path)
    return render(
        request,
        "trainees/immersions/tutor_appraise.html",
        _context(appraisal) | {"form": form},
        status=status_of(form),
    )


def _context(appraisal: TutorAppraisal) -> dict:
    """As little about the trainee as the question needs: a first name, an initial, dates and objectives."""
    immersion = appraisal.immersion
    return {
        "appraisal": appraisal,
        "immersion": immersion,
        "name": immersion.enrollment.trainee.discreet_name,
        "structure": immersion.enrollment.structure,
    }
