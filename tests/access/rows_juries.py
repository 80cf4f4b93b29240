"""Sessions and deliberations, then certificates and their verification."""

from tests.access.rows_certificates import ROWS as CERTIFICATES
from tests.access.table import Row

SESSIONS: list[Row] = []

ROWS = SESSIONS + CERTIFICATES
