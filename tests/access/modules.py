"""All the rows of the access table."""

from tests.access import (
    rows_accounts,
    rows_cqp,
    rows_entry,
    rows_evaluations,
    rows_juries,
    rows_juries_day,
    rows_months,
    rows_structures,
    rows_trainees,
)
from tests.access.table import Row

MODULES = (
    rows_accounts,
    rows_structures,
    rows_trainees,
    rows_months,
    rows_evaluations,
    rows_entry,
    rows_juries,
    rows_juries_day,
    rows_cqp,
)
ROWS: list[Row] = [row for module in MODULES for row in module.ROWS]
