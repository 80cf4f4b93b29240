"""What anybody learns of a certificate: by its code, by its file, by a statement made earlier."""

from certificates.services.verification.messages import sentences_on, state_word, tone_of, word_on
from certificates.services.verification.results import Answer, answer_for_code, answer_for_file
from certificates.services.verification.serializers import public_facts, told, told_statement
from certificates.services.verification.statements import Statement, read_statement, statement_of

__all__ = [
    "Answer",
    "Statement",
    "answer_for_code",
    "answer_for_file",
    "public_facts",
    "read_statement",
    "sentences_on",
    "state_word",
    "statement_of",
    "told",
    "told_statement",
    "tone_of",
    "word_on",
]
