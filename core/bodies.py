"""How much a request may send, whatever the view that reads it."""

from django.http import HttpRequest

MOST_SENT = 16 * 1024 * 1024
"""Bytes of a whole request: a photo of 10 MB or the two images of a layout, and the fields beside them."""

DRAINED = 4
"""How many times the limit is read and thrown away of a body too large: the answer is heard before the line is cut."""

PIECE = 64 * 1024


def announced_bytes(request: HttpRequest) -> int:
    """What the request says it sends; a server reads no more of it, and nothing when it does not say."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isdecimal() else 0


def drain(request: HttpRequest, most: int) -> None:
    """Read and throw away a body of more than `most` bytes, up to a few times as many."""
    for _ in range(DRAINED * most // PIECE):
        if not request.read(PIECE):
            return
