"""What a page weighs when it is first opened, all that it brings with it: as compressed as a proxy sends it."""

import gzip
import re

from tests.web.conftest import ROOT
from tests.web.person import vignette, walk


def weight(walker, address):
    """Return the bytes of a page and of every file that it names."""
    page = walker.client.get(address).data
    files = set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', page))
    assert len(files) >= 3, "a style sheet, a script and an icon"
    bodies = [page, *((ROOT / file.decode().lstrip("/")).read_bytes() for file in files)]
    return sum(len(gzip.compress(body)) for body in bodies)


def test_a_question_weighs_less_than_14_kilobytes_and_where_things_stand_less_than_30(walker, edition):
    weights, answers = {}, vignette(edition, "dark_thoughts_and_an_emergency")
    walk(walker, edition, answers, lambda page: weights.update({page.path: weight(walker, page.path)}))

    assert len(weights) > 40
    assert max(weights.values()) < 14_000, weights
    assert weight(walker, "/outcome") < 30_000
