"""The steps from an edition to the certainty of its classes.

Owns the tables that it reads and the marks that the atlas takes from it. The computation is in
``fsva.index.sureness.error_intervals``, ``fsva.index.sureness.uncertainty`` and
``fsva.index.sureness.sensitivity``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fsva.config.editions.assumptions import Assumptions
from fsva.config.editions.edition import Edition
from fsva.core.errors import EditionError, Place
from fsva.core.texts import Texts
from fsva.core.toml import load as load_section
from fsva.index import result_columns
from fsva.index.result_columns import Columns
from fsva.index.sureness import error_intervals, uncertainty
from fsva.index.sureness.uncertainty import Certainty, Sampling
from fsva.sources.plain.arrays import Floats, Words
from fsva.sources.tables import edition_tables, number_cells
from fsva.words.specification import MapSpecification, mark_unsure

if TYPE_CHECKING:
    from fsva.index.sureness.error_intervals import Ranges
    from fsva.runs.tabulation import Tabulated

ATLAS_DRAWS = 2000
# Below the first probability the name of a village is marked; from the second on a class is stable.
UNSURE, STABLE = 0.8, 0.9


@dataclass(frozen=True, eq=False)
class Question:
    """The input of the simulation: a table, and the intervals of its true values.

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
    """Return the assumptions: the edition's section, or a file in its place.

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
    codes = tabulated.table.bps_codes
    read = edition_tables.read_origins(edition.path(name), tabulated.rules) if name else None
    origins = None if read is None else {**read.beside(codes).columns}
    digits = _digits(edition, tabulated, codes)
    return Question(
        tabulated,
        error_intervals.ranges(tabulated.table, tabulated.rules, assumed, origins, digits),
        assumed,
    )


def _digits(edition: Edition, tabulated: Tabulated, codes: Words) -> Columns | None:
    """Read the decimals of the values; the method rounds values computed from counts."""
    data = edition.settings.data
    if data.raw is not None:
        return None
    here = tuple(i for i in tabulated.rules.indicators if i.id not in data.suppliers)
    rules = tabulated.rules.model_copy(update={"indicators": here})
    read = number_cells.read_digits(tabulated.inputs.values.source, rules)
    return {**read.beside(codes).columns}


def of_atlas(edition: Edition, tabulated: Tabulated) -> Certainty:
    """Return the certainty of the classes, with the few draws that an atlas has time for."""
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
        shares = sure.of_class(tabulated.table.classes[measure.id], measure).tolist()
        pairs = zip(tabulated.table.codes, shares, strict=True)
        codes = frozenset(code for code, share in pairs if share < UNSURE)
        marked.append(mark_unsure(shown, codes, UNSURE, texts))
    return tuple(marked)


def summary(question: Question, sure: Certainty, others: Columns) -> Columns:
    """Count the villages whose class is stable, measure by measure.

    Parameters
    ----------
    others : Columns
        From ``fsva.index.sureness.sensitivity.alternatives``.

    Returns
    -------
    Columns
        ``ukuran``; ``soal``: ``galat`` (errors of the data) or ``bobot`` (other weights);
        ``jumlah_desa`` with a probability; ``stabil``: those of at least 0.90;
        ``persen_stabil``; ``rata_rata_peluang``; ``undian``; ``benih``.
    """
    table, rules = question.tabulated.table, question.tabulated.rules
    stability = [
        (measure.id, "galat", sure.of_class(table.classes[measure.id], measure))
        for measure in rules.measures()
    ]
    stability.append((rules.composite.id, "bobot", others["peluang_bobot"]))
    counted = [_row(*one, sure.sampling) for one in stability]
    return {name: result_columns.words(row[name] for row in counted) for name in counted[0]}


def _row(measure: str, kind: str, shares: Floats, sampling: Sampling) -> dict[str, object]:
    known = shares[~np.isnan(shares)]
    stable = np.count_nonzero(known >= STABLE)
    return {
        "ukuran": measure,
        "soal": kind,
        "jumlah_desa": len(known),
        "stabil": stable,
        "persen_stabil": 100 * stable / len(known) if len(known) else None,
        "rata_rata_peluang": float(known.mean()) if len(known) else None,
        "undian": sampling.draws,
        "benih": sampling.seed,
    }
