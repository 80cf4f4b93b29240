"""What anybody learns of a certificate: by its code, by its file, by a statement made earlier."""

from juries.services.verification.answers import Answer, answer_for_code, answer_for_file
from juries.services.verification.statements import Statement, read_statement, statement_of
from juries.services.verification.told import public_facts, told, told_statement
from juries.services.verification.words import sentences_on, state_word, tone_of, word_on

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
