"""What axe finds on a screen, by the WCAG criteria the app holds."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Each broken rule with the first element that breaks it."""
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    return [f"{each['id']}: {' '.join(each['nodes'][0]['html'].split())[:160]}" for each in found]
