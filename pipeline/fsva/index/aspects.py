"""Sub-indices of the aspects: the composite of some indicators of a method only.

Owns which indicators make up an aspect, and its weights, cut-offs and score. The arithmetic is
that of the composite (``fsva.index.composite``) and of equation 2 (``fsva.index.derivation``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

from fsva.config.methods.method import Composite, Indicator, Method
from fsva.core.texts import Language, Texts
from fsva.core.toml import Bilingual
from fsva.index import classes, composite, derivation
from fsva.index.joined_table import JoinedTable

PREFIX = "aspek_"  # of ids and columns: the six indicators have one called ``akses`` as well


class Aspect(Composite):
    """The sub-index of one aspect, 0-100, high is food secure.

    Attributes
    ----------
    indicators : tuple of Indicator
        Those of the aspect, their weights rescaled to a sum of 1.
    """

    indicators: tuple[Indicator, ...]

    @property
    def aspect(self) -> str:
        """Name of the aspect as the method gives it, e.g. ``ketersediaan``."""
        return self.id.removeprefix(PREFIX)


def names(method: Method, catalogues: Mapping[Language, Texts]) -> dict[str, Bilingual]:
    """Return the names of a method's aspects in both languages.

    Parameters
    ----------
    method : Method
        Its indicators name their aspects.
    catalogues : mapping of str to Texts
        By language, ``id`` and ``en``. An aspect that they do not know keeps the method's word.
    """
    return {
        aspect: Bilingual(**{key: _name(aspect, texts) for key, texts in catalogues.items()})
        for aspect in _in_order(method)
    }


def _name(aspect: str, texts: Texts) -> str:
    key = f"ringkasan.aspek.{aspect}"
    return texts(key) if texts.has(key) else aspect.replace("_", " ").capitalize()


def of_method(method: Method, called: Mapping[str, Bilingual]) -> tuple[Aspect, ...]:
    """Make the sub-indices of a method, one per aspect that its indicators name.

    Parameters
    ----------
    called : mapping of str to Bilingual
        Aspect to its name, from ``names``.

    Returns
    -------
    tuple of Aspect
        In the order in which the indicators first name them; their maps follow the
        composite's: Peta 8, 9, 10 where there are six indicators.

    Notes
    -----
    Cut-offs: equation 2 of the report (section 1.3) over the aspect's indicators alone, with
    their rescaled weights; closure and digits are the composite's.
    """
    first = method.composite.map_number + 1
    return tuple(
        _aspect(method, aspect, called[aspect], first + n)
        for n, aspect in enumerate(_in_order(method))
    )


def _in_order(method: Method) -> tuple[str, ...]:
    return tuple(dict.fromkeys(indicator.aspect for indicator in method.indicators))


def _aspect(method: Method, aspect: str, name: Bilingual, map_number: int) -> Aspect:
    part = _restricted(method, aspect)
    alike = {field: getattr(method.composite, field) for field in Composite.model_fields}
    differing = {
        "id": PREFIX + aspect,
        "map_number": map_number,
        "name": name,
        "title": name,
        "cut_offs": derivation.composite_cut_offs(part),
        "indicators": part.indicators,
    }
    return Aspect.model_validate(alike | differing)


def _restricted(method: Method, aspect: str) -> Method:
    """Return the method with the indicators of one aspect only, their weights summing to 1."""
    indicators = [i for i in method.indicators if i.aspect == aspect]
    total = sum((i.weight for i in indicators), Fraction(0))
    rescaled = [i.model_copy(update={"weight": i.weight / total}) for i in indicators]
    return method.model_copy(update={"indicators": tuple(rescaled)})


def tabulate(table: JoinedTable, method: Method, aspects: Iterable[Aspect]) -> JoinedTable:
    """Compute score and class of every aspect.

    Parameters
    ----------
    aspects : iterable of Aspect
        From ``of_method``.

    Returns
    -------
    JoinedTable
        With score (0-100), class and basis of the aspects too: ``nilai``, or ``kosong`` where a
        value of one of the indicators is not known. A published class of an indicator does not
        help: it is no value.
    """
    scored = {}
    for aspect in aspects:
        part = method.model_copy(update={"indicators": aspect.indicators})
        score = composite.index(table.values, part)
        basis = np.where(np.isnan(score), "kosong", "nilai").astype(object)
        scored[aspect.id] = score, classes.classify(score, aspect), basis
    return table.with_measures(scored)
