"""How a page looks to those who see little, or on a small screen, and how hard it is to read."""

from axe_playwright_python.sync_playwright import Axe

from assessment.core.reading import PROSE, Reading
from assessment.core.wording import sentences

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
OF_LOOK = ("color-contrast-enhanced", "link-in-text-block", "scrollable-region-focusable", "target-size")
RULES_OF_LOOK = {"runOnly": {"type": "rule", "values": OF_LOOK}, "resultTypes": ["violations"]}
"""What may differ from one width or scheme to the next: all the other rules are about what is in the page."""

AXE = Axe().axe_script
WATCH = """
    globalThis.moved = 0
    new PerformanceObserver((list) => list.getEntries().forEach((each) => { moved += each.value }))
      .observe({ type: "layout-shift", buffered: true })
"""
PRESSED = "button:not(.skip), a.go, summary, .choice, .tick, .back, .help, .leave, .ways a, .foot a"
FOCUSED = "a[href]:not(.skip), button:not(.skip), input:not([type=hidden]), summary, [tabindex='0']"


def violations(page, rules=RULES):
    """Return what axe finds on a page. It is brought once, and stays there."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(rules).then(({violations}) => violations)", rules)
    return [f"{page.url} {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def moved(page):
    """Return how far what was shown moved by itself, of which a page that watches from its beginning keeps count."""
    return page.evaluate("new Promise(requestAnimationFrame).then(() => new Promise(setTimeout)).then(() => moved)")


def runs_out(page):
    """Say whether a page has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def cut_off(page):
    """Return what stands beside the screen, where nobody sees it."""
    return page.evaluate(
        """[...document.querySelectorAll("main :is(label, legend, a, button, p, li, td, th, h1, h2, h3, h4)")]
           .filter((each) => !each.closest(".unseen") && !each.classList.contains("unseen"))
           .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
           .filter(([, box]) => box.width && (box.left < -1 || box.right > document.documentElement.clientWidth + 1))
           .map(([text]) => text.slice(0, 40))"""
    )


def too_small(page):
    """Return what is pressed and too small for a finger. A clinician's rows are dense; links within words are words."""
    return page.evaluate(
        """pressed => [...document.querySelectorAll(pressed)]
           .filter((each) => !each.closest(".keyed") && each.checkVisibility())
           .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
           .filter(([, box]) => box.height < 44 || box.width < 24)
           .map(([text, box]) => `${text.slice(0, 40)}: ${box.width} by ${box.height}`)""",
        PRESSED,
    )


def lost(page):
    """Return what does not show its focus, what the bar on top hides then, and what comes before something above it."""
    page.keyboard.press("Tab")  # from here on the browser shows the focus
    return page.evaluate(
        """focused => {
          const bar = document.querySelector(".top")
          const found = []
          let next = null
          for (const each of [...document.querySelectorAll(focused)].filter((one) => one.checkVisibility()).reverse()) {
            each.focus()
            const { top, bottom } = each.getBoundingClientRect()
            const looks = [each, each.closest("label") ?? each].map((one) => getComputedStyle(one).outlineStyle)
            const inside = bar?.contains(each)
            const end = bar?.getBoundingClientRect().bottom ?? 0
            if (!looks.includes("solid")) found.push(`not shown: ${each.outerHTML.slice(0, 120)}`)
            if (!inside && top < end - 1) found.push(`hidden: ${each.outerHTML.slice(0, 120)}`)
            if (!inside && next && top + scrollY >= next) found.push(`too late: ${each.outerHTML.slice(0, 120)}`)
            next = bottom + scrollY
          }
          return found
        }""",
        FOCUSED,
    )


def reading(page, name):
    """Return how hard the sentences of a page are to read."""
    texts = page.locator("main :is(p, li):not(:has(p, li, h3, h4))").all_inner_texts()
    return Reading(name, tuple(each for text in texts if PROSE.search(text) for each in sentences(text)))
