"""The checker of accessibility: every rule of WCAG 2.2 A and AA and good practice, asked of a page as it stands."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # A page that waits for a machine may reload itself: it says so and can be stopped.
    "rules": {"meta-refresh": {"enabled": False}},
    # What is right need not be told, nor where in the tree: a sixth of the time.
    "resultTypes": ["violations"],
    "selectors": False,
    "preload": False,
}
_SCRIPT = Axe().axe_script


def bring(context: BrowserContext) -> None:
    """Have every page of a browser come with the checker: half a megabyte that is handed over once, not for each."""
    context.add_init_script(_SCRIPT)


def findings(page: Page) -> Iterator[str]:
    """What is wrong with a page to which the checker was brought, and the elements concerned."""
    for found in page.evaluate("rules => axe.run(rules).then(results => results.violations)", _RULES):
        yield "\n  ".join([f"{found['id']}: {found['help']}", *(node["html"][:200] for node in found["nodes"])])
