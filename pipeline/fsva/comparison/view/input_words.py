"""Differences of the inputs in words: what differs, and what stands on either side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from fsva.comparison.values.result import Comparison, Part, ValueCause
from fsva.core.texts import Texts


def named(what: str, comparison: Comparison, texts: Texts) -> str:
    """Return the name of an indicator whose values differ; any other key as it is."""
    names = {m.id: m.name[texts.language] for m in comparison.measures}
    return names.get(what, what)


def of_causes(
    causes: Iterable[ValueCause], comparison: Comparison, texts: Texts
) -> dict[Part, str]:
    """Return what differs in each part of the inputs, in one line."""
    listed: dict[Part, list[str]] = {}
    for cause in causes:
        listed.setdefault(cause.part, []).append(named(cause.what, comparison, texts))
    return {part: ", ".join(names) for part, names in listed.items()}


def entry(text: str | None, what: str, digits: Mapping[str, int], texts: Texts) -> str | None:
    """Return a value of the inputs, if there is one; numbers have the decimals of their measure.

    Parameters
    ----------
    what : str
        Its cell or key, e.g. ``lahan`` or ``cut_off.lahan.c3``.
    digits : mapping of str to int
        Decimals by measure.
    """
    numeric = re.fullmatch(r"(?:cut_off\.|skala\.)?(\w+?)(?:\.\w+)?", what)
    if text and numeric and numeric[1] in digits and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return texts.decimal(Decimal(text), digits[numeric[1]])
    return text
