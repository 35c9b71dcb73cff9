"""The ranges of values that classes stand for, in words that say which end belongs.

Owns their one form for both directions and both closures.
"""

from __future__ import annotations

from fsva.config.methods.method import Indicator, Measure
from fsva.core.texts import Texts
from fsva.index import classes

NONE = "-"


def of_class(measure: Measure, priority: int, texts: Texts, last: int | None = None) -> str:
    """Write the range of values of a class.

    Parameters
    ----------
    priority : int
        From 1 on.
    texts : Texts
        Number format; names of categories.
    last : int or None
        Where a map joins several classes into one: the last of them.

    Returns
    -------
    str
        ``di atas 0,0093 sampai 0,0373``, ``15,0000 atau lebih`` or the name of the category; a dash
        for a class that no category leads to or that lies between coinciding cut-offs.
    """
    if isinstance(measure, Indicator) and measure.categories:
        categories = [
            c for c, n in measure.categories.items() if priority <= n <= (last or priority)
        ]
        names = (measure.category_names.get(str(c)) for c in sorted(categories))
        return ", ".join(name[texts.language] for name in names if name) or NONE
    lower, upper = classes.interval_of_several(measure, priority, last or priority)
    low, high = _cut_off(measure, lower, texts), _cut_off(measure, upper, texts)
    if low and low == high:
        return NONE  # coinciding cut-offs leave nothing between them
    kind = "antara" if low and high else "terendah" if high else "tertinggi"
    return texts(f"rentang.{kind}_{measure.closed}", dari=low, sampai=high)


def _cut_off(measure: Measure, position: int | None, texts: Texts) -> str:
    if position is None or measure.cut_offs is None:
        return ""
    return texts.decimal(measure.cut_offs[position], measure.digits)
