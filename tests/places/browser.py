"""A page in Chromium: what it shows, asked for and complained of, and what an audit finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.places import programs

# Rules of WCAG 2.2 to level AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Browser = Any  # playwright is a library of tests that may be absent


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium for as long as a test module needs it."""
    from playwright import sync_api as api

    with api.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=programs.chromium(), args=["--no-sandbox"])
        yield found
        found.close()


class Opened:
    """A page in the browser, and what it asked for or complained of."""

    def __init__(self, browser: Browser, file: Path, fragment: str = "", **context: object) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page = browser.new_page(**context)
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.complaints.append(m.text))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("dialog", lambda d: self.complaints.append(d.message))
        self.page.goto(file.as_uri() + fragment)
        has_program = b"<script>" in file.read_bytes()
        if has_program and context.get("java_script_enabled", True):
            self.page.wait_for_selector("html[data-ready]", timeout=20000)


def audited(browser: Browser, file: Path, fragment: str = "", width: int = 1280) -> list[str]:
    """Return what axe finds on a page, one line per rule; the page's policy is set aside for it."""
    from axe_playwright_python import base

    script = (Path(base.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    view = {"width": width, "height": 900}
    made = Opened(browser, file, fragment, bypass_csp=True, viewport=view)
    made.page.add_script_tag(content=script)
    found = made.page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
    made.page.close()
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]
