"""Monthly attendance sheets: what a month holds, signing it, reopening it, its PDF."""

from .closing import close_month, reopen_month
from .content import employers, sheet_content
from .sheets import draw_again, draw_provisional, open_sheet, sheets_set_aside

__all__ = [
    "close_month",
    "draw_again",
    "draw_provisional",
    "employers",
    "open_sheet",
    "reopen_month",
    "sheet_content",
    "sheets_set_aside",
]
