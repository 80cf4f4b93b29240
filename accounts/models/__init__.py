from .invitation import Invitation
from .journal import JournalEntry, JournalHead
from .user import User
from .work import Work

__all__ = ["Invitation", "JournalEntry", "JournalHead", "User", "Work"]
