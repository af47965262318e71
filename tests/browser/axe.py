"""What axe finds on a screen, by the WCAG criteria the app holds."""

from typing import Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OF_COLOUR: Final = ("color-contrast", "link-in-text-block")
_SCHEMES: Final[dict[Literal["light", "dark"], tuple[str, ...]]] = {"dark": OF_COLOUR, "light": ()}
"""The rules each is asked by: all, and those of colour. A page stays light afterwards, as it was."""
_UNTIL_STILL = """Promise.all(
    document.getAnimations()
        .filter(({effect}) => effect.getComputedTiming().endTime !== Infinity)
        .map(({finished}) => finished.catch(() => {}))
).then(() => {})"""
"""What opens or closes is pale meanwhile."""
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


def violations_at(page: Page, path: str) -> list[str]:
    """Of a screen in the scheme the page has."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return violations(page)


def violations_in_both_schemes(page: Page, path: str) -> list[str]:
    """Of a screen in light and in dark; it is loaded once and follows the system's scheme."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return violations_as_it_stands(page)


def violations_as_it_stands(page: Page, within: str | None = None) -> list[str]:
    """Of what is open on a page by now, in light and, as colours alone differ, in dark."""
    found: list[str] = []
    for scheme, rules in _SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        page.wait_for_selector(f"html[data-mantine-color-scheme={scheme}]", state="attached")
        found += [f"{scheme}: {each}" for each in violations(page, within, rules=rules)]
    return found
