"""Monthly attendance sheets: what a month holds, signing it, reopening it, its PDF."""

from .closing import close_month, reopen_month
from .content import employers, sheet_content
from .names import first_of, last_of, month_name, next_month, of_month
from .reading import Month, read_history, read_month, read_months
from .sheets import draw_again, draw_provisional, open_sheet, sheets_set_aside

__all__ = [
    "Month",
    "close_month",
    "draw_again",
    "draw_provisional",
    "employers",
    "first_of",
    "last_of",
    "month_name",
    "next_month",
    "of_month",
    "open_sheet",
    "read_history",
    "read_month",
    "read_months",
    "reopen_month",
    "sheet_content",
    "sheets_set_aside",
]
