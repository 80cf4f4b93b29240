"""Pictures prepared once and placed in many documents, which WeasyPrint would decode and compress again each time."""

import io
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pydyf
from PIL import Image

MOST_PIXELS = 1200
"""On the longest side of a photograph: 300 dots per inch over ten centimetres."""


@dataclass(frozen=True)
class Picture:
    """A picture as a PDF object, whole and compressed: what WeasyPrint asks of an image, without the work.

    `extra` is what the object says of itself, `mask` the object of its transparency if it has any.
    """

    id: str
    width: float
    height: float
    content: bytes
    extra: tuple[tuple[str, Any], ...]
    mask: "Picture | None" = None

    @classmethod
    def drawn(cls, operators: bytes, *, width: float, height: float) -> "Picture":
        """A drawing made of PDF path operators, y going down from the top left corner."""
        return cls(
            *(f"d{sha256(operators).hexdigest()[:16]}", width, height, zlib.compress(operators)),
            (
                *(("Type", "/XObject"), ("Subtype", "/Form")),
                ("BBox", pydyf.Array((0, 0, width, height))),
                ("Matrix", pydyf.Array((1 / width, 0, 0, -1 / height, 0, 1))),
                ("Filter", "/FlateDecode"),
            ),
        )

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        return self.width / resolution, self.height / resolution, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        name = stream.add_image(self, False, 1)
        stream.transform(width, 0, 0, -height, 0, height)
        stream.draw_x_object(name)

    def get_x_object(self, interpolate: bool = False, dpi_ratio: float = 1) -> pydyf.Stream:
        extra = dict(self.extra)
        if self.mask:
            extra["SMask"] = self.mask.get_x_object()
        return pydyf.Stream([self.content], extra)


def photograph(content: bytes) -> Picture:
    """An image file (PNG, JPEG…) as one picture, made smaller where it holds more than print can show."""
    image = Image.open(io.BytesIO(content))
    image.thumbnail((MOST_PIXELS, MOST_PIXELS))
    identity = f"p{sha256(content).hexdigest()[:16]}"
    transparent = "A" in image.getbands() or "transparency" in image.info
    mask = (
        _pixels(f"{identity}m", image.convert("RGBA").getchannel("A"), "/DeviceGray") if transparent else None
    )
    return _pixels(identity, image.convert("RGBA").convert("RGB"), "/DeviceRGB", mask)


def _pixels(identity: str, image: Image.Image, colours: str, mask: Picture | None = None) -> Picture:
    entries = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": image.width,
        "Height": image.height,
        "ColorSpace": colours,
        "BitsPerComponent": 8,
        "Filter": "/FlateDecode",
    }
    return Picture(
        identity, image.width, image.height, zlib.compress(image.tobytes(), 9), tuple(entries.items()), mask
    )
