"""Square codes that a camera reads."""

from base64 import b64encode
from io import BytesIO

import qrcode  # type: ignore[import-untyped] # comes with allauth
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped] # the same


def code_svg(text: str) -> str:
    """Black on white whatever the theme: a camera needs the contrast."""
    buffer = BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage).save(buffer)
    return buffer.getvalue().decode()


def code_address(text: str) -> str:
    """The same as the address of an image, inside the page."""
    return f"data:image/svg+xml;base64,{b64encode(code_svg(text).encode()).decode()}"
