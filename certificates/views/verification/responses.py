"""The responses of the verification: a page for people or JSON for programs, at the same address."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from certificates.documents.credentials.keys import is_demonstration_key
from certificates.enums import VerificationStatus
from certificates.forms.verification import CodeForm, FileForm
from certificates.services.verification import (
    Statement,
    VerificationResult,
    label_of,
    public_details,
    sentences_of,
    serialize_result,
    serialize_statement,
    sign_statement,
    state_label,
    tone_of,
)

MASK = 3
"""One of the eight patterns that any reader of QR codes undoes: trying them all costs more than the code."""

QR_VERSION, CAPACITY = 16, 586
"""The version of the QR code of a statement, and the characters that it holds: the same for every result, so that
making it takes the same time for a code that is known and one that is not."""


def prefers_json(request: HttpRequest) -> bool:
    """Whether the caller prefers JSON to a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def result_response(request: HttpRequest, result: VerificationResult, *, status: int = 200) -> HttpResponse:
    """A result, the public values of the certificate, and the signed statement."""
    statement = sign_statement(result)
    address = statement_address(statement) if statement else ""
    if prefers_json(request):
        return _json(serialize_result(result) | {"statement": address or None}, status=status)
    return render(
        request,
        "certificates/verification/verify_result.html",
        {
            "result": result,
            "label": label_of(result),
            "tone": tone_of(result),
            "sentences": sentences_of(result),
            "state": _state_note(result),
            "details": public_details(result.certificate) if result.certificate else [],
            "shows_expected": result.status == VerificationStatus.ALTERED and result.certificate is not None,
            "is_demonstration": bool(address) and is_demonstration_key(),
            "statement": address,
            "qr_code": _statement_qr_code(address) if address else "",
            **verification_forms(form=CodeForm(is_first=False)),
        },
        status=status,
    )


def statement_response(request: HttpRequest, statement: Statement | None) -> HttpResponse:
    """A statement that this site signed, or 404."""
    status = 200 if statement else 404
    if prefers_json(request):
        return _json(serialize_statement(statement), status=status)
    if statement is None:
        forms = verification_forms(form=CodeForm(is_first=False))
        return render(
            request, "certificates/verification/verify_statement_unknown.html", forms, status=status
        )
    certificate = statement.certificate
    return render(
        request,
        "certificates/verification/verify_statement.html",
        {
            "statement": statement,
            "label": label_of(statement.result),
            "tone": tone_of(statement.result),
            "state_today": _inside_a_sentence(state_label(certificate)) if certificate else "",
            "details": public_details(certificate) if certificate else [],
            "is_demonstration": is_demonstration_key(),
            **verification_forms(form=CodeForm(is_first=False)),
        },
    )


def refusal_response(
    request: HttpRequest, *, error: str, sentence: str, status: int, **forms: Any
) -> HttpResponse:
    """What was sent cannot be verified: the page with its forms, or the reason as JSON."""
    if prefers_json(request):
        return _json({"error": error, "sentence": sentence}, status=status)
    return render(
        request, "certificates/verification/verify.html", verification_forms(**forms), status=status
    )


def throttled_response(request: HttpRequest) -> HttpResponse:
    """429: too many tries from one address in one minute."""
    if prefers_json(request):
        response: HttpResponse = _json(
            {"error": "throttled", "sentence": "Trop de vérifications\u00a0: attendez une minute."},
            status=429,
        )
    else:
        response = render(request, "certificates/verification/verify_throttled.html", status=429)
    response["Retry-After"] = "60"
    return response


def verification_forms(*, form: CodeForm | None = None, file_form: FileForm | None = None) -> dict[str, Any]:
    """The forms of verification that every page shows."""
    return {"form": form or CodeForm(), "file_form": file_form or FileForm()}


def statement_address(statement: str) -> str:
    """Where a statement is checked again."""
    return settings.SITE_URL + reverse("certificates:statement", args=[statement])


def _json(value: dict[str, Any], *, status: int) -> JsonResponse:
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _inside_a_sentence(word: str) -> str:
    return word[:1].lower() + word[1:]


def _state_note(result: VerificationResult) -> str:
    """The state of a certificate whose copy was altered, when that state matters too."""
    certificate = result.certificate
    if certificate is None or certificate.is_valid or not result.sha256 or result.recognised_by:
        return ""
    return state_label(certificate)


def _statement_qr_code(address: str) -> str:
    version = QR_VERSION if len(address) <= CAPACITY else None
    return segno.make(
        address, error="l", version=version, boost_error=False, micro=False, mask=MASK
    ).svg_data_uri(border=4, omitsize=True)
