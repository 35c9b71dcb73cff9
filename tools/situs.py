"""The pages of the site of manuals (``make docs``), gathered where mkdocs finds them.

Owns which pages there are: the Markdown of the project with every file that it links to, each at
its own path, so that links hold in the checkout and on the site alike; and one page of the API
reference per room. mkdocs.yml says how they are built; a link that leads nowhere stops it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "build" / "situs"
PACKAGE = ROOT / "pipeline" / "fsva"
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")


def sources() -> Iterator[Path]:
    """Yield the pages of the project."""
    yield from sorted(ROOT.glob("*.md"))
    yield from sorted((ROOT / "docs").glob("*.md"))
    yield from (ROOT / "boundaries" / "README.md", ROOT / "outputs" / "README.md")


def linked(page: Path) -> Iterator[Path]:
    """Yield the files of the project that a page links to."""
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / unquote(link)).resolve()
        if target.is_file() and target.is_relative_to(ROOT):
            yield target


def rooms() -> list[str]:
    """Return the names of the rooms in the order in which DESIGN lists them."""
    design = (ROOT / "docs" / "DESIGN.md").read_text(encoding="utf-8")
    listed = re.search(r"^    (core  .+)$", design, re.M)
    if listed is None:
        raise ValueError("docs/DESIGN.md: no line of rooms")
    return listed[1].split()


def reference(room: str) -> str:
    """Return the page of the API reference of a room."""
    modules = sorted((PACKAGE / room).rglob("*.py"))
    names = [".".join(m.relative_to(PACKAGE.parent).with_suffix("").parts) for m in modules]
    blocks = [f"::: {name.removesuffix('.__init__')}\n" for name in names]
    return f"# fsva.{room}\n\n" + "\n".join(blocks)


def gather() -> None:
    """Put all pages into ``build/situs``, replacing what stood there."""
    shutil.rmtree(PAGES, ignore_errors=True)
    for file in {file for page in sources() for file in (page, *linked(page))}:
        target = PAGES / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    folder = PAGES / "api"
    folder.mkdir()
    (folder / "fsva.md").write_text("# fsva\n\n::: fsva.api\n", encoding="utf-8")
    for room in rooms():
        (folder / f"{room}.md").write_text(reference(room), encoding="utf-8")


if __name__ == "__main__":
    gather()
