from .journal import JournalEntry, JournalHead
from .work import Work

__all__ = ["JournalEntry", "JournalHead", "Work"]
