"""How a page looks to those who see little, or on a small screen: what axe finds, and what runs out sideways."""

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}  # all that the dark changes
WIDTHS = (320, 1280)


def violations(page, rules=RULES):
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{page.url} {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def runs_out(page):
    """Say whether a page has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def cut_off(page):
    """Return what stands beside the screen, where nobody sees it: tables may be scrolled, nothing else."""
    return page.evaluate(
        """[...document.querySelectorAll("main :is(label, legend, a, button, p, li, h1, h2, h3, h4)")]
           .filter((each) => !each.closest(".scroll, .unseen") && !each.classList.contains("unseen"))
           .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
           .filter(([, box]) => box.width && (box.left < -1 || box.right > document.documentElement.clientWidth + 1))
           .map(([text]) => text.slice(0, 40))"""
    )


def faults(page, name):
    """Return what is wrong with a page in light and dark, on a small screen and a large one, all of it opened."""
    found = []
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # or colours would be seen as they change
            found += [f"{name}, {scheme}, {width}: {each}" for each in violations(page, rules)]
        if runs_out(page):
            found.append(f"{name}, {width}: runs out sideways")
        found += [f"{name}, {width}: cut off: {each}" for each in cut_off(page)]
    return found
