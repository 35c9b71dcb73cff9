"""From an edition to the bytes of its atlas: the whole way of the data, step after step.

Owns the order of the steps and nothing else: ``pipeline.tabulation`` goes from the inputs to the
joined table, ``pipeline.drawing`` from specifications to files; ``pipeline.publish`` puts the
result in its place. Heavy libraries are imported when a run really happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import drawing, manifest
from pipeline.orders import Order, Progress
from pipeline.tabulation import Tabulated, tabulate

if TYPE_CHECKING:
    from pipeline.specification import MapSpecification


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
    from pipeline import certainty_run, check_run, repair_words, report, specification, supply_words
    from pipeline import layer_words as rows
    from pipeline import succession_words as heirs
    from pipeline.files import ledgers
    from pipeline.files import tables as writers

    texts, settings = order.texts, order.edition.settings
    made = tabulate(order)
    table, rules, joined = made.table, made.rules, made.joined
    checked = check_run.lines(order, made)
    names = table.set_index("kode_bps")["desa"]
    notes = [words.lines(joined, texts) for words in (rows, repair_words, heirs)] + [*checked]
    notes.append(supply_words.lines(joined.supplied, settings.data, names, texts))
    progress(texts("cli.desa_cocok", jumlah=len(table), berkas=order.layer.name))
    maps = specification.build(table, rules, settings, texts)
    sure = certainty_run.of_atlas(order, made)
    table["komposit_keyakinan"] = sure.of_class(table["komposit_kelas"], rules.composite)
    if order.marks_unsure:
        maps = certainty_run.mark(maps, sure, made, texts)
    more, aspect_files = _aspects(order, made) if order.with_aspects else ((), {})
    every = (*maps, *more)
    words = report.write(every, table, joined.ledger, settings, rules, texts, notes)
    files = {
        "kelas.csv": writers.classes_csv(table, rules),
        "gabung.csv": writers.ledger_csv(joined.ledger),
        "laporan.txt": words.encode("utf-8"),
        **ledgers.of(joined),
        **aspect_files,
        **drawing.atlas(order, made, every, maps, progress),
    }
    facts = {"nomor": order.number, **order.facts()}
    files[manifest.FILE_NAME] = manifest.make(facts, order.fingerprints, files)
    return files


def _aspects(
    order: Order, made: Tabulated
) -> tuple[tuple[MapSpecification, ...], dict[str, bytes]]:
    """Score the aspects; return their maps and their table."""
    from pipeline import aspects, specification
    from pipeline.files import summary_tables

    settings, rules = order.edition.settings, made.rules
    parts = summary_tables.all_aspects(rules)
    scored = made.table.join(aspects.tabulate(made.table, rules, parts))
    maps = specification.build_aspects(scored, rules, parts, settings, order.texts)
    return maps, {summary_tables.ASPECTS: summary_tables.aspects_csv(scored, rules, parts)}
