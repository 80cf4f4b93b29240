"""Composing a jury: what is ready, who may sit and why, what each rule says, and the session made in one act."""

from .creating import compose_session
from .desk import Desk, Wish, read_desk
from .replacing import next_jurors
from .waiting import Waiting, read_waiting
from .weighing import Option

__all__ = ["Desk", "Option", "Waiting", "Wish", "compose_session", "next_jurors", "read_desk", "read_waiting"]
