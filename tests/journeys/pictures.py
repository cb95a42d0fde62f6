"""`python -m tests.journeys.pictures`: the README's pictures, made anew from the demonstration, into ``docs/start``."""

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import ARGUMENTS, CHROMIUM
from tests.journeys.platform import ROOT, Platform
from tests.journeys.test_story import sign_in

FOLDER = ROOT / "docs" / "start"
PICTURES = (
    ("employer", "HR, PT Contoh Tekstil Sejahtera", "public", "/employer/", 1280),
    ("member", "pekerja, dua tahun", "public", "/member/", 360),
    ("compliance", "petugas", "staff", "/compliance/", 1280),
)
"""Name, who looks (as ``lindung run`` lists the sign-ins), door, page, width."""


def _sign_in_of(who: str, platform: Platform) -> tuple[str, str]:
    line = next(line for line in platform.story().splitlines() if f"  {who}  " in line or f"  {who}:" in line)
    name, password = line.split()[-2:]
    return name, password


def main() -> None:
    with Platform(arguments=()) as platform, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, who, door, path, width in PICTURES:
            context = browser.new_context(viewport={"width": width, "height": 800}, locale="id-ID")
            page = context.new_page()
            address = f"{platform.address(door)}{path}"
            sign_in(page, address, *_sign_in_of(who, platform))
            page.wait_for_url(f"{address}**")
            page.goto(address)
            page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
