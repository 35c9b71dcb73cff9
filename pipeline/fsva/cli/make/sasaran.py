"""``fsva sasaran``: priority villages, and the rows of the action plan.

Owns the dialogue: results on the screen, place of the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import TYPE_CHECKING, Any

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.index.result_columns import Columns
    from fsva.runs.target_run import Targeting

FOLDER = "sasaran"


def make(texts: Texts) -> Command:
    """Return the command."""
    output = options.output(texts)
    output.help = texts("sasaran.o_keluaran")
    return runner.command(
        texts,
        "sasaran",
        make_targets,
        words="sasaran.bantuan",
        folder=FOLDER,
        more=[output, options.as_json(texts)],
    )


def make_targets(call: Call, *, json: bool) -> None:
    """Write the files of targeting, all or none, and print a summary; JSON writes nothing.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the output folder stays unchanged.
    """
    from fsva.files.tables import program_records
    from fsva.runs import sheet_materials, tabulation, target_run
    from fsva.words.legends import legend_words

    order = call.order
    tabulated = tabulation.of_order(order)
    texts = legend_words.fitting(call.texts, tabulated.table.codes)
    computed = target_run.compute(order.edition, tabulated)
    if json:
        call.say_json(program_records.of_files(target_run.tables(tabulated, computed, texts)))
        return
    for line in _lines(computed, texts):
        screen.say(line)
    materials = sheet_materials.asked(order, tabulated)
    made = target_run.files(tabulated, computed, materials, texts, screen.say)
    call.publish(made.files, target_run.FILES, "sasaran.selesai", numbers=made.numbers)


def _lines(computed: Targeting, texts: Texts) -> Iterator[str]:
    """Yield the results: villages in need, pockets, coverage, rows of the plan."""
    from fsva.index import action_rows, result_columns, targeting
    from fsva.words import action_words

    laid, actions = computed.laid, computed.actions
    n_villages, need = result_columns.count(laid), int(result_columns.yes(laid["rentan"]).sum())
    classed = n_villages - int(result_columns.unknown(laid["kelas"]).sum())
    if classed:
        yield texts("sasaran.rentan", jumlah=need, semua=classed, **computed.method.sides)
    if classed < n_villages:
        yield texts("ringkasan.layar.tanpa_data", jumlah=n_villages - classed)
    yield _pockets(computed, texts) if computed.has_poverty else texts("sasaran.tanpa_tabel")
    if computed.n_suppressed:
        yield texts("register.disembunyikan", jumlah=computed.n_suppressed)
    if computed.served is None:
        yield texts("sasaran.tanpa_cakupan")
    else:
        yield from _coverage(computed.served, result_columns.count(targeting.targets(laid)), texts)
    yield texts("sasaran.rencana", baris=len(actions), jumlah=len({row.code for row in actions}))
    without = action_rows.unanswered(actions)
    if without:
        names = [action_words.cause_name(cause, computed.method, texts) for cause in without]
        yield texts("sasaran.tanpa_program", penyebab=", ".join(names))
    empty = sorted({key for row in actions if row.planned for key in row.planned.unfilled()})
    if empty:
        yield texts("sasaran.belum_lengkap", kunci=", ".join(empty))


def _pockets(targeting: Targeting, texts: Texts) -> str:
    from fsva.index import result_columns

    laid = targeting.laid
    return texts(
        "sasaran.kantong_jumlah",
        batas=texts.decimal(targeting.rules.limits.more_than, 0),
        kantong=int(result_columns.yes(laid["kantong"]).sum()),
        keduanya=int(result_columns.yes(laid["keduanya"]).sum()),
        tidak_diketahui=int(result_columns.unknown(laid["kantong"]).sum()),
        **targeting.method.sides,
    )


def _coverage(served: Columns, n_targets: int, texts: Texts) -> Iterator[str]:
    from fsva.index import result_columns, targeting

    yield texts("sasaran.cakupan", jumlah=n_targets)
    for row in result_columns.records(targeting.programmes(served)):
        yield texts(
            "sasaran.program",
            program=row["program"],
            dilayani=row["dilayani"],
            sebagian=_in_part(row, texts),
            tidak=row["tidak_dilayani"],
            kosong=row["tidak_diketahui"],
        )


def _in_part(row: dict[str, Any], texts: Texts) -> str:
    """Return the number of partly served villages in words; empty without ratios."""
    if isnan(row["cakupan_rerata"]):
        return ""
    mean = texts.decimal(row["cakupan_rerata"], 2)
    return texts("sasaran.program_sebagian", jumlah=row["dilayani_sebagian"], rerata=mean)
