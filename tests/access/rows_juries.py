"""Sessions and deliberations, then certificates and their verification."""

from tests.access.table import Row

SESSIONS: list[Row] = []

CERTIFICATES: list[Row] = []

ROWS = SESSIONS + CERTIFICATES
