"""What a legend says beside its colours: rows as sentences, direction, totals.

Owns the words for the units of a map, which are desa, kelurahan or both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from fsva.config.methods.measures import Composite
from fsva.config.methods.method import Indicator, Measure, Method
from fsva.core.columns import UNIT
from fsva.core.levels import is_kelurahan
from fsva.core.texts import Texts
from fsva.index.joined_table import JoinedTable

# Kinds of units, beside desa: kelurahan, or both of them on one map.
URBAN, MIXED = "kelurahan", "campuran"


def within(name: str) -> str:
    """Return a name as it stands within a sentence; abbreviations keep their capitals.

    Examples
    --------
    >>> within("Air tercemar"), within("IPM rendah")
    ('air tercemar', 'IPM rendah')
    """
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def is_several(heading: str) -> bool:
    """Tell whether a heading is that of several priority classes in one row, as ``4-6``."""
    return re.fullmatch(r"\d+-\d+", heading) is not None


def fitting(texts: Texts, codes: Collection[str]) -> Texts:
    """Return texts that call the units what all of them are, where all are desa or kelurahan.

    Parameters
    ----------
    codes : collection of str
        Kemendagri codes of all villages of an edition.
    """
    said = {texts.table("peta.wilayah")[MIXED]: unit(codes, texts)}
    if units(codes) == URBAN:
        rural, urban = (texts.table(f"peta.sebutan_{kind}") for kind in (UNIT, URBAN))
        said |= {rural[key]: urban[key] for key in rural}
    return texts.saying(said)


def placed(words: str, texts: Texts) -> str:
    """Return words of a method, which speak of desa, as they fit a map of kelurahan alone.

    Parameters
    ----------
    texts : Texts
        From ``fitting``.
    """
    rural, own = (texts(f"peta.wilayah.{kind}") for kind in (UNIT, MIXED))
    if own != texts(f"peta.wilayah.{URBAN}"):
        return words
    for old, new in ((rural, own), (rural.capitalize(), own.capitalize())):
        words = re.sub(rf"\b{old}\b", new, words)
    return words


def unit(codes: Collection[str], texts: Texts) -> str:
    """Return the word for villages: desa, kelurahan, or both where they are of both kinds."""
    return texts(f"peta.wilayah.{units(codes)}")


def units(codes: Collection[str]) -> str:
    """Tell what the units of a map are: ``desa``, ``kelurahan``, or both ``campuran``.

    Parameters
    ----------
    codes : collection of str
        Kemendagri codes; their last part is 1xxx of kelurahan.
    """
    kinds = {is_kelurahan(code) for code in codes}
    return MIXED if len(kinds) > 1 else URBAN if True in kinds else UNIT


def direction(measure: Measure, method: Method, texts: Texts) -> str:
    """Say what a score means, or which side of the values is good; nothing of categories.

    Parameters
    ----------
    method : Method
        Names the ends of a score by its first and last class.
    """
    if isinstance(measure, Composite):
        ends = (method.classes[n].name[texts.language] for n in (0, -1))
        worst, best = map(within, ends)
        return texts("peta.arti_skor", terburuk=worst, terbaik=best)
    if isinstance(measure, Indicator) and measure.categories:
        return ""
    return texts(f"peta.arti_{measure.better}")


def totals(
    table: JoinedTable,
    measure: Measure,
    method: Method,
    people: Sequence[float] | None,
    texts: Texts,
) -> Iterator[str]:
    """Yield the number of villages of a map, and of the people in its vulnerable ones.

    Parameters
    ----------
    people : sequence of float or None
        Population of each village in the order of the table; NaN = not known. Where that of one
        vulnerable village is not known, nothing is said of people.
    """
    yield of_villages(table.codes, texts)
    if people is None or len(method.classes_of(measure)) != method.n_classes:
        return
    vulnerable = np.isin(table.classes[measure.id], list(method.vulnerable))
    persons = np.asarray(people, dtype=float)[vulnerable]
    if not np.isnan(persons).any() and not np.isnan(np.asarray(people, dtype=float)).all():
        number = texts.decimal(float(persons.sum()), 0)
        yield texts("peta.penduduk", jumlah=number, **method.sides)


def of_villages(codes: Collection[str], texts: Texts) -> str:
    """Return the number of villages of a map in words."""
    number = texts.decimal(len(codes), 0)
    return texts(f"peta.jumlah_{units(codes)}", jumlah=number)
