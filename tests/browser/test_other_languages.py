"""Pages in a language that is made from English: longer, in brackets, from right to left. Nothing was forgotten."""

from dataclasses import replace

import pytest

from tests.browser.conftest import served
from tests.browser.looks import cut_off, runs_out, violations
from tests.browser.states import STATES, met
from tests.web.conftest import SHIPPED, make_app

OTHER = "/qps"
NOBODYS = "html-lang-valid"  # nobody speaks it, so it is on no list of languages
WITH_AXE = {"start", "a number", "outcome, worst", "help, everywhere"}
THERE = [replace(each, path=OTHER + each.path) for each in STATES if not each.did]

OUTSIDE = """
() => {
  const found = [];
  const letters = /[a-z]/i;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let depth = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("script, style")) continue;
    let outside = "";
    for (const sign of node.data) {
      if (sign === "⟦") depth += 1;
      else if (sign === "⟧") depth -= 1;
      else if (!depth) outside += sign;
    }
    if (letters.test(outside) && !node.parentElement.closest("[lang=en]") && !/^\\S+\\.\\S+$/.test(outside.trim()))
      found.push(outside.trim());
  }
  for (const name of ["aria-label", "data-one", "data-two", "title", "alt"])
    for (const each of document.querySelectorAll(`[${name}]`))
      if (!each.getAttribute(name).startsWith("⟦")) found.push(each.getAttribute(name));
  if (!document.title.startsWith("⟦")) found.push(document.title);
  return found;
}
"""


TURNED_ROUND = """
() => {
  const at = (node, place) => {
    const range = document.createRange();
    range.setStart(node, place);
    range.setEnd(node, place + 1);
    return range.getBoundingClientRect();
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(".unseen")) continue;
    for (const number of node.data.matchAll(/\\d+(?: \\d+)+/g)) {
      const [first, last] = [at(node, number.index), at(node, number.index + number[0].length - 1)];
      if (first.top === last.top && first.left > last.left) found.push(number[0]);
    }
  }
  return found;
}
"""


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('bilingual') / 'visits.sqlite3'}"
    app = make_app(url, SHIPPED, languages=("en", "qps"))
    yield app
    app.extensions["assessment"].printer.close()


@pytest.fixture(scope="module")
def window(chromium, bilingual):
    with served(bilingual) as address:
        context = chromium.new_context(
            base_url=address, reduced_motion="reduce", viewport={"width": 320, "height": 800}
        )
        yield context.new_page()
        context.close()


@pytest.mark.parametrize("state", THERE, ids=lambda state: state.name)
def test_every_word_is_translated_or_marked_and_fits_from_right_to_left(window, bilingual, state):
    with met(window, bilingual, state):
        window.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")

        assert window.evaluate(OUTSIDE) == []
        assert not runs_out(window)
        assert not cut_off(window)
        assert window.evaluate(TURNED_ROUND) == []
        if state.name in WITH_AXE:
            assert [each for each in violations(window) if NOBODYS not in each] == []
