"""From an edition to how sure its classes are, step after step.

Owns which tables are read for it and what the atlas takes from it. The computation is
``fsva.index.sureness.ranges``, ``fsva.index.sureness.uncertainty`` and
``fsva.index.sureness.sensitivity``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from fsva.config.editions.assumptions import Assumptions
from fsva.config.editions.edition import Edition
from fsva.core.errors import EditionError, Place
from fsva.core.texts import Texts
from fsva.core.toml import load as load_section
from fsva.index.sureness import ranges, uncertainty
from fsva.index.sureness.uncertainty import Certainty, Sampling
from fsva.sources.tables import edition_tables, number_cells
from fsva.words.specification import MapSpecification, mark_unsure

if TYPE_CHECKING:
    from fsva.index.sureness.ranges import Ranges
    from fsva.runs.tabulation import Tabulated

ATLAS_DRAWS = 2000
# Below this probability the name of a village is marked, from this one on a class is stable.
UNSURE, STABLE = 0.8, 0.9


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked: which table, and where its true values may lie.

    Parameters
    ----------
    tabulated : Tabulated
        Table and method.
    spread : Ranges
        The interval of every cell.
    assumed : Assumptions
        Errors, draws and seed.
    """

    tabulated: Tabulated
    spread: Ranges
    assumed: Assumptions

    def answer(self) -> Certainty:
        """Draw as often as assumed, with ranks."""
        sampling = Sampling(self.assumed.draws, self.assumed.seed)
        return uncertainty.simulate(
            self.tabulated.table, self.spread, self.tabulated.rules, sampling
        )


def assumptions(edition: Edition, file: Path | None) -> Assumptions:
    """Return what is assumed: the edition's section, or a file in its place.

    Parameters
    ----------
    edition : Edition
        With its section ``[keyakinan]``, or the defaults.
    file : Path or None
        Options file with the same keys.

    Raises
    ------
    SourceError, EditionError
        If the file is missing or refused.
    """
    if file is None:
        return edition.settings.certainty
    return load_section(file, Assumptions, EditionError)


def ask(edition: Edition, tabulated: Tabulated, assumed: Assumptions, file: Path) -> Question:
    """Find the interval of every cell of an edition.

    Parameters
    ----------
    edition : Edition
        Names the record of origins.
    file : Path
        Where they stand, for messages.

    Raises
    ------
    FsvaError
        If the record of origins cannot be used, or an error is stated of an unknown indicator.
    """
    assumed.check([i.id for i in tabulated.rules.indicators], Place(file))
    name = edition.settings.data.origins
    origins = edition_tables.read_origins(edition.path(name), tabulated.rules) if name else None
    digits = _digits(edition, tabulated)
    return Question(
        tabulated,
        ranges.ranges(tabulated.table, tabulated.rules, assumed, origins, digits),
        assumed,
    )


def _digits(edition: Edition, tabulated: Tabulated) -> pd.DataFrame | None:
    """Read how the values are written; values from raw counts are computed, and rounded then."""
    data = edition.settings.data
    if data.raw is not None:
        return None
    here = tuple(i for i in tabulated.rules.indicators if i.id not in data.suppliers)
    rules = tabulated.rules.model_copy(update={"indicators": here})
    return number_cells.read_digits(tabulated.inputs.values.source, rules)


def of_atlas(edition: Edition, tabulated: Tabulated) -> Certainty:
    """Return how sure the classes are, with the few draws that an atlas takes time for."""
    question = ask(edition, tabulated, edition.settings.certainty, edition.file)
    sampling = Sampling(ATLAS_DRAWS, question.assumed.seed, ranks=False)
    return uncertainty.simulate(tabulated.table, question.spread, tabulated.rules, sampling)


def mark(
    maps: Sequence[MapSpecification], sure: Certainty, tabulated: Tabulated, texts: Texts
) -> tuple[MapSpecification, ...]:
    """Mark on each map the villages whose class is less probable than 0.80.

    Parameters
    ----------
    maps : sequence of MapSpecification
        One per measure, in their order.
    texts : Texts
        Language of the note.
    """
    marked = []
    for shown, measure in zip(maps, tabulated.rules.measures(), strict=True):
        probabilities = sure.of_class(tabulated.table[f"{measure.id}_kelas"], measure)
        codes = frozenset(
            str(code) for code in probabilities.index[(probabilities < UNSURE).fillna(False)]
        )
        marked.append(mark_unsure(shown, codes, UNSURE, texts))
    return tuple(marked)


def summary(question: Question, sure: Certainty, others: pd.DataFrame) -> pd.DataFrame:
    """Count the villages whose class is stable, measure by measure.

    Parameters
    ----------
    others : DataFrame
        From ``fsva.index.sureness.sensitivity.alternatives``.

    Returns
    -------
    DataFrame
        ``ukuran``; ``soal``: ``galat`` (errors of the data) or ``bobot`` (other weights);
        ``jumlah_desa`` with a probability; ``stabil``: those of at least 0.90;
        ``persen_stabil``; ``rata_rata_peluang``; ``undian``; ``benih``.
    """
    table, rules = question.tabulated.table, question.tabulated.rules
    stability = [
        (measure.id, "galat", sure.of_class(table[f"{measure.id}_kelas"], measure))
        for measure in rules.measures()
    ]
    stability.append((rules.composite.id, "bobot", others["peluang_bobot"]))
    return pd.DataFrame([_row(*figures, sure.sampling) for figures in stability])


def _row(
    measure: str, kind: str, shares: pd.Series[float], sampling: Sampling
) -> dict[str, object]:
    known = shares.dropna().astype(float)
    stable = int((known >= STABLE).sum())
    return {
        "ukuran": measure,
        "soal": kind,
        "jumlah_desa": len(known),
        "stabil": stable,
        "persen_stabil": 100 * stable / len(known) if len(known) else None,
        "rata_rata_peluang": known.mean() if len(known) else None,
        "undian": sampling.draws,
        "benih": sampling.seed,
    }
