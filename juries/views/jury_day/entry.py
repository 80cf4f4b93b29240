"""How a juror logs in on the day: a code asked here and received by e-mail, or a link shown as a QR code."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.throttling import address_of, allows
from core.views.form_actions import refusal_in_form, sent, status_of
from juries.forms.jury_day.access import CodeForm, CodeRequestForm
from juries.middleware import LOGIN
from juries.models import DayAccess
from juries.services.jury_day.access import enter_by_code, enter_by_link, find_link, request_code
from juries.services.jury_day.access.links import OVER

ASKED = "jury_day_address"
"""The session remembers the address between the two pages, so that it is typed once."""

TRIES = {"limit": 100, "seconds": 600}
"""By network address: a whole jury may sit behind one."""

LETTERS = {"limit": 3, "seconds": 600}
"""By e-mail address, known or not, and network address: nobody uses up what another may ask."""

ALL_LETTERS = {"limit": 6, "seconds": 600}
"""By e-mail address, wherever they are asked from: a mailbox is not flooded, and its codes stay valid."""

GUESSES = {"limit": 5, "seconds": 600}
"""By e-mail address and network address."""

TOO_MANY = "Trop d’essais en peu de temps depuis cet endroit. Attendez dix minutes, puis recommencez."
TOO_MANY_LETTERS = (
    "Trois codes ont été demandés d’ici pour cette adresse : ceux qui sont arrivés servent encore. Pour un autre, "
    "attendez dix minutes, ou demandez un QR code à la présidence."
)
TOO_MANY_GUESSES = (
    "Cinq codes ont été essayés d’ici pour cette adresse. Attendez dix minutes, puis recopiez le dernier reçu, ou "
    "demandez un QR code à la présidence."
)
SENT = (
    "Si cette adresse est celle d’un juré qui siège aujourd’hui, un code y est, ou y arrive. "
    "Rien dans la boîte au bout d’une minute ? Regardez les indésirables, ou demandez un QR code à la présidence."
)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def day_ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the day. The answer is the same whoever asks."""
    form = CodeRequestForm(sent(request))
    if request.method == "POST" and not allows("jury-day", address_of(request), **TRIES):
        form.add_error(None, TOO_MANY)
        return render(request, "juries/jury_day/day_ask.html", {"form": form}, status=429)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not allows("jury-day-letter", _here(request, email), **LETTERS):
            form.add_error(None, TOO_MANY_LETTERS)
            return render(request, "juries/jury_day/day_ask.html", {"form": form}, status=429)
        if allows("jury-day-letter", email.lower(), **ALL_LETTERS):
            request_code(email=email)
        request.session[ASKED] = email
        messages.info(request, SENT)
        return redirect("juries:day_code")
    return render(request, "juries/jury_day/day_ask.html", {"form": form}, status=status_of(form))


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def day_code(request: HttpRequest) -> HttpResponse:
    """The code received by e-mail: it opens the session of the day, once."""
    initial = {"email": request.session.get(ASKED, "")}
    form = CodeForm(sent(request), initial=initial)
    if request.method == "POST" and not allows("jury-day", address_of(request), **TRIES):
        form.add_error(None, TOO_MANY)
        return render(request, "juries/jury_day/day_code.html", {"form": form}, status=429)
    if form.is_valid():
        if not allows("jury-day-guess", _here(request, form.cleaned_data["email"]), **GUESSES):
            form.add_error(None, TOO_MANY_GUESSES)
            return render(request, "juries/jury_day/day_code.html", {"form": form}, status=429)
        with refusal_in_form(form):
            return _let_in(request, enter_by_code(**form.cleaned_data))
    return render(request, "juries/jury_day/day_code.html", {"form": form}, status=status_of(form))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def day_link(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of a QR code: it names the juror and the session, and a button logs in."""
    if not allows("jury-day", address_of(request), **TRIES):
        return render(request, "juries/jury_day/day_over.html", {"sentence": TOO_MANY}, status=429)
    if request.method == "POST":
        try:
            return _let_in(request, enter_by_link(secret=secret))
        except DomainError as error:
            return render(request, "juries/jury_day/day_over.html", {"sentence": error.message}, status=410)
    access = find_link(secret=secret)
    if access is None:
        return render(request, "juries/jury_day/day_over.html", {"sentence": OVER}, status=410)
    return render(request, "juries/jury_day/day_link.html", {"access": access})


def _here(request: HttpRequest, email: str) -> str:
    return f"{address_of(request)}:{email.lower()}"


def _let_in(request: HttpRequest, access: DayAccess) -> HttpResponse:
    """Open a login that contains nothing of the one before, and ends with the day."""
    logout(request)
    login(request, access.juror.user)
    request.session[LOGIN] = {"access": str(access.pk), "entry": access.entries}
    request.session.set_expiry(access.expires_at)
    return redirect("juries:jury_day", pk=access.session_id)
