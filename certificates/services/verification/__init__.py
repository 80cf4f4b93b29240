"""The public verification of a certificate: by its code, by its file, by a statement made earlier."""

from certificates.services.verification.messages import label_of, sentences_of, state_label, tone_of
from certificates.services.verification.results import VerificationResult, result_for_code, result_for_file
from certificates.services.verification.serializers import (
    public_details,
    serialize_result,
    serialize_statement,
)
from certificates.services.verification.statements import Statement, read_statement, sign_statement

__all__ = [
    "Statement",
    "VerificationResult",
    "label_of",
    "public_details",
    "read_statement",
    "result_for_code",
    "result_for_file",
    "sentences_of",
    "serialize_result",
    "serialize_statement",
    "sign_statement",
    "state_label",
    "tone_of",
]
