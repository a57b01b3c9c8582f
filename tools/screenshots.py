"""Takes the pictures of the guide anew, from a demo of its own that goes away afterwards.

Run as `.venv/bin/python tools/screenshots.py`, or with names of pictures (`oversight desk`) to take
only those. Needs Chromium (`CLUSTERWERK_CHROMIUM` names it when it is not on the path). Writes to
docs/guide/images and ends with the sizes of the files.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from clusterwerk.config.demo.people import DEMO_PASSWORD, DOMAIN

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "guide" / "images"
READY = re.compile(r"ready at (\S+)")
WIDE, TELEPHONE = 1440, 390
FOREIGN = ("CLUSTERWERK", "DATABASE", "DJANGO")  # settings of another installation
PORT = 8765  # the next free one when it is taken


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it; `follow` are links to choose on the way."""

    name: str
    path: str
    person: str = ""
    follow: tuple[str, ...] = ()
    width: int = WIDE
    height: int = 900
    theme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("portal", "/"),
    Picture("search", "/?find=hydrogen"),
    Picture("cluster", "/clusters/power-to-gas/"),
    Picture("findings", "/programme/findings/"),
    Picture("figure", "/programme/", "programme", ("#portfolio td a[href*='/figures/']",)),
    Picture("oversight", "/programme/", "programme", height=1300),
    Picture("agency", "/desk/", "programme"),
    Picture("desk", "/desk/", "manager", height=1000),
    Picture("members", "/members/air-cargo-belgium/", "manager"),
    Picture("evidence", "/desk/", "manager", ("main a[href*='/evidence/']",)),
    Picture("member", "/desk/", "member"),
    Picture("desk-dark", "/desk/", "manager", theme="dark"),
    Picture("portal-telephone", "/", width=TELEPHONE, height=844),
    Picture("desk-telephone", "/desk/", "manager", width=TELEPHONE, height=844),
)


def main() -> int:
    chromium = os.environ.get("CLUSTERWERK_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("Chromium is needed (Debian: apt-get install chromium).", file=sys.stderr)
        return 3
    wanted = [one for one in PICTURES if not sys.argv[1:] or one.name in sys.argv[1:]]
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take(browser, address, wanted)
        browser.close()
    sizes = {path.name: path.stat().st_size for path in sorted(IMAGES.glob("*.png"))}
    for name, size in sizes.items():
        print(f"  {name:<24}{size / 1000:6.0f} kB")
    print(f"  {'together':<24}{sum(sizes.values()) / 1000:6.0f} kB")
    return 0


@contextmanager
def served() -> Iterator[str]:
    """`clusterwerk serve --demo` in an empty folder, until the pictures are taken."""
    with tempfile.TemporaryDirectory(prefix="pictures") as var:
        # Everybody may pass: for root, the database server runs as another user.
        Path(var).chmod(0o755)
        kept = {key: text for key, text in os.environ.items() if not key.startswith(FOREIGN)}
        process = subprocess.Popen(
            [sys.executable, "-m", "clusterwerk.config", "serve", "--demo", "--port", str(PORT)],
            env=kept | {"CLUSTERWERK_VAR": var},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        try:
            yield address_of(process)
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.communicate(timeout=30)


def address_of(process: subprocess.Popen[str]) -> str:
    """Wait until it says where it answers."""
    assert process.stdout
    for line in process.stdout:
        found = READY.search(line)
        if found:
            return found.group(1)
    raise SystemExit("clusterwerk serve ended before it was ready.")


def take(browser: Browser, address: str, pictures: list[Picture]) -> None:
    """Each person signs in once, and has all the pictures taken that are theirs."""
    for person in dict.fromkeys(one.person for one in pictures):
        context = browser.new_context(
            base_url=address, locale="en-GB", timezone_id="Europe/Brussels", reduced_motion="reduce"
        )
        page = signed_in(context, person)
        for picture in (one for one in pictures if one.person == person):
            photograph(page, picture)
        context.close()


def signed_in(context: BrowserContext, person: str) -> Page:
    page = context.new_page()
    if person:
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(f"{person}@{DOMAIN}")
        page.get_by_label("Password").fill(DEMO_PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/")
    return page


def photograph(page: Page, picture: Picture) -> None:
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.emulate_media(color_scheme=picture.theme)
    page.goto(picture.path)
    for link in picture.follow:
        page.locator(link).first.click()
        page.wait_for_load_state()
    page.screenshot(path=IMAGES / f"{picture.name}.png")


if __name__ == "__main__":
    sys.exit(main())
