"""What a person reads in the files of commands: PDF, Word, slides, workbooks, pages, texts.

Owns the way to the words of a file, and the faults that no sentence may have.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

_PARTS = re.compile(r"word/document|slides/slide\d|notesSlides/|sharedStrings|worksheets/sheet")
_ENDS = re.compile(
    r"</(?:w:p|a:p|si|c|p|div|h\d|t[dhr]|li|d[dt]|small|button|option|section)>|<br>"
)
FAULTS = {
    "bare value": re.compile(r"\b(?:nan|NaN|None|NaT|inf)\b|<NA>|\{\w+\}"),
    "empty brackets": re.compile(r"\(\s*\)"),
    "empty list": re.compile(r"\b(?:yaitu|adalah|ialah|antara lain)\s*:?\s*\.(?:\s|$)"),
    "doubled word": re.compile(
        r"\b(desa|kelurahan|kecamatan|di|dan|yang|dari|prioritas) +\1\b", re.IGNORECASE
    ),
    "nothing of nothing": re.compile(r"\b0 dari 0\b"),
    "share of none": re.compile(r"(?<![\d,])[-–—]\s?%"),
    "two marks": re.compile(r"[,;:] ?[;.](?!\.)(?=\s|$)|(?<!\.)\.\.(?!\.)"),
}


def words(file: Path) -> str:
    """Return what stands in a file, a line for each paragraph or cell; nothing of pictures."""
    kind = file.suffix
    if kind == ".pdf":
        pages = pypdfium2.PdfDocument(file)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if kind in (".docx", ".pptx", ".xlsx"):
        with zipfile.ZipFile(file) as package:
            parts = [n for n in package.namelist() if _PARTS.search(n) and n.endswith(".xml")]
            return "\n".join(_of_xml(package.read(name).decode("utf-8")) for name in parts)
    if kind == ".html":
        text = file.read_text(encoding="utf-8")
        return _of_xml(re.sub(r"(?s)<(script|style)\b.*?</\1>", "", text))
    return file.read_text(encoding="utf-8-sig") if kind in (".txt", ".csv") else ""


def _of_xml(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", _ENDS.sub("\n", text)))


def faults(text: str, *, cells: bool = False) -> Iterator[str]:
    """Yield what a text must not hold, with its surroundings; cells of a table may be empty."""
    for name, pattern in FAULTS.items():
        if cells and name == "two marks":
            continue
        for found in pattern.finditer(text):
            around = text[max(0, found.start() - 60) : found.end() + 30]
            yield f"{name}: {' '.join(around.split())}"
