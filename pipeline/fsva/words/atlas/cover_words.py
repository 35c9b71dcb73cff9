"""What the cover of an atlas says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fsva.config.editions.sections import Settings
from fsva.core.texts import Texts
from fsva.words import specification

_Face = Literal["regular", "bold"]


@dataclass(frozen=True)
class CoverWords:
    """What stands on the cover of ``atlas.pdf``.

    Parameters
    ----------
    title, district, province, year : str
        In the middle, one below the other.
    foot : tuple of (str, {"regular", "bold"})
        Paragraphs at its foot, and the face of each.
    """

    title: str
    district: str
    province: str
    year: str
    foot: tuple[tuple[str, _Face], ...]


def of(settings: Settings, texts: Texts) -> CoverWords:
    """Return the words of the cover of an edition, but for its print number."""
    issued = texts("lembar.edisi", tanggal=specification.issued(settings, texts))
    rows: list[tuple[str, _Face]] = [(settings.compiler, "bold")]
    rows += [(words, "regular") for words in (settings.address, settings.rights) if words]
    rows.append((issued, "regular"))
    if settings.boundary.schematic:
        rows.append((texts("peta.batas_skematis"), "bold"))
    return CoverWords(
        texts("peta.atlas"),
        specification.district_name(settings, texts),
        texts("atlas.provinsi", provinsi=settings.district.province),
        texts("atlas.tahun", tahun=settings.year),
        tuple(rows),
    )
