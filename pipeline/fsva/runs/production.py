"""From an edition to the bytes of its atlas: the whole way of the data, step after step.

Owns the order of the steps and nothing else: ``fsva.runs.tabulation`` goes from the inputs to the
joined table, ``fsva.runs.sheet_files`` from specifications to files; ``fsva.core.publish`` puts the
result in its place. Heavy libraries are imported when a run really happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from fsva.core import manifest
from fsva.core.columns import BPS, UNIT
from fsva.runs import sheet_files
from fsva.runs.run_order import Order, Progress
from fsva.runs.tabulation import Tabulated, tabulate

if TYPE_CHECKING:
    from fsva.checks.findings import Report
    from fsva.index.sureness.uncertainty import Certainty
    from fsva.words.specification import MapSpecification


def produce(order: Order, progress: Progress) -> dict[str, bytes]:
    """Make all files of an atlas.

    Parameters
    ----------
    order : Order
        What is to be made.
    progress : callable
        Is told in words what has been done.

    Returns
    -------
    dict of str to bytes
        File name to content, the manifest included.

    Raises
    ------
    FsvaError
        If an input cannot be used; nothing has been written then.
    """
    from fsva.runs import check_run
    from fsva.words import specification

    texts, settings = order.texts, order.edition.settings
    made = tabulate(order, sheet_files.load_libraries)
    checked = check_run.approved(order, made)
    progress(texts("cli.desa_cocok", jumlah=len(made.table), berkas=order.layer.name))
    maps = specification.build(made.table, made.rules, settings, texts)
    record = _Record(order, made, checked)
    if order.marks_unsure:
        maps = record.marked(maps)
    more, aspect_files = _aspects(order, made) if order.with_aspects else ((), {})
    every = (*maps, *more)
    written = partial(record.files, every)
    files = aspect_files | sheet_files.atlas(order, made, every, maps, progress, meanwhile=written)
    facts = {"nomor": order.number, **order.facts()}
    files[manifest.FILE_NAME] = manifest.make(facts, order.fingerprints, files)
    return files


@dataclass(frozen=True, eq=False)
class _Record:
    """What is written of an edition beside its maps.

    Parameters
    ----------
    order, made : Order, Tabulated
        The edition and its joined table.
    checked : Report
        What the checks have found.
    """

    order: Order
    made: Tabulated
    checked: Report

    @cached_property
    def sure(self) -> Certainty:
        """How sure the classes are."""
        from fsva.runs import certainty_run

        return certainty_run.of_atlas(self.order, self.made)

    def marked(self, maps: tuple[MapSpecification, ...]) -> tuple[MapSpecification, ...]:
        """Mark on maps which classes are not sure."""
        from fsva.runs import certainty_run

        return certainty_run.mark(maps, self.sure, self.made, self.order.texts)

    def files(self, maps: Sequence[MapSpecification]) -> dict[str, bytes]:
        """Return tables, ledgers and report; the legends of the maps hold the report's counts."""
        from fsva.files.tables import class_table as writers
        from fsva.files.tables import ledgers
        from fsva.words import report

        manifest.program()  # is kept for the manifest, which is made when no time is left over
        made, order = self.made, self.order
        table, rules, joined = made.table, made.rules, made.joined
        words = report.write(
            maps, table, joined.ledger, order.edition.settings, rules, order.texts, self._notes()
        )
        certainty = self.sure.of_class(table["komposit_kelas"], rules.composite)
        return {
            writers.CLASSES: writers.classes_csv(table.assign(komposit_keyakinan=certainty), rules),
            writers.PAIRS: writers.ledger_csv(joined.ledger),
            "laporan.txt": words.encode("utf-8"),
            **ledgers.of(joined),
        }

    def _notes(self) -> list[Sequence[str]]:
        from fsva.checks import finding_words as of_checks
        from fsva.words import layer_words, repair_words, sourced_words, succession_words

        texts, joined = self.order.texts, self.made.joined
        names = self.made.table.set_index(BPS)[UNIT]
        told = [
            words.lines(joined, texts) for words in (layer_words, repair_words, succession_words)
        ]
        settings = self.order.edition.settings
        return [
            *told,
            *of_checks.for_atlas(self.checked, texts),
            sourced_words.lines(joined.supplied, settings.data, names, texts),
        ]


def _aspects(
    order: Order, made: Tabulated
) -> tuple[tuple[MapSpecification, ...], dict[str, bytes]]:
    """Score the aspects; return their maps and their table."""
    from fsva.files.tables import summary_tables
    from fsva.index import aspects
    from fsva.words import specification

    settings, rules = order.edition.settings, made.rules
    parts = summary_tables.all_aspects(rules)
    scored = made.table.join(aspects.tabulate(made.table, rules, parts))
    maps = specification.build_aspects(scored, rules, parts, settings, order.texts)
    return maps, {summary_tables.ASPECTS: summary_tables.aspects_csv(scored, rules, parts)}
