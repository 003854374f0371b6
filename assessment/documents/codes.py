"""QR codes, so that a link on paper can be opened with a telephone."""

from functools import cache

import segno


@cache
def drawn(addresses: frozenset[str]) -> dict[str, str]:
    """Return a QR code of each address as inline SVG, with a title that says where it leads.

    They are drawn once, and all together: so those that are kept tell nothing of who was shown which.
    """
    return {each: _drawn(each) for each in addresses}


def _drawn(address: str) -> str:
    code = segno.make(address, error="m")
    svg: str = code.svg_inline(border=2, scale=2, title=f"QR code for {address}", svgclass="qr", lineclass=None)
    return svg
