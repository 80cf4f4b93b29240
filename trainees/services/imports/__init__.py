"""A promotion enrolled from a spreadsheet: all of its lines, or none."""

from trainees.services.imports.columns import COLUMNS, model_file
from trainees.services.imports.encodings import EIGHT_BITS, AmbiguousLetters
from trainees.services.imports.promotion import (
    Fault,
    ImportRefused,
    Promotion,
    PromotionRow,
    import_promotion,
    read_promotion,
)
from trainees.services.imports.tables import MOST_BYTES

__all__ = [
    "COLUMNS",
    "EIGHT_BITS",
    "MOST_BYTES",
    "AmbiguousLetters",
    "Fault",
    "ImportRefused",
    "Promotion",
    "PromotionRow",
    "import_promotion",
    "model_file",
    "read_promotion",
]
