"""``fsva selaraskan``: propose which village of the table is which of the boundary layer.

Owns the dialogue: what was proposed, what is left, and what the officer has to do now. The
proposals are made by ``pipeline.harmonise``; they join nothing before a person confirms them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import edition as editions
from pipeline.cli import options
from pipeline.cli.commands import Command
from pipeline.texts import Texts

if TYPE_CHECKING:
    from pipeline.harmonise import Result, Village
    from pipeline.orders import Order
    from pipeline.pairs import Book
    from pipeline.sources.sheet import Sheet

MOST_NAMED = 20


@dataclass(frozen=True)
class Harmonised:
    """What a run found, and the table of matching codes as it is to be.

    Parameters
    ----------
    before : Sheet
        The table of matching codes as it was.
    book : Book
        Its rows, sorted out.
    found : Result
        New proposals, and villages without one.
    """

    before: Sheet
    book: Book
    found: Result

    def rows(self) -> list[dict[str, str]]:
        """Return the rows that are to stand in the file."""
        from pipeline import pairs

        return [*map(dict, self.book.kept), *map(pairs.as_row, self.found.proposals)]

    @property
    def changes(self) -> bool:
        """Whether the file has to be written."""
        return bool(self.found.proposals or self.book.withdrawn)


def make(texts: Texts) -> Command:
    """Return the command.

    Parameters
    ----------
    texts : Texts
        The reader's language.
    """

    def run(edisi: Path, batas: Path | None, bahasa: str) -> None:
        propose(editions.load(edisi), batas, texts)

    return Command(
        texts,
        name="selaraskan",
        help=texts("selaraskan.bantuan"),
        callback=run,
        params=[options.edition(texts), options.boundary(texts), options.language(texts)],
    )


def propose(edition: editions.Edition, layer: Path | None, texts: Texts) -> None:
    """Write proposals into the edition's table of matching codes, and say what they are.

    Parameters
    ----------
    edition : Edition
        The edition.
    layer : Path or None
        Another boundary layer than the edition's.
    texts : Texts
        The language.

    Raises
    ------
    FsvaError
        If an input cannot be used; the table of matching codes is as it was.
    """
    from pipeline import orders, pairs, publish
    from pipeline.files import dialects

    order = orders.place(edition, layer, texts)
    file = edition.path(edition.settings.data.crosswalk)
    done = harmonise(order, file)
    if done.changes:
        columns = pairs.columns(done.before.columns, done.rows())
        publish.write(dialects.for_offices(columns), file)
    for line in describe(done, file, texts):
        click.echo(line)


def harmonise(order: Order, file: Path) -> Harmonised:
    """Read both sides and the table of matching codes, and propose what is missing.

    Parameters
    ----------
    order : Order
        Edition and boundary layer.
    file : Path
        Table of matching codes; may be missing.
    """
    from pipeline import harmonise, pairs
    from pipeline.sources import crosswalks

    before = crosswalks.read_or_begin(file)
    table, layer = _table(order), _layer(order)
    codes = {v.code for v in table}, {v.code for v in layer}
    book = pairs.sort_out((row.cells for row in before), *codes)
    return Harmonised(before, book, harmonise.propose(table, layer, book.known))


def _table(order: Order) -> list[Village]:
    """Return the villages of the edition's table of values."""
    from pipeline.harmonise import Village, key
    from pipeline.sources import tables

    data = order.edition.settings.data
    sheet, _ = tables.read_villages(order.edition.path(data.table), (), data.sheet)
    return [
        Village(
            row.cells["kode_bps"],
            row.cells["desa"],
            key(row.cells["kecamatan"]),
            row.cells["kecamatan"],
            row.cells.get("kode_kemendagri", ""),
        )
        for row in sheet
    ]


def _layer(order: Order) -> list[Village]:
    """Return the villages of the boundary layer; the code tells the kecamatan."""
    from pipeline.codes import KemendagriCode
    from pipeline.harmonise import Village
    from pipeline.sources import crosswalks, layers

    district, boundary = order.edition.settings.district, order.edition.settings.boundary
    named = {"code_field", "name_field"} & boundary.model_fields_set
    fields = (boundary.code_field, boundary.name_field) if named else (None, None)
    request = layers.Request(order.layer, district.code, district.bps_code, *fields)
    own, _ = layers.villages(request, crosswalks.none())
    return [
        Village(code, name, KemendagriCode.parse(code).subdistrict_code)
        for code, name in own["nama"].fillna("").items()
    ]


def describe(done: Harmonised, file: Path, texts: Texts) -> Iterator[str]:
    """Yield what was found and what is to be done.

    Parameters
    ----------
    done : Harmonised
        From ``harmonise``.
    file : Path
        Table of matching codes.
    texts : Texts
        The language.
    """
    found, book = done.found, done.book
    yield texts("selaraskan.sudah", jumlah=len(book.known.confirmed))
    names = {p.table.group: p.table.group_name for p in found.proposals}
    for one, other, score in found.kecamatan:
        if one in names:
            facts = {"nama": names[one], "kode": other, "skor": texts.decimal(score, 1)}
            yield texts("selaraskan.kecamatan", **facts)
    for proposal in found.proposals:
        if proposal.reason in ("mirip", "nama_kembar"):
            yield texts(
                f"selaraskan.{proposal.reason}",
                tabel=proposal.table.name,
                layer=proposal.layer.name,
                kode=proposal.layer.code,
                skor=texts.decimal(proposal.score, 1),
            )
    same = sum(p.reason in ("nama_sama", "kode") for p in found.proposals)
    yield texts("selaraskan.usulan", jumlah=len(found.proposals), sama=same)
    yield from _leftover(done, texts)
    waiting = len(found.proposals) + len(book.known.waiting)
    key = "putuskan" if waiting else "selesai"
    yield texts(f"selaraskan.{key}", jumlah=waiting, berkas=file)


def _leftover(done: Harmonised, texts: Texts) -> Iterator[str]:
    """Yield what found no partner, and which rows of the file no longer fit."""
    book, found = done.book, done.found
    for key, villages in (("sisa_tabel", found.table_left), ("sisa_layer", found.layer_left)):
        if villages:
            names = [f"{v.name} ({v.code})" for v in villages]
            yield texts(f"selaraskan.{key}", jumlah=len(villages), desa=_shortened(names, texts))
    for key, rows in (("ditarik", book.withdrawn), ("usang", book.outdated)):
        if rows:
            names = [f"{r['nama_bps']} ({r['kode_bps']} = {r['kode_kemendagri']})" for r in rows]
            yield texts(f"selaraskan.{key}", jumlah=len(rows), desa=_shortened(names, texts))


def _shortened(names: Sequence[str], texts: Texts) -> str:
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown}, {texts('galat.umum.dan_lagi', n=more)}" if more > 0 else shown
