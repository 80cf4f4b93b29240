from juries.services.results.minutes.closing import close_deliberation
from juries.services.results.minutes.composing import preview_minutes
from juries.services.results.minutes.files import download_minutes
from juries.services.results.minutes.signing import missing_signatures, sign_minutes

__all__ = [
    "close_deliberation",
    "download_minutes",
    "missing_signatures",
    "preview_minutes",
    "sign_minutes",
]
