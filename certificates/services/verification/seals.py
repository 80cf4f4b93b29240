"""The word of the certifier's signature on a file."""

from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Seal:
    """`claimed`: the file carries a signature with our certificate. `holds`: ours, over every byte of the file.

    `is_foreign`: it carries only the signature of somebody else.
    """

    claimed: bool = False
    holds: bool = False
    is_foreign: bool = False

    @property
    def word(self) -> str:
        """Read by other programs: it stays."""
        if self.holds:
            return "intact"
        if self.claimed:
            return "broken"
        return "foreign" if self.is_foreign else "none"


NO_SEAL = Seal()


def seal_of(content: bytes) -> Seal:
    """The signature of the certifier on a file; without a key to compare with, none is recognised."""
    if b"/ByteRange" not in content:
        return NO_SEAL
    # pyHanko is slow to load, and most pages of the web server never need it.
    return import_module("certificates.services.verification.signatures").check(content)
