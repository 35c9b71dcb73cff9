"""The steps from an edition to the errata of its published report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fsva.comparison.errata import errata_files, report_errata
from fsva.comparison.errata.erratum import Erratum
from fsva.core.texts import Texts
from fsva.runs import tabulation
from fsva.runs.run_order import Order
from fsva.words.legends import legend_words

COMMAND = "banding --cetakan"


def make(order: Order) -> tuple[list[str], dict[str, bytes]]:
    """Return the errata as lines for the terminal, and as files with their manifest.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    edition = order.edition
    tabulated = tabulation.of_order(order)
    order = order.saying(legend_words.fitting(order.texts, tabulated.table.codes))
    texts = order.texts
    found = report_errata.find(edition, tabulated, texts)
    files = errata_files.files(found, tabulated.rules, edition.settings, texts)
    settings = edition.settings
    named = [name for _, name in settings.printed.files() if name]
    inputs = [edition.path(name) for name in (*named, *(t.file for t in settings.supporting))]
    lines = [errata_files.summary(found, texts), *_lines(found.errata, texts)]
    return lines, order.recorded(files, COMMAND, inputs=inputs)


def _lines(errata: Sequence[Erratum], texts: Texts) -> Iterator[str]:
    for one in errata:
        yield f"  {one.place}: {errata_files.sentence(one, texts)}"
