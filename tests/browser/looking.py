"""How a page must look, whoever opens it with whatever: it fits, it can be touched, and axe finds
nothing (WCAG 2.2 AA), on a phone and on a desk, in light and dark.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.pages import NARROW, SMALL, WIDE, picture

SMALLEST_PX = 44
# axe leaves the size of targets out unless it is told; it is WCAG 2.2's.
ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
# What darkness may change, and what the width may: names, roles and order are the same on a desk,
# because no part of a page is there at one width alone.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
LAYOUT = {"runOnly": [*COLOURS["runOnly"], "target-size", "scrollable-region-focusable"]}

# Text at 400 % on a desk is as wide as NARROW (WCAG 1.4.10).
LOOKS: list[tuple[dict[str, int], Any, dict[str, Any]]] = [
    (SMALL, "light", ALL_RULES),
    (SMALL, "dark", COLOURS),
    (WIDE, "dark", COLOURS),
    (WIDE, "light", LAYOUT),
    (NARROW, "light", {}),
]
KEPT = [(SMALL, "light"), (WIDE, "dark")]

# Rules that are broken, each with where and why.
FIND = """async ([part, options]) => {
  const found = await axe.run(part || document, { resultTypes: ["violations"], ...options });
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.html.slice(0, 160)} (${node.any.concat(node.all, node.none).map((one) => one.message)[0] || rule.help})`));
}"""  # noqa: E501
# What a finger cannot hit: lower than so many pixels. A tick is touched by its label; a link within
# a sentence is as high as its line (WCAG 2.5.8 excepts it); what is off the screen comes by keys.
SMALL_TARGETS = """(least) => {
  const words = (box) => {
    const copy = box.cloneNode(true);
    copy.querySelectorAll("a, button").forEach((one) => one.remove());
    return /[\\p{L}\\p{N}]/u.test(copy.textContent);
  };
  const isInSentence = (link) => {
    if (link.localName !== "a" || getComputedStyle(link).display !== "inline") return false;
    let box = link.parentElement;
    while (getComputedStyle(box).display === "inline") box = box.parentElement;
    return words(box);
  };
  const touched = (one) => ["checkbox", "radio"].includes(one.type) && one.labels.length ? one.labels[0] : one;
  return [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !isInSentence(one))
    .map((one) => [one, touched(one).getBoundingClientRect()])
    .filter(([, box]) => box.right > 0 && box.height < least - 0.5)
    .slice(0, 5).map(([one, box]) => `${Math.round(box.height)} px high: ${one.outerHTML.slice(0, 160)}`);
}"""  # noqa: E501

# Cells so narrow that nearly every word has a line of its own.
SQUEEZED = """() => [...document.querySelectorAll("td")].filter((cell) => {
    const words = cell.innerText.trim().split(/\\s+/).length;
    const inside = document.createRange();
    inside.selectNodeContents(cell);
    const lines = new Set([...inside.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.bottom)));
    return words >= 4 && !cell.querySelector("form, li, p") && lines.size * 1.5 > words;
  }).slice(0, 3).map((cell) => `a word a line: ${cell.innerText.trim().slice(0, 60)}`)
"""  # noqa: E501


def faults_of(page: Page, name: str, *, part: str = "") -> list[str]:
    """What is wrong with the page as it stands, each with the first look it is wrong in; pictures
    are kept. `part`: a selector, when the rest of the page is not ours.
    """
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    page.evaluate(AXE_SCRIPT)
    faults: dict[str, str] = {}
    for size, scheme, rules in LOOKS:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        look = f"{name}-{scheme}-{size['width']}"
        found: list[str] = page.evaluate(FIND, [part, rules]) if rules else []
        if scheme == "light" and rules and not part:
            found += page.evaluate(SMALL_TARGETS, SMALLEST_PX)
        if rules and not part:
            found += page.evaluate(SQUEEZED)
        if not part and not fits(page):
            found.append(f"wider than {size['width']} px")
        for fault in found:
            faults.setdefault(fault, look)
        if (size, scheme) in KEPT:
            picture(page, look, whole=True)
    page.emulate_media(color_scheme="light")
    return [f"{look}: {fault}" for fault, look in faults.items()]


def fits(page: Page) -> bool:
    """Nothing lies outside the screen's width."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
