"""A report as PDF, typeset with Typst: PDF/UA-1 and PDF/A-2a, maps as vector drawings.

Owns which values of the report Typst gets; ``styles/buku/buku.typ`` says how they look.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from fsva.config.styles.book_look import BookPaper
from fsva.core import memory, toml
from fsva.core.errors import Place, StyleError, UsageError
from fsva.core.texts import Texts
from fsva.drawing.paper import fonts, missing_letters
from fsva.files.book import pages
from fsva.files.book.pages import PageGroup
from fsva.words.book.content import (
    Blank,
    Block,
    BookHeading,
    BookParagraph,
    BookTable,
    BookText,
    Break,
    Contents,
    Emphasis,
    Figure,
    Listing,
    Part,
    Piece,
    Reference,
    Sentence,
)

STANDARDS = ["a-2a", "ua-1"]
_NUMBERING = {"sampul": "", "awal": "i", "isi": "1"}
_A_DAY = date(2000, 1, 1)
_PANIC = "PanicException"  # its class cannot be imported

Json = dict[str, Any]


@dataclass(frozen=True)
class Typeset:
    """A typeset report.

    Parameters
    ----------
    pdf : bytes
        The file.
    page_of : mapping of str to str
        Key of each heading, table, map and chart to the number printed on its page.
    """

    pdf: bytes
    page_of: Mapping[str, str]


@dataclass(frozen=True)
class Press:
    """What a report is typeset with.

    Parameters
    ----------
    look : Path
        The Typst file.
    paper : BookPaper
        Paper and margins.
    fonts : str
        Folder of the type faces; those of the system are not used.
    issued : date or None
        Date of the file; a fixed day where the edition has none.
    texts : Texts
        The language.
    """

    look: Path
    paper: BookPaper
    fonts: str
    issued: date | None
    texts: Texts


def typeset(
    book: BookText, pictures: Mapping[str, tuple[bytes, float, float]], press: Press
) -> Typeset:
    """Typeset a report.

    Parameters
    ----------
    pictures : mapping of str to (bytes, float, float)
        SVG, width and height in millimetres by the name of the picture.

    Raises
    ------
    UsageError
        Typst (extra ``buku``) is not installed.
    StyleError
        The look cannot be used.
    """
    memory.check(typesetting=True)
    try:
        import typst
    except ImportError as problem:
        raise UsageError("buku_pustaka", (), {"pustaka": "typst"}) from problem
    compiler: Any = typst  # its types know no files in memory
    said = _book(book, pictures, press)
    _check_letters(said, press)
    files = {
        "main.typ": toml.read_text(press.look).encode("utf-8"),
        "isi.json": json.dumps(said, ensure_ascii=False).encode("utf-8"),
        **{f"{name}.svg": picture[0] for name, picture in pictures.items()},
    }
    day = press.issued or _A_DAY
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    options: dict[str, Any] = {
        "font_paths": [press.fonts],
        "ignore_system_fonts": True,
        "root": press.fonts,
    }
    try:
        made = compiler.compile(
            files, format="pdf", pdf_standards=STANDARDS, timestamp=moment, **options
        )
        found = compiler.query(files, "<halaman-dari>", field="value", one=True, **options)
    except BaseException as problem:  # a fault within Typst is no Exception
        if not (isinstance(problem, RuntimeError) or type(problem).__name__ == _PANIC):
            raise
        raise StyleError("buku_typst", [Place(press.look, found=str(problem))]) from problem
    return Typeset(bytes(made), json.loads(found))


def _check_letters(said: Json, press: Press) -> None:
    """Stop at words with letters that the type faces lack: Typst would draw boxes for them."""
    faces = fonts.load(Path(press.fonts))
    words = list(_words(said))
    drawn = {letter for text in words for letter in text if letter.isprintable()}
    if lacking := drawn.intersection(missing_letters.of("".join(sorted(drawn)), faces)):
        found = [text for text in words if lacking.intersection(text)]
        missing_letters.refuse([(name, text) for name in faces for text in found], faces)


def _words(part: object) -> Iterator[str]:
    """Yield all texts in nested lists and tables."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping | list | tuple):
        for inner in part.values() if isinstance(part, Mapping) else part:
            yield from _words(inner)


def _book(book: BookText, pictures: Mapping[str, tuple[bytes, float, float]], press: Press) -> Json:
    writer = _Writer(pictures, press)
    return {
        "judul": book.title,
        "subjek": book.subject,
        "penyusun": book.author,
        "bahasa": book.language,
        "kaki": book.running,
        "draf": book.draft,
        "kertas": press.paper.model_dump(mode="json"),
        "lembar": [writer.sheet(group) for group in pages.groups(book.pieces)],
    }


def _sentence(sentence: Sentence) -> list[Json]:
    said: list[Json] = []
    for part in sentence:
        if isinstance(part, Reference):
            said.append({"j": "rujuk", "isi": part.words, "kunci": part.key})
        elif isinstance(part, Emphasis):
            said.append({"j": "miring", "isi": part.words})
        else:
            said.append({"j": "teks", "isi": part})
    return said


class _Writer:
    """Writes pieces as values that the look knows."""

    def __init__(self, pictures: Mapping[str, tuple[bytes, float, float]], press: Press) -> None:
        self._pictures, self._texts, self._paper = pictures, press.texts, press.paper
        self._makers: dict[type, Callable[[Any], Json]] = {
            BookHeading: self._heading,
            BookParagraph: self._paragraph,
            Listing: self._listing,
            BookTable: self._grid,
            Figure: self._figure,
            Blank: self._blank,
            Contents: lambda block: {"j": "isi", "dari": block.of},
            Break: lambda _: {"j": "halaman"},
        }

    def sheet(self, group: PageGroup) -> Json:
        """Return a group of pages."""
        return {
            "mendatar": group.turned,
            "nomor": _NUMBERING[group.kind],
            "mulai": 1 if group.begins else None,
            "tengah": group.kind == "sampul",
            "isi": list(self._pieces(group.pieces)),
        }

    def _pieces(self, pieces: Sequence[Piece]) -> Iterator[Json]:
        """Yield the blocks of pieces, each with what Word's distance above it depends on."""
        under_heading = False
        for piece in pieces:
            blocks: Sequence[Block] = piece.blocks if isinstance(piece, Part) else (piece,)
            for n, block in enumerate(blocks):
                begins = isinstance(piece, Part) and n == 0
                said = self._makers[type(block)](block)
                yield {**said, "awal": begins, "bawah-judul": begins and under_heading}
                under_heading = isinstance(block, BookHeading)

    def _heading(self, block: BookHeading) -> Json:
        return {"j": "judul", "tingkat": block.level, "isi": block.whole, "kunci": block.key}

    def _paragraph(self, block: BookParagraph) -> Json:
        return {"j": "alinea", "gaya": block.style, "kalimat": _sentence(block.sentence)}

    def _listing(self, block: Listing) -> Json:
        levels = [e.level for e in block.entries[1:]]
        entries = [
            {
                "label": e.label,
                "dalam": e.level,
                "kalimat": _sentence(e.sentence),
                "utuh": n < len(levels) and levels[n] > e.level,
            }
            for n, e in enumerate(block.entries)
        ]
        return {"j": "daftar", "isi": entries}

    def _grid(self, block: BookTable) -> Json:
        caption = block.caption
        return {
            "j": "tabel",
            "judul": f"{caption.label}. {caption.title}" if caption else None,
            "kunci": caption.key if caption else "",
            "kepala": block.heads,
            "baris": block.rows,
            "rata": block.aligns,
            "lebar": [round(own, 3) for own in block.widths],
            "tegak": sorted(block.on_end),
            "tinggi": round(block.head_mm, 2),
            "utuh": block.is_short,
            "kelompok": sorted(block.groups),
            "kecil": block.small,
            "catatan": block.note,
        }

    def _figure(self, block: Figure) -> Json:
        caption = block.caption
        _, width, height = self._pictures[block.picture]
        wide, _ = self._paper.fitted(width, height, turned=block.turned)
        return {
            "j": "gambar",
            "jenis": caption.kind,
            "judul": f"{caption.label}. {caption.title}",
            "kunci": caption.key,
            "gambar": block.picture,
            "alt": block.alt,
            "lebar": round(wide, 2),
        }

    def _blank(self, block: Blank) -> Json:
        guide = self._texts("buku.isian_teks", petunjuk=block.guide)
        return {"j": "isian", "petunjuk": guide, "tulisan": block.written}
