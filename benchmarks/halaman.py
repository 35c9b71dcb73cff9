"""Measure how fast ``atlas.html`` loads and answers in headless Chromium.

Usage: python benchmarks/halaman.py atlas.html [atlas.html ...]
       python benchmarks/halaman.py --desa 8520
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import sintetis

from fsva.config.editions import edition
from fsva.core import texts
from fsva.runs import run_order, tabulation
from fsva.runs.pages import page_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TRIES = 3
# Each act, until two frames later: what a reader waits for.
ACTS = """async () => {
  const frame = () => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
  const timed = async (act) => { const t = performance.now(); act(); await frame();
    return performance.now() - t; };
  const one = (name) => document.querySelector(name);
  const say = (node, event) => node.dispatchEvent(new Event(event, { bubbles: true }));
  const search = one("#search"), measure = one("#measure");
  return {
    pick: await timed(() => one("#villages path").dispatchEvent(
      new MouseEvent("click", { bubbles: true }))),
    map: await timed(() => { measure.value = 0; say(measure, "change"); }),
    search: await timed(() => { search.value = "a"; say(search, "input"); }),
    filter: await timed(() => document.querySelectorAll("#legend button")[2].click()),
    zoom: await timed(() => one("#zoom-in").click()),
    sort: await timed(() => document.querySelectorAll("#table thead button")[8].click()),
  };
}"""


def measured(browser: Browser, file: Path) -> dict[str, float]:
    """Return milliseconds until the page is ready, and of each act."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    start = time.perf_counter()
    page.goto(file.resolve().as_uri())
    page.wait_for_selector("html[data-ready]")
    loaded = 1000 * (time.perf_counter() - start)
    acts: dict[str, float] = page.evaluate(ACTS)
    page.close()
    return {"load": loaded} | acts


def synthetic(count: int, folder: Path) -> Path:
    """Write the page of a synthetic edition without drawing its maps, and return its file.

    Parameters
    ----------
    count : int
        Villages.
    """
    made = sintetis.build(folder / "editions" / f"d{count}", count, "53.04", "Sintetis", count)
    order = run_order.place(edition.load(made), None, texts.load("id"))
    tabulated = tabulation.tabulate(order.edition, order.village_layer)
    sure = np.full(len(tabulated.table), np.nan)
    settings = order.edition.settings
    pages = page_run.files(settings, tabulated, sure, b"", order.number, (), order.texts)
    ((name, content),) = pages.items()
    file = folder / f"{count}-{name}"
    file.write_bytes(content)
    return file


def main(words: list[str]) -> None:
    """Print the medians of three tries per page."""
    with tempfile.TemporaryDirectory() as folder:
        if words[:1] == ["--desa"]:
            words = [str(synthetic(int(count), Path(folder))) for count in words[1:]]
        _print(words)


def _print(files: list[str]) -> None:
    from playwright import sync_api

    program = shutil.which("chromium")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name in files:
            file = Path(name)
            tries = [measured(browser, file) for _ in range(TRIES)]
            medians = {key: statistics.median(one[key] for one in tries) for key in tries[0]}
            said = ", ".join(f"{key} {value:.0f} ms" for key, value in medians.items())
            print(f"{name} ({file.stat().st_size / 1e6:.2f} MB): {said}")


if __name__ == "__main__":
    main(sys.argv[1:])
