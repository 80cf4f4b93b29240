from .photos import MOST_PHOTOS, add_photo, remove_photo
from .texts import change_sheet, return_sheet, submit_sheet, validate_sheet, write_sheet

__all__ = [
    "MOST_PHOTOS",
    "add_photo",
    "change_sheet",
    "remove_photo",
    "return_sheet",
    "submit_sheet",
    "validate_sheet",
    "write_sheet",
]
