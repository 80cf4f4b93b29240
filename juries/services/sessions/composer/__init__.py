"""Composing a jury: which dossiers wait, who may sit and why, each rule checked, and the session created."""

from juries.services.sessions.composer.creating import compose_session
from juries.services.sessions.composer.page_data import ComposerData, ComposerQuery, read_composer_data
from juries.services.sessions.composer.ranking import JurorOption
from juries.services.sessions.composer.ready_dossiers import ReadyDossiers, read_ready_dossiers
from juries.services.sessions.composer.replacing import next_jurors

__all__ = [
    "ComposerData",
    "ComposerQuery",
    "JurorOption",
    "ReadyDossiers",
    "compose_session",
    "next_jurors",
    "read_composer_data",
    "read_ready_dossiers",
]
