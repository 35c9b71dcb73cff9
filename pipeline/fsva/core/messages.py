"""An error as the lines that a person reads in a terminal.

Owns the arrangement: heading, places, what was expected, remedy. The words stand in
``styles/teks/<language>/galat.toml``; the errors are raised elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from fsva.core import printed
from fsva.core.errors import FsvaError, Place
from fsva.core.message_values import MessageValue
from fsva.core.remedies import edition_entries
from fsva.core.resources import resolved
from fsva.core.texts import Texts

MOST_PLACES = 5
LONGEST_FOUND = 60
OPTION = "--"  # what an option of the command line begins with
_GAP = "  "


def render(error: FsvaError, texts: Texts) -> str:
    """Return an error as lines: what is wrong, where, what was expected, what to do.

    Parameters
    ----------
    error : FsvaError
        With its places; five of them are shown and the others counted. Errors of the same step
        follow it.

    Returns
    -------
    str
        Several lines without a line end; files below the current folder are named from there.
    """
    facts = {name: _fact(name, value, texts) for name, value in error.facts.items()}

    is_option = any((place.column or "").startswith(OPTION) for place in error.places)

    def words(part: str) -> str:
        """Return a text of the catalogue with the facts of the error."""
        at = error.stage
        wanted = [f"{at}.{part}.{error.key}"] if at else []
        wanted += [f"cli.{part}.{error.key}"] if is_option else []
        wanted += [f"{at}.{part}_semua"] if at else []
        own = next(filter(texts.has, wanted), f"galat.{error.key}.{part}")
        return texts(own, **facts)

    label = max(len(texts(f"galat.umum.{part}")) for part in ("berkas", "harap", "perbaikan"))
    blocks = [f"{texts('galat.umum.galat')}: {words('pesan')}"]
    if error.places:
        blocks.append("\n".join(_where(error.places, texts, label)))
    advice = [_labelled(texts(f"galat.umum.{p}"), words(p), label) for p in ("harap", "perbaikan")]
    blocks.append("\n".join(advice))
    entries = edition_entries.lines(() if error.stage else error.decisions, texts)
    if entry := "\n".join(f"{_GAP}{line}".rstrip() for line in entries):
        blocks.append(entry)
    return "\n\n".join([*blocks, *(render(other, texts) for other in error.others)])


def _fact(name: str, value: str | MessageValue, texts: Texts) -> str:
    """Return a fact as it is printed: files from the current folder, text without line ends."""
    told = value.words(texts) if isinstance(value, MessageValue) else value
    return _path(Path(told)) if name == "berkas" else printed.one_line(told)


def _path(file: Path) -> str:
    """Return a file from the current folder if it stands below it, else as it was named."""
    try:
        return printed.one_line(resolved(file).relative_to(resolved(Path.cwd())).as_posix())
    except (ValueError, OSError):  # the current folder may have been deleted
        return printed.one_line(str(file))


def _where(places: Sequence[Place], texts: Texts, label: int) -> Iterator[str]:
    """Yield a line per file and below it an aligned line per place."""
    shown = places[:MOST_PLACES]
    for file, group in groupby(shown, key=lambda place: place.file):
        if file is not None:
            yield _GAP + texts("galat.umum.berkas").ljust(label) + _GAP + _path(file)
        yield from _aligned([_cells(place, texts) for place in group])
    if len(places) > len(shown):
        yield _GAP + texts("galat.umum.dan_lagi", n=len(places) - len(shown))


def _cells(place: Place, texts: Texts) -> list[str]:
    """Return cell, row, column, village and text of a place; empty where it has none."""
    found = place.found.words(texts) if isinstance(place.found, MessageValue) else place.found
    quoted = None if found is None else f'"{_short(printed.one_line(found))}"'
    parts = {
        "sel": place.cell,
        "baris": place.row,
        "pilihan" if (place.column or "").startswith(OPTION) else "kolom": place.column,
        "desa": place.village,
        "terbaca": quoted,
    }
    return [
        *(
            "" if value is None else f"{texts(f'galat.umum.{name}')} {printed.one_line(str(value))}"
            for name, value in parts.items()
        ),
        diagnosis(place.ailment, place.likely, texts),
    ]


def diagnosis(ailment: str | None, likely: str | None, texts: Texts) -> str:
    """Return what is wrong with a code, and which it may have been, in brackets.

    Parameters
    ----------
    ailment : str or None
        A key of ``kode.toml``; None gives an empty text.
    likely : str or None
        The code that was likely meant.
    """
    if ailment is None:
        return ""
    words = texts(f"kode.rusak.{ailment}")
    meant = texts("kode.barangkali", kode=likely) if likely else ""
    return f"({'; '.join(filter(None, (words, meant)))})"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows with their columns under each other; columns without text are left out."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width]
        if cells:
            yield (_GAP + _GAP.join(cells)).rstrip()


def _labelled(label: str, text: str, width: int) -> str:
    """Return a text behind its label, its further lines below its first."""
    return printed.hanging(f"{_GAP}{label.ljust(width)}{_GAP}", text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_FOUND else text[: LONGEST_FOUND - 1] + "…"
