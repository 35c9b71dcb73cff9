"""The mark of a comparison of drafts: what each edition leaves open.

Owns this mark, made of the marks of the sides, for all views.
"""

from __future__ import annotations

from fsva.comparison.values.result import Comparison
from fsva.comparison.values.subjects import Side
from fsva.config.editions.unfilled import Unfilled
from fsva.core.texts import Texts
from fsva.words import draft
from fsva.words.draft import Draft


def of(comparison: Comparison, texts: Texts) -> Draft:
    """Return the mark of a comparison; false where all its editions are complete."""
    drafts = [(side, _of_side(side, texts)) for side in comparison.sides if side.open]
    return Draft(
        tuple(f"{side.name}: {', '.join(draft.missing)}" for side, draft in drafts),
        tuple(open_ for _, draft in drafts for open_ in draft.open),
        texts,
    )


def _of_side(side: Side, texts: Texts) -> Draft:
    """Return the mark of one edition; manifests tell the keys alone."""
    return draft.of_open(tuple(Unfilled(key, "kosong", "") for key in side.open), texts)
