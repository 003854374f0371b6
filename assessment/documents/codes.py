"""QR codes, so that a link on paper can be opened with a telephone."""

import segno


def qr(address: str) -> str:
    """Return a QR code of an address as inline SVG, with a title that says where it leads."""
    code = segno.make(address, error="m")
    svg: str = code.svg_inline(border=2, scale=2, title=f"QR code for {address}", svgclass="qr", lineclass=None)
    return svg
