"""How a juror comes in for the day of a session, and for that session alone."""

from juries.services.jury_day.access.codes import ask_code, enter_by_code
from juries.services.jury_day.access.links import DayLink, enter_by_link, find_link, make_links
from juries.services.jury_day.access.logins import live_login, revoke_access, ways_in

__all__ = [
    "DayLink",
    "ask_code",
    "enter_by_code",
    "enter_by_link",
    "find_link",
    "live_login",
    "make_links",
    "revoke_access",
    "ways_in",
]
