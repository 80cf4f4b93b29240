from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.formats import joined, shortdate
from accounts.throttling import address_of, allows
from juries.enums import CertificateState
from juries.forms.verification import CodeForm, read_code
from juries.models import Certificate

TRIES_PER_MINUTE = 30


def not_indexed(view: Callable) -> Callable:
    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


@login_not_required
@require_safe
@never_cache
@not_indexed
def verify(request: HttpRequest) -> HttpResponse:
    """One field for the code; a code that has its shape goes on to its own page."""
    form = CodeForm(request.GET) if "code" in request.GET else CodeForm()
    if form.is_bound and form.is_valid():
        return redirect("juries:verify_code", code=form.cleaned_data["code"])
    return render(request, "juries/verify.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_safe
@never_cache
@not_indexed
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the register says of one code: one query, whether the code is known or not."""
    if not allows("verify", address_of(request), limit=TRIES_PER_MINUTE, seconds=60):
        response = render(request, "juries/verify_throttled.html", status=429)
        response["Retry-After"] = "60"
        return response
    code = read_code(code)
    certificate = Certificate.objects.select_related("replaced_by").filter(code=code).first()
    if certificate is None:
        return render(request, "juries/verify_unknown.html", {"code": code, "form": CodeForm()}, status=404)
    word, tone = verdict_on(certificate)
    return render(
        request,
        "juries/verify_code.html",
        {
            "certificate": certificate,
            "word": word,
            "tone": tone,
            "facts": public_facts(certificate),
            "checked_at": clock.now(),
        },
    )


def verdict_on(certificate: Certificate) -> tuple[str, str]:
    """The verdict in words, and its tone. The row is the truth: a file still being drawn changes nothing."""
    if certificate.state == CertificateState.REVOKED:
        return f"Révoqué le {shortdate(certificate.revoked_at)}", "refusal"
    if certificate.state == CertificateState.REPLACED:
        return f"Remplacé par {certificate.replaced_by}", "wait"
    return "Authentique et valide", "ok"


def public_facts(certificate: Certificate) -> list[tuple[str, str]]:
    """What the certificate says and no more; an older code never leads to a newer identity."""
    support = certificate.support_name
    if certificate.rome_codes:
        support += f" (ROME {certificate.rome_codes})"
    return [
        ("Prénoms", certificate.first_names),
        ("Nom de naissance", certificate.birth_name),
        ("Nom d’usage", certificate.usage_name),
        ("Date de naissance", shortdate(certificate.birth_date)),
        ("Certification", certificate.title),
        ("Domaines validés", joined(certificate.domains)),
        ("Support de production", support),
        ("Jury", f"{shortdate(certificate.jury_date)}, {certificate.jury_place}"),
        ("Numéro du registre", certificate.number),
        ("Délivré le", shortdate(certificate.delivered_on)),
        ("Délivré par", certificate.certifier_name),
    ]
