from dataclasses import dataclass


@dataclass(frozen=True)
class PdfSignature:
    """The state of the signature inside a file.

    `claimed`: the file carries a signature with our certificate. `is_valid`: ours, over every byte of the file.
    `is_foreign`: it carries only the signature of somebody else.
    """

    claimed: bool = False
    is_valid: bool = False
    is_foreign: bool = False

    @property
    def word(self) -> str:
        """Read by other programs: it never changes."""
        if self.is_valid:
            return "intact"
        if self.claimed:
            return "broken"
        return "foreign" if self.is_foreign else "none"


NO_SIGNATURE = PdfSignature()
