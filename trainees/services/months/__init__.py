"""Monthly attendance sheets: what a month holds, signing it, reopening it, its PDF."""

from .closing import close_month, reopen_month
from .content import employers, sheet_content
from .sheets import open_sheet, render_provisional_sheet, retry_rendering, sheets_set_aside

__all__ = [
    "close_month",
    "employers",
    "open_sheet",
    "render_provisional_sheet",
    "reopen_month",
    "retry_rendering",
    "sheet_content",
    "sheets_set_aside",
]
