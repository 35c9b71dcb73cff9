"""The map of pockets of extreme poverty over the composite classes 1-3.

Owns what this one map says: the colours of classes 1-3, one neutral colour for classes 4-6, and
hatching over the pockets. It is the composite's map with other words and less colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from fsva.config.editions.sections import EXTREME_POVERTY, Settings
from fsva.config.methods.interventions import PocketLimits
from fsva.config.methods.method import Method
from fsva.core.texts import Texts
from fsva.index import causes
from fsva.words.specification import Highlight, LegendRow, MapSpecification

FILE_STEM = "peta-kantong"


def build(
    composite: MapSpecification,
    laid: pd.DataFrame,
    limits: PocketLimits,
    *,
    method: Method,
    settings: Settings,
    texts: Texts,
    neutral: str,
) -> MapSpecification:
    """Describe the map of pockets.

    Parameters
    ----------
    composite : MapSpecification
        The composite's map of the same edition.
    laid : DataFrame
        From ``fsva.index.targeting.overlay``, with poverty.
    limits : PocketLimits
        The number that a pocket exceeds.
    method : Method
        Colours and names of the classes.
    settings : Settings
        Source of the poverty table.
    texts : Texts
        The language.
    neutral : str
        ``#RRGGBB`` of the layout for villages of classes 4-6.
    """
    classes = laid["kelas"].fillna(0).clip(upper=causes.FIRST_SECURE)
    pockets = laid.index[laid["kantong"].fillna(False).astype(bool)]
    number = texts.decimal(limits.more_than, 0)
    return replace(
        composite,
        number=0,
        file_stem=FILE_STEM,
        title=texts("sasaran.judul_peta").upper(),
        priorities={str(code): int(priority) for code, priority in classes.items()},
        legend=tuple(_legend(composite, laid, method, texts, neutral)),
        sources=(_source(composite, settings, texts), *composite.sources[1:]),
        notes=(*composite.notes, " ".join(_notes(laid, texts))),
        highlight=Highlight(frozenset(map(str, pockets)), texts("sasaran.kantong", batas=number)),
    )


def _legend(
    composite: MapSpecification, laid: pd.DataFrame, method: Method, texts: Texts, neutral: str
) -> Iterator[LegendRow]:
    """Yield "no data" and classes 1-3 as on the composite's map, then one row for classes 4-6."""
    yield from (row for row in composite.legend if row.priority < causes.FIRST_SECURE)
    secure = int((laid["kelas"] >= causes.FIRST_SECURE).sum())
    first, last = causes.FIRST_SECURE, method.classes[-1].number
    cut_offs, digits = method.composite.cut_offs, method.composite.digits
    lowest = texts.decimal(cut_offs[first - 2], digits) if cut_offs else ""
    sign = ">" if method.composite.closed == "atas" else "≥"
    yield LegendRow(
        first, neutral, texts("sasaran.tidak_rentan"), f"{sign} {lowest}", secure, f"{first}-{last}"
    )


def _source(composite: MapSpecification, settings: Settings, texts: Texts) -> str:
    """Name the source of the poverty table; those of the classes stand on the composite's map."""
    origin = settings.origins[EXTREME_POVERTY]
    source = texts("peta.instansi_tahun", instansi=origin.agency, tahun=origin.year)
    return texts("sasaran.sumber", sumber=source, nomor=composite.number)


def _notes(laid: pd.DataFrame, texts: Texts) -> Iterator[str]:
    """Say how many pockets are in need, and for how many villages nothing is known."""
    both, pockets = int(laid["keduanya"].sum()), int(laid["kantong"].sum())
    yield texts("sasaran.catatan_keduanya", jumlah=both, kantong=pockets)
    unknown = int(laid["kantong"].isna().sum())
    if unknown:
        yield texts("sasaran.catatan_tidak_diketahui", jumlah=unknown)
