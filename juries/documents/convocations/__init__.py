"""What a convocation is made of: a letter as PDF, a calendar file, a link to answer. All from its row alone."""

from juries.documents.convocations.wording import changes_between, shown

from .calendar import calendar_file
from .links import answer_link, answer_token, read_answer_token
from .sheet import draw

__all__ = [
    "answer_link",
    "answer_token",
    "calendar_file",
    "changes_between",
    "draw",
    "read_answer_token",
    "shown",
]
