"""Composing a jury: what is ready, who may sit and why, what each rule says, and the session made in one act."""

from juries.services.sessions.composer.creating import compose_session
from juries.services.sessions.composer.page_data import Desk, Wish, read_desk
from juries.services.sessions.composer.ranking import Option
from juries.services.sessions.composer.ready_dossiers import Waiting, read_waiting
from juries.services.sessions.composer.replacing import next_jurors

__all__ = ["Desk", "Option", "Waiting", "Wish", "compose_session", "next_jurors", "read_desk", "read_waiting"]
