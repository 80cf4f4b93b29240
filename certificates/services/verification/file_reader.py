"""What a file that anybody sends may tell, read without trusting it and without a PDF parser.

A parser follows what the file says of itself: tables that point in circles, lengths that lie, one megabyte
that inflates into thousands. Here the bytes are walked once, from the first to the last; what is compressed
is inflated up to a limit, and only two things are looked for: codes, and the facts attached to our files. Nothing
read here makes a file genuine: it leads to the line of the register that the file is compared with.
"""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from certificates.documents.credentials.certificate_payload import FACTS_FORMAT
from certificates.models.register import CODE_ALPHABET, CODE_LENGTH

MOST_BYTES = 5 * 1024 * 1024
"""What a file may weigh: ours weigh a tenth of it."""

MOST_STREAMS = 1_000
MOST_INFLATED = 16 * 1024 * 1024
"""What is inflated of one file, all in all."""

MOST_CODES = 2
"""A file is one try: one that carries a thousand codes must not be a thousand tries."""

MOST_FACTS = 4
"""Versions of its facts that one file may carry: an addition at its end brings another."""

LONGEST_FACTS = 64 * 1024
HEADER_WITHIN = 1024
_CODE = rb"([%s]{%d})(?![0-9A-Za-z])" % (CODE_ALPHABET.encode(), CODE_LENGTH)
_WRITTEN_CODE = re.compile(rb'(?:/verifier/|"code"[ \t]{0,8}:[ \t]{0,8}")' + _CODE)
_FORMAT = FACTS_FORMAT.encode()
_HEX_STRING = re.compile(rb"<([0-9A-Fa-f]{80,2000})>")


@dataclass(frozen=True)
class Reading:
    """What the bytes of a file show: whether it may be a PDF, whether a password locks it, what it carries.

    `facts` are the words of the file, of any shape, from the first version to the last.
    """

    is_pdf: bool
    is_locked: bool = False
    codes: tuple[str, ...] = ()
    facts: tuple[dict[str, Any], ...] = ()


def read(content: bytes) -> Reading:
    """Read at most `MOST_BYTES`, in a time and a memory that depend on nothing that the file says."""
    content = content[:MOST_BYTES]
    codes: list[str] = []
    facts: list[dict[str, Any]] = []
    for piece in _pieces(content):
        if len(codes) < MOST_CODES:
            codes += [code for code in _codes_in(piece) if code not in codes]
        if len(facts) < MOST_FACTS and _FORMAT in piece[:LONGEST_FACTS]:
            facts += _facts_in(piece)
    return Reading(
        is_pdf=b"%PDF-" in content[:HEADER_WITHIN],
        is_locked=b"/Encrypt" in content,
        codes=tuple(codes[:MOST_CODES]),
        facts=tuple(facts),
    )


def _pieces(content: bytes) -> Iterator[bytes]:
    """The streams of a file, opened where they are compressed; then the file as it stands."""
    left = MOST_INFLATED
    for stream in _streams(content):
        try:
            inflating = zlib.decompressobj()
            piece = inflating.decompress(stream, left)
        except zlib.error:  # not compressed this way, or damaged
            if len(stream) <= LONGEST_FACTS:
                yield bytes(stream)
            continue
        yield piece
        left -= len(piece)
        if left <= 0:
            break
    yield content


def _streams(content: bytes) -> Iterator[memoryview]:
    """Each stretch between « stream » and the next « endstream »: none overlaps another, so one pass sees all."""
    view = memoryview(content)
    at = 0
    for _ in range(MOST_STREAMS):
        start = content.find(b"stream", at)
        while start > 2 and content[start - 3 : start] == b"end":
            start = content.find(b"stream", start + 1)
        if start < 0:
            return
        start += len(b"stream")
        start += 2 if content[start : start + 2] == b"\r\n" else 1
        end = content.find(b"endstream", start)
        if end < 0:
            return
        yield view[start:end]
        at = end + len(b"endstream")


def _facts_in(piece: bytes) -> list[dict[str, Any]]:
    try:
        facts = json.loads(piece[:LONGEST_FACTS])
    except (ValueError, RecursionError):
        return []
    return [facts] if isinstance(facts, dict) and facts.get("format") == FACTS_FORMAT else []


def _codes_in(piece: bytes) -> Iterator[str]:
    """The codes written in the address of a page or in the facts, in the spellings that PDF has for text."""
    yield from _written_in(piece)
    for text in _HEX_STRING.finditer(piece):
        if len(text[1]) % 2 == 0:
            yield from _written_in(bytes.fromhex(text[1].decode()).replace(b"\0", b""))
    if b"\0/\0v\0e\0r" in piece:
        yield from _written_in(piece.replace(b"\0", b""))


def _written_in(text: bytes) -> Iterator[str]:
    return (found[1].decode() for found in _WRITTEN_CODE.finditer(text))
