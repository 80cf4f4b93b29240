"""How a juror logs in for the day of a session, and for that session alone."""

from juries.services.jury_day.access.codes import enter_by_code, request_code
from juries.services.jury_day.access.links import DayLink, enter_by_link, find_link, make_links
from juries.services.jury_day.access.logins import accesses_by_juror, live_login, revoke_access

__all__ = [
    "DayLink",
    "accesses_by_juror",
    "enter_by_code",
    "enter_by_link",
    "find_link",
    "live_login",
    "make_links",
    "request_code",
    "revoke_access",
]
