"""What an answer shows of the register: labelled for people, under stable keys for programs."""

from typing import Any

from certificates.documents.credentials.certificate_payload import facts_of
from certificates.documents.credentials.keys import is_throw_away
from certificates.models import Certificate
from certificates.services.verification.messages import sentences_on, word_on
from certificates.services.verification.results import Answer, verdict_on
from certificates.services.verification.statements import Statement
from core.formats import joined, shortdate

FORMAT, STATEMENT_FORMAT = "cqp-verification/1", "cqp-constat/1"
PUBLIC_FACTS = (
    *("number", "title", "certification", "production_support", "rome_codes", "domains", "jury"),
    *("delivered_on", "certifier", "example"),
)
PUBLIC_HOLDER = ("first_names", "birth_name", "usage_name", "birth_date")


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


def told(answer: Answer) -> dict[str, Any]:
    """The answer for a program, under keys that stay: docs/verification-format.md."""
    certificate = answer.certificate
    return {
        "format": FORMAT,
        "verdict": answer.verdict.value,
        "word": word_on(answer),
        "sentence": " ".join(sentences_on(answer)),
        "checked_at": answer.checked_at.isoformat(timespec="seconds"),
        "code": answer.code,
        "file": _file(answer) if answer.sha256 else None,
        "certificate": _certificate(certificate) if certificate else None,
        "demonstration_key": is_throw_away(),
    }


def told_statement(statement: Statement | None) -> dict[str, Any]:
    """What a statement said, and what the register says today, under keys that stay."""
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
        "verdict": statement.verdict.value,
        "verdict_today": statement.answer.verdict.value,
        "code": statement.code,
        "sha256": statement.sha256 or None,
        "certificate": _certificate(certificate) if certificate else None,
        "demonstration_key": is_throw_away(),
    }


def _file(answer: Answer) -> dict[str, Any]:
    return {
        "sha256": answer.sha256,
        "recognised_by": answer.proof or None,
        "signature": answer.signature.word,
        "differences": [
            {"field": one.field, "file": one.said, "register": one.expected} for one in answer.differences
        ],
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    """The public facts, under the names that they have in the facts attached to the file, and the state today."""
    facts = facts_of(certificate)
    revoked, new = certificate.revoked_at, certificate.replaced_by
    return {
        "state": verdict_on(certificate).value,
        "revoked_at": revoked.isoformat(timespec="seconds") if revoked else None,
        "replaced_by": new.number if new else None,
        **{name: facts[name] for name in PUBLIC_FACTS},
        "holder": {name: facts["holder"][name] for name in PUBLIC_HOLDER},
    }
