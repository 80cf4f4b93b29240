from .invitation import InvitationForm
from .journal import JournalSearchForm

__all__ = ["InvitationForm", "JournalSearchForm"]
