"""Frameworks and entry, then sheets and dossiers: two lists, so that two people can write at once."""

from tests.access.table import Row

FRAMEWORKS_AND_ENTRY: list[Row] = []

SHEETS_AND_DOSSIERS: list[Row] = []

ROWS = FRAMEWORKS_AND_ENTRY + SHEETS_AND_DOSSIERS
