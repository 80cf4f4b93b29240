"""Codes and payloads in a file that anybody sends, read without a PDF parser.

A parser follows the tables and lengths of the file, which may be circular, wrong, or inflate one megabyte into
thousands. Here the bytes are scanned once; compressed streams are inflated up to a limit; only codes and the JSON
payloads attached to certificates are looked for. Nothing found here makes a file genuine: it leads to the line of
the register that the file is compared with.
"""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from certificates.documents.credentials.certificate_payload import PAYLOAD_FORMAT
from certificates.models.register import CODE_ALPHABET, CODE_LENGTH

MOST_BYTES = 5 * 1024 * 1024
"""What a file may weigh: ours weigh a tenth of it."""

MOST_STREAMS = 1_000
MOST_INFLATED = 16 * 1024 * 1024
"""What is inflated of one file, all in all."""

MOST_CODES = 2
"""Codes looked up for one file: a file counts as one try, however many codes it carries."""

MOST_PAYLOADS = 4
"""Payloads read in one file: an incremental update of a PDF adds another."""

LONGEST_PAYLOAD = 64 * 1024
HEADER_WITHIN = 1024
_CODE = rb"([%s]{%d})(?![0-9A-Za-z])" % (CODE_ALPHABET.encode(), CODE_LENGTH)
_WRITTEN_CODE = re.compile(rb'(?:/verifier/|"code"[ \t]{0,8}:[ \t]{0,8}")' + _CODE)
_FORMAT = PAYLOAD_FORMAT.encode()
_HEX_STRING = re.compile(rb"<([0-9A-Fa-f]{80,2000})>")


@dataclass(frozen=True)
class ParsedFile:
    """Whether a file may be a PDF, whether a password locks it, the codes and payloads that it carries.

    `payloads` come from the file, of any shape, from the first version to the last.
    """

    is_pdf: bool
    is_locked: bool = False
    codes: tuple[str, ...] = ()
    payloads: tuple[dict[str, Any], ...] = ()


def parse_file(content: bytes) -> ParsedFile:
    """Read at most `MOST_BYTES`, in a time and a memory bounded whatever the file contains."""
    content = content[:MOST_BYTES]
    codes: list[str] = []
    payloads: list[dict[str, Any]] = []
    for piece in _pieces(content):
        if len(codes) < MOST_CODES:
            codes += [code for code in _codes_in(piece) if code not in codes]
        if len(payloads) < MOST_PAYLOADS and _FORMAT in piece[:LONGEST_PAYLOAD]:
            payloads += _payloads_in(piece)
    return ParsedFile(
        is_pdf=b"%PDF-" in content[:HEADER_WITHIN],
        is_locked=b"/Encrypt" in content,
        codes=tuple(codes[:MOST_CODES]),
        payloads=tuple(payloads),
    )


def _pieces(content: bytes) -> Iterator[bytes]:
    """The streams of a file, inflated where they are compressed; then the whole file."""
    left = MOST_INFLATED
    for stream in _streams(content):
        try:
            inflating = zlib.decompressobj()
            piece = inflating.decompress(stream, left)
        except zlib.error:  # not compressed this way, or damaged
            if len(stream) <= LONGEST_PAYLOAD:
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


def _payloads_in(piece: bytes) -> list[dict[str, Any]]:
    try:
        payload = json.loads(piece[:LONGEST_PAYLOAD])
    except (ValueError, RecursionError):
        return []
    return [payload] if isinstance(payload, dict) and payload.get("format") == PAYLOAD_FORMAT else []


def _codes_in(piece: bytes) -> Iterator[str]:
    """The codes written in the address of a page or in the payload, in the spellings that PDF has for text."""
    yield from _written_in(piece)
    for text in _HEX_STRING.finditer(piece):
        if len(text[1]) % 2 == 0:
            yield from _written_in(bytes.fromhex(text[1].decode()).replace(b"\0", b""))
    if b"\0/\0v\0e\0r" in piece:
        yield from _written_in(piece.replace(b"\0", b""))


def _written_in(text: bytes) -> Iterator[str]:
    return (found[1].decode() for found in _WRITTEN_CODE.finditer(text))
