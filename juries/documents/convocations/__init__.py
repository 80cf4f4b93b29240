"""What a convocation is made of: a letter as PDF, a calendar file, a link to answer. All from its row alone."""

from juries.documents.convocations.wording import changes_between, displayed

from .calendar import calendar_file
from .links import read_reply_token, reply_link, reply_token
from .sheet import render_convocation

__all__ = [
    "calendar_file",
    "changes_between",
    "displayed",
    "read_reply_token",
    "render_convocation",
    "reply_link",
    "reply_token",
]
