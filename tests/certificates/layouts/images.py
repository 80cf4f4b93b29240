"""Small images, as somebody would send them."""

from io import BytesIO

from PIL import Image, ImageDraw

from certificates.services.layouts import clean_image


def image(*, size=(600, 240), mode="RGBA", colour="green", kind="PNG", **saved) -> bytes:
    """A disc on a transparent, or white, ground."""
    picture = Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(picture).ellipse((20, 20, size[0] - 20, size[1] - 20), fill=colour)
    written = BytesIO()
    picture.save(written, kind, **saved)
    return written.getvalue()


def png(colour: str = "green") -> bytes:
    """An image as it is kept."""
    content = image(colour=colour)
    return clean_image(BytesIO(content), size=len(content))
