"""What axe finds on a screen, by the WCAG criteria the app holds."""

from collections.abc import Callable
from typing import Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, ViewportSize

OF_COLOUR: Final = ("color-contrast", "link-in-text-block")
_SCHEMES: Final[dict[Literal["light", "dark"], tuple[str, ...]]] = {"dark": OF_COLOUR, "light": ()}
"""The rules each is asked by: all, and those of colour. A page stays light afterwards, as it was."""
_UNTIL_STILL = """async () => {
    const isUnderWay = ({effect, playState}) =>
        playState === "running" && effect.getComputedTiming().endTime !== Infinity;
    for (;;) {
        const running = document.getAnimations().filter(isUnderWay);
        if (running.length === 0) return;
        await Promise.all(running.map(({finished}) => finished.catch(() => {})));
        await new Promise((drawn) => requestAnimationFrame(drawn));
    }
}"""
"""What opens or closes is pale meanwhile, and an inherited colour changes level by level, one after the other."""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, within: str | None = None, *, rules: tuple[str, ...] = ()) -> list[str]:
    """Each broken rule with the first element that breaks it: of the page, or within what a selector finds.

    Asked of all STANDARDS, unless some rules are named. What is not broken is not reported, which is half of the time.
    """
    page.evaluate(_UNTIL_STILL)
    asked = {"type": "rule", "values": rules} if rules else STANDARDS
    options = {"runOnly": asked, "resultTypes": ["violations"], "selectors": False}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    answer = page.evaluate("([within, options]) => axe.run(within ?? document, options)", [within, options])
    found = answer["violations"]
    return [f"{each['id']}: {' '.join(each['nodes'][0]['html'].split())[:160]}" for each in found]


def violations_in_both_schemes(page: Page, path: str) -> list[str]:
    """Of a screen in light and in dark; it is loaded once and follows the system's scheme."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return violations_as_it_stands(page)


def broken_on_a_phone(page: Page, path: str) -> list[str]:
    """What axe finds of a screen, in light alone, and how wide it is where that is more than a small phone."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return [*violations(page), *too_wide(page.locator("html"))]


def too_wide(place: Locator) -> list[str]:
    """Whether a place has to be scrolled sideways."""
    seen, whole = place.evaluate("it => [it.clientWidth, it.scrollWidth]")
    return [f"{whole} pixels wide in {seen}"] if whole > seen else []


def violations_as_it_stands(page: Page, within: str | None = None) -> list[str]:
    """Of what is open on a page by now, in light and, as colours alone differ, in dark."""
    found: list[str] = []
    for scheme, rules in _SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        page.wait_for_selector(f"html[data-mantine-color-scheme={scheme}]", state="attached")
        found += [f"{scheme}: {each}" for each in violations(page, within, rules=rules)]
    return found


Look = Callable[[Page, str], list[str]]
SIZES: Final[dict[str, tuple[ViewportSize, Look]]] = {
    "desktop": ({"width": 1440, "height": 900}, violations_in_both_schemes),
    "phone": ({"width": 320, "height": 640}, broken_on_a_phone),
}
"""And how screens are looked at: the colours of a phone are those of the desktop."""
