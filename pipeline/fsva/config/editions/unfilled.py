"""What an edition leaves open: words to be filled in, guesses, file names in place of a source.

Owns the judgement on ``edition.toml``; an edition with any of it is a draft. What is false because
it belongs to another district is the business of ``fsva.config.editions.other_districts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Literal

from fsva.config.editions.edition import Edition
from fsva.config.editions.layer_acceptances import LayerAcceptance
from fsva.config.editions.sections import (
    Acceptance,
    Boundary,
    Confirmation,
    District,
    Override,
    Settings,
)
from fsva.config.styles import draft_style, gazetteer
from fsva.core import names, placeholders, toml
from fsva.core.toml import Bilingual

Cause = Literal["kosong", "tebakan", "berkas", "sintetis", "waktu", "nama"]


SYNTHETIC: Literal["sintetis"] = "sintetis"
GUESSED: Literal["tebakan"] = "tebakan"
UNTIMELY: Literal["waktu"] = "waktu"
MISNAMED: Literal["nama"] = "nama"
# Office causes that a confirmation with a reason takes away.
CONFIRMABLE = (GUESSED, UNTIMELY, MISNAMED)
_LATEST = 1  # an edition may be issued up to so many years after its own
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_OF_INDICATORS = "sumber"


@dataclass(frozen=True)
class Unfilled:
    """One value of ``edition.toml`` that must not be printed as if it were true.

    Parameters
    ----------
    key : str
        The way to it, e.g. ``batas.sumber`` or ``sumber.lahan.tahun``.
    cause : {"kosong", "tebakan", "berkas", "sintetis", "waktu", "nama"}
        Not filled in; guessed; the name of a file; invented on purpose; not of the edition's time;
        not the name of the district with that code.
    found : str
        What stands there.
    line : int or None
        Where it stands in ``edition.toml``, or the section that lacks it.
    expected : str
        What should stand there, as far as that is known.
    """

    key: str
    cause: Cause
    found: str
    line: int | None = None
    expected: str = ""

    @property
    def subject(self) -> str:
        """The key without the id of an indicator, e.g. ``sumber.tahun``."""
        first, *rest = self.key.split(".")
        return ".".join([first, *rest[-1:]])

    @property
    def indicator(self) -> str | None:
        """The indicator that it is about, if it is about one."""
        first, *rest = self.key.split(".")
        return rest[0] if first == _OF_INDICATORS and len(rest) > 1 else None


def of(settings: Settings) -> tuple[Unfilled, ...]:
    """Return what an edition leaves open, in the order of ``edition.toml``.

    Parameters
    ----------
    settings : Settings
        Another boundary layer is part of them. A guess that the office confirms counts as true;
        a word to be filled in does not.
    """
    return tuple(
        gap
        for gap in _all(settings)
        if gap.cause in ("kosong", SYNTHETIC) or confirming(settings.confirmed, gap.key) is None
    )


def keys(settings: Settings) -> list[str]:
    """Return the dotted keys of ``edition.toml`` that make an edition a draft."""
    return [gap.key for gap in of(settings)]


def of_file(edition: Edition) -> tuple[Unfilled, ...]:
    """Return what an edition leaves open, with the lines of its file."""
    text, gaps = toml.read_text(edition.file), of(edition.settings)
    lines = [toml.line_of(text, location(gap.key)) for gap in gaps]
    return tuple(replace(gap, line=line) for gap, line in zip(gaps, lines, strict=True))


def location(key: str) -> tuple[int | str, ...]:
    """Return what a dotted key names, as ``toml.line_of`` takes it.

    Examples
    --------
    >>> location("timpa.0.alasan")
    ('timpa', 0, 'alasan')
    """
    return tuple(int(part) if part.isdigit() else part for part in key.split("."))


def confirming(confirmed: Iterable[Confirmation], key: str) -> Confirmation | None:
    """Return what confirms a key, or the section that it is in; None if nothing does."""
    return next((c for c in confirmed if f"{key}.".startswith(f"{c.key}.")), None)


def _all(settings: Settings) -> Iterator[Unfilled]:
    if settings.synthetic:
        yield Unfilled(SYNTHETIC, SYNTHETIC, "")
    yield from _date(settings)
    yield from _words("penyusun", settings.compiler)
    yield from _name(settings.district)
    yield from _words("daerah.provinsi", settings.district.province)
    yield from _words("batas.tahun", settings.boundary.vintage or placeholders.words()[0])
    yield from _producer(settings.boundary)
    if settings.base.producer:
        yield from _words("dasar_peta.sumber", *_both(settings.base.producer))
    for name, origin in settings.origins.items():
        yield from _words(f"sumber.{name}.instansi", origin.agency)
        yield from _words(f"sumber.{name}.tahun", origin.year)
    yield from _years(settings)
    yield from _reasons(settings)


def _reasons(settings: Settings) -> Iterator[Unfilled]:
    """Yield the decisions of the office whose reason is still to be written."""
    made: dict[str, Sequence[LayerAcceptance | Override | Acceptance | Confirmation]] = {
        "batas.diterima": settings.boundary.accepted,
        "timpa": settings.overrides,
        "diterima": settings.acceptances,
        "dibenarkan": settings.confirmed,
    }
    for key, entries in made.items():
        for number, entry in enumerate(entries):
            yield from _words(f"{key}.{number}.alasan", *_both(entry.reason))


def _words(key: str, *texts: str) -> Iterator[Unfilled]:
    placeholder = next((text for text in texts if placeholders.is_placeholder(text)), None)
    if placeholder is not None:
        yield Unfilled(key, "kosong", placeholder)


def _both(words: Bilingual) -> tuple[str, str]:
    return words.id, words.en


def _date(settings: Settings) -> Iterator[Unfilled]:
    guessed = draft_style.load().guessed_day
    if settings.issued is None:
        yield Unfilled("tanggal", "kosong", placeholders.words()[0])
    elif settings.issued == date(settings.year, guessed.month, guessed.day):
        yield Unfilled("tanggal", GUESSED, settings.issued.isoformat())
    elif not settings.year <= settings.issued.year <= settings.year + _LATEST:
        yield Unfilled("tanggal", UNTIMELY, settings.issued.isoformat())


def _name(district: District) -> Iterator[Unfilled]:
    """Yield a name in the title of every map that the district of that code does not bear."""
    point = next((p for p in gazetteer.load().districts if p.code == district.code), None)
    if point is None:
        return
    own = {names.plain(text) for text in (point.name, point.short)}
    if not own & {names.plain(district.name), names.plain(district.full_name)}:
        yield Unfilled("daerah.nama", MISNAMED, district.name, expected=point.short)


def _producer(boundary: Boundary) -> Iterator[Unfilled]:
    texts = _both(boundary.producer)
    if any(placeholders.is_placeholder(text) for text in texts):
        yield from _words("batas.sumber", *texts)
        return
    file_name = next((text for text in texts if is_file(text, boundary.layer)), None)
    if file_name is not None:
        yield Unfilled("batas.sumber", "berkas", file_name)


def is_file(text: str, layer: str) -> bool:
    """Tell whether a source is the name of the layer, or of any file.

    Parameters
    ----------
    text : str
        What ``[batas] sumber`` says.
    layer : str
        The file of the layer.
    """
    name, said = PurePath(layer), text.strip().casefold()
    endings = "|".join(draft_style.load().file_endings)
    names = {name.name.casefold(), name.stem.casefold()}
    return said in names or re.search(rf"\w\.(?:{endings})\b", said) is not None


def _years(settings: Settings) -> Iterator[Unfilled]:
    """Yield the years of all sources where each is the edition's own: data are older than it."""
    years = {origin.year.strip() for origin in settings.origins.values()}
    if len(settings.origins) > 1 and years == {str(settings.year)}:
        for name, origin in settings.origins.items():
            yield Unfilled(f"sumber.{name}.tahun", GUESSED, origin.year)
    for name, origin in settings.origins.items():
        if any(int(year) > settings.year for year in _YEAR.findall(origin.year)):
            yield Unfilled(f"sumber.{name}.tahun", UNTIMELY, origin.year)
