"""The run's report: counts, decisions and oddities of an edition, in words.

Owns the text of ``laporan.txt``, which the command also prints at its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fsva.config.editions.sections import Acceptance, Override, Settings
from fsva.config.methods.method import Method
from fsva.core.columns import KEMENDAGRI
from fsva.core.texts import Texts
from fsva.index import result_columns
from fsva.index.joined_table import BASES, JoinedTable
from fsva.index.result_columns import Columns
from fsva.words import draft
from fsva.words.specification import MapSpecification


def write(
    maps: Sequence[MapSpecification],
    table: JoinedTable,
    ledger: Columns,
    settings: Settings,
    method: Method,
    texts: Texts,
    notes: Sequence[Sequence[str]] = (),
) -> str:
    """Return the report of a run.

    Parameters
    ----------
    maps : sequence of MapSpecification
        Their legends hold the counts.
    table : JoinedTable
        The one joined table.
    ledger : Columns
        Of the join, columns of ``gabung.csv``.
    method : Method
        Names of the indicators.
    notes : sequence of sequences of str
        Further blocks of lines at its end, such as repairs.
    """
    blocks = [
        [mark] if (mark := draft.of(settings, texts).sentence) else [],
        [maps[-1].subtitle, *_rules(method, len(table), texts)],
        list(_counts(maps, method, texts)),
        list(_basis(table, method, texts)),
        list(_decisions("timpa", settings.overrides, method, texts)),
        list(_decisions("diterima", settings.acceptances, method, texts)),
        draft.confirmed(settings, texts),
        list(_other_names(ledger, texts)),
        *notes,
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _rules(method: Method, n_villages: int, texts: Texts) -> Iterator[str]:
    """Yield which method and which baseline the classes follow."""
    yield texts("laporan.metode", metode=method.id, jumlah=n_villages)
    if method.baseline:
        yield texts("laporan.tahun_dasar", dasar=method.baseline[texts.language])
    if method.composite.id in method.proposed:
        yield texts("laporan.cut_off_usulan")


def _counts(maps: Sequence[MapSpecification], method: Method, texts: Texts) -> Iterator[str]:
    yield texts("laporan.jumlah_kelas", jumlah=method.n_classes)
    width = max(len(shown.title) for shown in maps)
    for shown in maps:
        counts = {row.priority: row.count for row in shown.legend}
        cells = " ".join(f"{counts.get(n, ''):>4}" for n in range(1, method.n_classes + 1))
        missing = f"  {texts('peta.tanpa_data')}: {counts[0]}" if 0 in counts else ""
        yield f"  {shown.title:<{width}}  {cells}{missing}"
    for shown in maps:
        if shown.measure_id == method.composite.id:
            yield from (f"  {total}" for total in shown.totals)


def _basis(table: JoinedTable, method: Method, texts: Texts) -> Iterator[str]:
    yield texts("laporan.dasar")
    width = max(len(measure.name[texts.language]) for measure in method.measures())
    for measure in method.measures():
        counts = Counter(table.basis[measure.id])
        cells = ", ".join(
            f"{texts(f'laporan.dasar_{kind}')} {counts[kind]}" for kind in BASES if kind in counts
        )
        yield f"  {measure.name[texts.language]:<{width}}  {cells}"


def _decisions(
    kind: str, decisions: Sequence[Override] | Sequence[Acceptance], method: Method, texts: Texts
) -> Iterator[str]:
    names = {measure.id: measure.name[texts.language] for measure in method.measures()}
    if decisions:
        yield texts(f"laporan.{kind}")
    for decision in decisions:
        reason = decision.reason[texts.language]
        yield f"  {decision.village} ({decision.code}), {names[decision.indicator]}: {reason}"


def _other_names(ledger: Columns, texts: Texts) -> Iterator[str]:
    other = result_columns.at(ledger, ledger["keterangan"] != "same")
    if result_columns.count(other):
        yield texts("laporan.nama_berbeda")
    for row in result_columns.records(other):
        in_layer = row["nama_layer"] or texts("laporan.tanpa_nama")
        yield f"  {row[KEMENDAGRI]}  {row['nama_tabel']} / {in_layer}"
