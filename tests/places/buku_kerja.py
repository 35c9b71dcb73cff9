"""Workbooks of ours as officers use them: a cell is typed over, LibreOffice computes anew.

Owns the change of a cell in an XLSX file, the removal of stored results, and the call of
LibreOffice, which computes only what has no result.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from python_calamine import CalamineWorkbook

Typed = Mapping[tuple[str, str], float | str | None]
Rows = list[list[object]]
_FORMULA = re.compile(r'(<c [^>]*?)( t="str")?>(<f>[^<]*</f>)<v>[^<]*</v></c>')


def sheets(content: bytes) -> dict[str, Rows]:
    """Return the cells of every sheet as they are stored."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(content: bytes) -> dict[str, str]:
    """Return the XML of every sheet by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        return {
            name: book.read(f"xl/worksheets/sheet{n}.xml").decode()
            for n, name in enumerate(names, start=1)
        }


def typed(content: bytes, cells: Typed, *, without_results: bool = True) -> bytes:
    """Return a workbook with content typed into cells, by sheet and name; None empties a cell."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        members = {name: book.read(name) for name in book.namelist()}
    order = list(parts(content))
    for n, sheet in enumerate(order, start=1):
        path = f"xl/worksheets/sheet{n}.xml"
        text = members[path].decode()
        for (of_sheet, name), value in cells.items():
            if of_sheet == sheet:
                text = _put(text, name, value)
        members[path] = (_FORMULA.sub(r"\1>\3</c>", text) if without_results else text).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in members.items():
            book.writestr(name, data)
    return target.getvalue()


def _put(text: str, name: str, value: float | str | None) -> str:
    cell = re.compile(rf'(<c r="{name}"(?: s="\d+")?)(?: t="\w+")?(?:/>|>.*?</c>)')
    if isinstance(value, str):
        new = rf'\1 t="inlineStr"><is><t>{value}</t></is></c>'
    else:
        new = r"\1/>" if value is None else rf"\1><v>{value!r}</v></c>"
    changed, count = cell.subn(new, text)
    assert count == 1, name
    return changed


def computed(folder: Path, books: Mapping[str, bytes]) -> dict[str, dict[str, Rows]]:
    """Let LibreOffice compute workbooks without results; return the cells of their sheets."""
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={folder.as_uri()}/profil",
         "--convert-to", "xlsx", "--outdir", str(folder / "dihitung"),
         *(str(folder / f"{name}.xlsx") for name in books)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {n: sheets((folder / "dihitung" / f"{n}.xlsx").read_bytes()) for n in books}
