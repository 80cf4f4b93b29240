"""One answer, two readers: a page for people, JSON for programs, at the same address."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from certificates.documents.credentials.keys import is_throw_away
from certificates.enums import Verdict
from certificates.forms.verification import CodeForm, FileForm
from certificates.services.verification import (
    Answer,
    Statement,
    public_facts,
    sentences_on,
    state_word,
    statement_of,
    told,
    told_statement,
    tone_of,
    word_on,
)

MASK = 3
"""One of the eight patterns that any reader of QR codes undoes: trying them all costs more than the code."""

SIZE, HELD = 16, 586
"""The version of the QR code of a statement, and the letters that it holds: the same for every answer, so that
drawing it takes the same time for a code that is known and one that is not."""


def speaks_json(request: HttpRequest) -> bool:
    """The caller prefers JSON to a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def answered(request: HttpRequest, answer: Answer, *, status: int = 200) -> HttpResponse:
    """The verdict, its facts, and the signed statement of both."""
    statement = statement_of(answer)
    address = statement_address(statement) if statement else ""
    if speaks_json(request):
        return _json(told(answer) | {"statement": address or None}, status=status)
    return render(
        request,
        "certificates/verification/verify_answer.html",
        {
            "answer": answer,
            "word": word_on(answer),
            "tone": tone_of(answer),
            "sentences": sentences_on(answer),
            "state": _state_aside(answer),
            "facts": public_facts(answer.certificate) if answer.certificate else [],
            "tells_what_it_should_say": answer.verdict == Verdict.ALTERED and answer.certificate is not None,
            "throw_away_key": bool(address) and is_throw_away(),
            "statement": address,
            "square": _square(address) if address else "",
            **ways(form=CodeForm(is_first=False)),
        },
        status=status,
    )


def statement_shown(request: HttpRequest, statement: Statement | None) -> HttpResponse:
    """A statement that this site signed, or the news that it did not."""
    status = 200 if statement else 404
    if speaks_json(request):
        return _json(told_statement(statement), status=status)
    if statement is None:
        forms = ways(form=CodeForm(is_first=False))
        return render(
            request, "certificates/verification/verify_statement_unknown.html", forms, status=status
        )
    certificate = statement.certificate
    return render(
        request,
        "certificates/verification/verify_statement.html",
        {
            "statement": statement,
            "word": word_on(statement.answer),
            "tone": tone_of(statement.answer),
            "now": _inside_a_sentence(state_word(certificate)) if certificate else "",
            "facts": public_facts(certificate) if certificate else [],
            "throw_away_key": is_throw_away(),
            **ways(form=CodeForm(is_first=False)),
        },
    )


def refused(request: HttpRequest, *, error: str, sentence: str, status: int, **forms: Any) -> HttpResponse:
    """What was sent cannot be verified: the page with its fields, or the reason as JSON."""
    if speaks_json(request):
        return _json({"error": error, "sentence": sentence}, status=status)
    return render(request, "certificates/verification/verify.html", ways(**forms), status=status)


def throttled(request: HttpRequest) -> HttpResponse:
    """Too many tries from one address: one minute, by page or by JSON."""
    if speaks_json(request):
        response: HttpResponse = _json(
            {"error": "throttled", "sentence": "Trop de vérifications\u00a0: attendez une minute."},
            status=429,
        )
    else:
        response = render(request, "certificates/verification/verify_throttled.html", status=429)
    response["Retry-After"] = "60"
    return response


def ways(*, form: CodeForm | None = None, file_form: FileForm | None = None) -> dict[str, Any]:
    """The ways to verify a certificate that every page offers."""
    return {"form": form or CodeForm(), "file_form": file_form or FileForm()}


def statement_address(statement: str) -> str:
    """Where a statement is checked again."""
    return settings.SITE_URL + reverse("certificates:statement", args=[statement])


def _json(value: dict[str, Any], *, status: int) -> JsonResponse:
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _inside_a_sentence(word: str) -> str:
    return word[:1].lower() + word[1:]


def _state_aside(answer: Answer) -> str:
    """The state of a certificate whose copy was altered, when that state matters too."""
    certificate = answer.certificate
    if certificate is None or certificate.stands or not answer.sha256 or answer.proof:
        return ""
    return state_word(certificate)


def _square(address: str) -> str:
    size = SIZE if len(address) <= HELD else None
    return segno.make(
        address, error="l", version=size, boost_error=False, micro=False, mask=MASK
    ).svg_data_uri(border=4, omitsize=True)
