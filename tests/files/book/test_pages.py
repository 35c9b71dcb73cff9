"""The page numbers that the Word file stores are those on which LibreOffice shows the places."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from fsva.files.book.word.word_package import WordPackage
from fsva.files.book.word.word_xml import name
from tests.places import buku_belu
from tests.places.small import ROOT

pytestmark = pytest.mark.libreoffice


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def stored(word: bytes) -> list[tuple[str, str]]:
    """Return the entries of contents and lists: their words and the page that stands there."""
    entries = []
    for link in WordPackage(word).body.iter(name("w:hyperlink")):
        parts = [t.text or "" for t in link.iter(name("w:t"))]
        entries.append((letters("".join(parts[:-1])), parts[-1]))
    return entries


def shown(pdf: Path) -> list[tuple[str, str]]:
    """Return the letters of each page, and the number at its foot."""
    with pikepdf.open(pdf) as opened:
        count = len(opened.pages)
    pages = []
    for n in range(1, count + 1):
        words = ["pdftotext", "-layout", "-f", str(n), "-l", str(n), str(pdf), "-"]
        text = subprocess.run(words, check=True, capture_output=True, encoding="utf-8").stdout
        lines = [line for line in text.splitlines() if line.strip()]
        pages.append((letters(text), lines[-1].split()[-1] if lines else ""))
    return pages


_FONTS = """<?xml version="1.0"?>
<fontconfig>
<dir>{own}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir>
<include ignore_missing="yes">/etc/fonts/conf.d</include>
</fontconfig>
"""


def converted(file: Path) -> Path:
    """Let LibreOffice print a document in the type faces of the project, installed or not."""
    fonts = file.with_name("fonts.conf")
    own, cache = (ROOT / "styles" / "fonts").as_posix(), file.with_name("huruf").as_posix()
    fonts.write_text(_FONTS.format(own=own, cache=cache), encoding="utf-8")
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={file.parent.as_uri()}/profil",
         "--convert-to", "pdf", "--outdir", str(file.parent), str(file)],
        check=True, capture_output=True, timeout=180,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
    )  # fmt: skip
    return file.with_suffix(".pdf")


def test_stored_page_numbers_are_those_of_the_pages(tmp_path: Path) -> None:
    file = tmp_path / "buku.docx"
    file.write_bytes(buku_belu.made().word)
    pages = shown(converted(file))
    # The lists themselves name everything: what is sought stands behind them.
    body = pages[next(n for n, (_, number) in enumerate(pages) if number == "1") :]
    entries = [(words, page) for words, page in stored(file.read_bytes()) if page.isdigit()]
    assert len(entries) > 70
    wrong = [
        (words, page)
        for words, page in entries
        if page not in {number for text, number in body if words in text}
    ]
    assert wrong == []
