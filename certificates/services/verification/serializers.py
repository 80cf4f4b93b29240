"""The public values of a result: labelled for people, under stable keys for programs."""

from typing import Any

from certificates.documents.credentials.certificate_payload import certificate_payload
from certificates.documents.credentials.keys import is_demonstration_key
from certificates.models import Certificate
from certificates.services.verification.messages import label_of, sentences_of
from certificates.services.verification.results import VerificationResult, status_of
from certificates.services.verification.statements import Statement
from core.formats import joined, shortdate

FORMAT, STATEMENT_FORMAT = "cqp-verification/1", "cqp-constat/1"
PUBLIC_KEYS = (
    *("number", "title", "certification", "production_support", "rome_codes", "domains", "jury"),
    *("delivered_on", "certifier", "example"),
)
PUBLIC_HOLDER_KEYS = ("first_names", "birth_name", "usage_name", "birth_date")


def public_details(certificate: Certificate) -> list[tuple[str, str]]:
    """The values that the verification shows, with their labels. An older code never leads to a newer identity."""
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


def serialize_result(result: VerificationResult) -> dict[str, Any]:
    """The result for a program, under keys that never change: docs/verification-format.md."""
    certificate = result.certificate
    return {
        "format": FORMAT,
        "verdict": result.status.value,
        "word": label_of(result),
        "sentence": " ".join(sentences_of(result)),
        "checked_at": result.checked_at.isoformat(timespec="seconds"),
        "code": result.code,
        "file": _file(result) if result.sha256 else None,
        "certificate": _certificate(certificate) if certificate else None,
        "demonstration_key": is_demonstration_key(),
    }


def serialize_statement(statement: Statement | None) -> dict[str, Any]:
    """A statement and the state of its certificate today, under keys that never change."""
    if statement is None:
        return {
            "format": STATEMENT_FORMAT,
            "genuine": False,
            "sentence": "Ce constat ne vient pas de ce site.",
        }
    certificate = statement.certificate
    return {
        "format": STATEMENT_FORMAT,
        "genuine": True,
        "stated_at": statement.stated_at.isoformat(timespec="seconds"),
        "verdict": statement.status.value,
        "verdict_today": statement.result.status.value,
        "code": statement.code,
        "sha256": statement.sha256 or None,
        "certificate": _certificate(certificate) if certificate else None,
        "demonstration_key": is_demonstration_key(),
    }


def _file(result: VerificationResult) -> dict[str, Any]:
    return {
        "sha256": result.sha256,
        "recognised_by": result.recognised_by or None,
        "signature": result.signature.word,
        "differences": [
            {"field": one.field, "file": one.found, "register": one.expected} for one in result.differences
        ],
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    """The public values, under their names in the payload attached to the file, and the state today."""
    payload = certificate_payload(certificate)
    revoked, new = certificate.revoked_at, certificate.replaced_by
    return {
        "state": status_of(certificate).value,
        "revoked_at": revoked.isoformat(timespec="seconds") if revoked else None,
        "replaced_by": new.number if new else None,
        **{name: payload[name] for name in PUBLIC_KEYS},
        "holder": {name: payload["holder"][name] for name in PUBLIC_HOLDER_KEYS},
    }
