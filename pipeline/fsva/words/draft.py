"""The mark of a draft in words: what an edition leaves open, for every sheet, page and document.

Owns the sentence that all of them carry. What is open is judged in
``fsva.config.editions.unfilled``; how sheets show it, in ``fsva.drawing.elements.draft_strip``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fsva.config.editions import unfilled
from fsva.config.editions.sections import Settings
from fsva.config.editions.unfilled import Unfilled
from fsva.core.texts import Texts

FILE_NAME = "DRAF.txt"


@dataclass(frozen=True)
class Draft:
    """What an edition leaves open; false where it leaves nothing open.

    Parameters
    ----------
    missing : tuple of str
        In words, e.g. ``tanggal edisi``; the same of several indicators once, with their number.
    open : tuple of Unfilled
        The keys of ``edition.toml``.
    texts : Texts
        The language.
    """

    missing: tuple[str, ...]
    open: tuple[Unfilled, ...]
    texts: Texts

    def __bool__(self) -> bool:
        """Whether anything is open."""
        return bool(self.missing)

    @property
    def listed(self) -> str:
        """All that is missing, in one line; empty for a complete edition."""
        return "; ".join(self.missing)

    @property
    def sentence(self) -> str:
        """The mark with all that is missing; empty for a complete edition."""
        return self.said(self.listed) if self else ""

    def said(self, listed: str) -> str:
        """Return the mark with a list of what is missing, whole or shortened."""
        return self.texts(f"draf.kalimat{self._kind}", daftar=listed)

    def warning(self, file: Path) -> str:
        """Return what the terminal says; ``file`` is where it can be mended."""
        return self.texts(f"draf.terminal{self._kind}", daftar=self.listed, berkas=file)

    @property
    def cap(self) -> str:
        """The mark in one word, for a sheet without room for more."""
        return self.texts(f"draf.cap{self._kind}")

    @property
    def _kind(self) -> str:
        """The ending of the keys of texts: an invented edition is no draft that somebody ends."""
        return "_sintetis" if any(gap.key == unfilled.SYNTHETIC for gap in self.open) else ""

    def titled(self, title: str) -> str:
        """Return a title that says whether it is that of a draft."""
        return self.texts(f"draf.judul{self._kind}", judul=title) if self else title

    def file(self) -> bytes:
        """Return the text file that stands beside tables, which carry no mark."""
        rows = [
            self.texts(
                "draf.baris",
                kunci=gap.key,
                apa=_subject(gap, self.texts),
                sebab=self.texts(f"draf.sebab.{gap.cause}"),
            )
            for gap in self.open
        ]
        said = self.texts("draf.berkas", kalimat=self.sentence, kunci="\n".join(rows))
        return f"{said}\n".encode()


def of(settings: Settings, texts: Texts) -> Draft:
    """Return what an edition leaves open, in words.

    Parameters
    ----------
    settings : Settings
        Another boundary layer is part of them.
    texts : Texts
        The language.
    """
    return of_open(unfilled.of(settings), texts)


def of_open(gaps: tuple[Unfilled, ...], texts: Texts) -> Draft:
    """Return what is known to be open, in words."""
    return Draft(tuple(_phrases(gaps, texts)), gaps, texts)


def confirmed(settings: Settings, texts: Texts) -> list[str]:
    """Return the lines of ``laporan.txt`` about what the office confirms; perhaps none."""
    rows = [
        texts(
            "draf.baris_dibenarkan",
            kunci=confirmation.key,
            alasan=confirmation.reason[texts.language],
        )
        for confirmation in settings.confirmed
    ]
    return [texts("draf.dibenarkan"), *rows] if rows else []


def _phrases(gaps: Sequence[Unfilled], texts: Texts) -> list[str]:
    """Return what is open, and of how many indicators where it is about them."""
    counts = Counter((gap.subject, gap.cause) for gap in gaps)
    first = {(gap.subject, gap.cause): gap for gap in reversed(gaps)}
    said = []
    for kind, count in counts.items():
        words = f"{_subject(first[kind], texts)}{texts(f'draf.sebab.{kind[1]}')}"
        per = first[kind].indicator is not None
        said.append(texts("draf.per_indikator", apa=words, jumlah=count) if per else words)
    return said


def _subject(gap: Unfilled, texts: Texts) -> str:
    return texts(f"draf.hal.{gap.subject}")
