from trainees.views.sessions.detail import session_detail

from .corrections import attendance_correct, session_withdraw
from .lists import session_list
from .planning import session_cancel, session_change, session_plan
from .rolls import session_hold, session_log

__all__ = [
    "attendance_correct",
    "session_cancel",
    "session_change",
    "session_detail",
    "session_hold",
    "session_list",
    "session_log",
    "session_plan",
    "session_withdraw",
]
