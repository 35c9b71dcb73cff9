"""A report from its template: the text of ``styles/buku``, filled in and read.

Owns Jinja, its settings, and the marks that stand for tables, maps, charts and lists. A template
can compute nothing but what it is given, and reads no file but those beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fsva.config.methods.method import Measure
from fsva.core.errors import Place, StyleError, UsageError
from fsva.index import causes
from fsva.words import chapter
from fsva.words.book import (
    action_tables,
    annex,
    decree,
    facts,
    markup,
    needed_grid,
    needed_list,
    numbering,
    supporting_tables,
    tables,
)
from fsva.words.book.content import (
    BookTable,
    Caption,
    Figure,
    ListEntry,
    Listing,
    Piece,
)
from fsva.words.book.material import BookMaterial
from fsva.words.legends import legend_words
from fsva.words.lists import village_lists


def pieces(file: Path, material: BookMaterial) -> tuple[Piece, ...]:
    """Return the pieces of a document, numbered.

    Parameters
    ----------
    file : Path
        The template.

    Raises
    ------
    StyleError
        The template is no such text, or names what there is not.
    UsageError
        Jinja (extra ``buku``) is not installed.
    """
    text = material.texts.reworded(_filled(file, facts.of(material)))
    read = markup.pieces(text, _Maker(material).make, file)
    return numbering.number(read, material.texts)


class _Mark(str):
    """What a template's own function returns: it is printed as it is."""

    __slots__ = ()


def _filled(file: Path, known: facts.Facts) -> str:
    try:
        import jinja2
        from jinja2 import sandbox
    except ImportError as problem:
        raise UsageError("buku_pustaka", (), {"pustaka": "jinja2"}) from problem
    if not file.is_file():
        raise StyleError("buku_templat_tiada", [Place(file)])
    environment = sandbox.SandboxedEnvironment(
        loader=jinja2.FileSystemLoader(file.parent),
        undefined=jinja2.StrictUndefined,
        finalize=_finalized,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        return environment.get_template(file.name).render(
            **known, rujuk=lambda key: _Mark(markup.reference(key))
        )
    except jinja2.TemplateSyntaxError as problem:
        place = Place(file, problem.lineno, found=problem.message)
        raise StyleError("buku_templat", [place]) from problem
    except (jinja2.TemplateError, TypeError, ValueError) as problem:
        raise StyleError(
            "buku_templat", [Place(file, _row(problem), found=str(problem))]
        ) from problem


def _row(problem: BaseException) -> int | None:
    """Return the line of the template at which Jinja stopped."""
    row, trace = None, problem.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".jinja"):
            row = trace.tb_lineno
        trace = trace.tb_next
    return row


def _finalized(value: Any) -> str:  # noqa: ANN401 - whatever a template prints
    return value if isinstance(value, _Mark) else markup.guarded(str(value))


class _Maker:
    """Makes the blocks that a mark of a template stands for."""

    def __init__(self, material: BookMaterial) -> None:
        self._material = material
        self._marks: dict[str, Callable[[str], list[Piece]]] = {
            "tabel": self._table,
            "peta": self._map,
            "grafik": self._chart,
            "desa": self._villages,
            "penyebab": self._causes,
            "andai": self._needed,
            "pendukung": self._supporting,
        }
        self._tables: dict[str, Callable[[], list[BookTable]]] = {
            "indikator": lambda: [tables.indicators(material)],
            "bobot": lambda: [tables.weights(material)],
            "rerata": lambda: [tables.means(material)],
            "intervensi": lambda: [action_tables.frame(material)],
            "matriks": lambda: [action_tables.matrix(material)],
            "naik": lambda: [needed_grid.table(material)],
            "data": lambda: [annex.values(material)],
            "kelas": lambda: [annex.classes(material)],
            "cut_off": lambda: [annex.cut_offs(material)],
            "dasar": lambda: [annex.bases(material)],
            "asal": lambda: annex.origins(material),
            "keputusan": lambda: annex.decisions(material),
            "penetapan": lambda: [decree.villages(material)],
            "gabung": lambda: annex.ledger(material),
        }

    def make(self, name: str, rest: str) -> list[Piece]:
        """Return the blocks of a mark; KeyError if there is no such mark."""
        return self._marks[name](rest)

    def _measure(self, rest: str) -> Measure:
        return self._material.measures[rest]

    def _supporting(self, rest: str) -> list[Piece]:
        """Return what a supporting table shows, the table and its chart."""
        known = {part.id: part for part in self._material.supporting}
        return [*supporting_tables.blocks(known[rest])]

    def _table(self, rest: str) -> list[Piece]:
        name, _, of = rest.partition(" ")
        if name == "sebaran":
            return [tables.distribution(self._material, self._measure(of))]
        return [*self._tables[name]()]

    def _map(self, rest: str) -> list[Piece]:
        material, measure = self._material, self._measure(rest)
        shown = material.maps[measure.id]
        title = legend_words.placed(measure.title[material.texts.language], material.texts)
        caption = Caption("peta", f"peta-{measure.id}", title)
        return [Figure(caption, shown.file_stem, material.alts[measure.id], material.turned)]

    def _chart(self, rest: str) -> list[Piece]:
        material, measure = self._material, self._measure(rest)
        stem = material.maps[measure.id].file_stem.replace("peta-", "grafik-", 1)
        title = material.texts("buku.grafik_judul", nama=material.words(measure))
        caption = Caption("grafik", f"grafik-{measure.id}", title)
        return [Figure(caption, stem, material.chart_alts[measure.id])]

    def _villages(self, rest: str) -> list[Piece]:
        """Return the villages of each class by kecamatan, in running text; none without a class."""
        material, measure = self._material, self._measure(rest)
        if not any(row.count for row in material.rows(measure)):
            return []
        texts, entries = material.texts, []
        shares = material.percents(measure)
        for row, share in zip(material.rows(measure), shares, strict=True):
            key = "buku.kelas" if row.count else "buku.kelas_kosong"
            said = texts(
                key,
                kelas=row.words.replace("  ", " "),
                nomor=row.priority,
                nama=row.name,
                jumlah=row.count,
                persen=tables.percent(share, texts),
            )
            entries.append(ListEntry(f"{row.priority}.", (said,)))
            listed = village_lists.by_kecamatan(material.members(measure, row), texts)
            for place, (kecamatan, named) in enumerate(listed, 1):
                words = texts("buku.kecamatan", nama=kecamatan, desa=named)
                entries.append(ListEntry(f"{row.priority}.{place}.", (words,), 1))
        return [Listing(tuple(entries))]

    def _causes(self, rest: str) -> list[Piece]:
        """Return causes by class, by weight or by village, as chapter 5 says them."""
        material = self._material
        table, method, texts = material.table, material.method, material.texts
        words = {i.id: chapter.cause(i, texts) for i in method.indicators}
        makers: dict[str, Callable[[], Iterator[str]]] = {
            "kelas": lambda: chapter.by_class(
                table, material.settings.causes, method, words, texts
            ),
            "faktor": lambda: chapter.factors(causes.influence(table, method), words, texts),
            "desa": lambda: chapter.by_village(table, method, words, texts),
        }
        entries = []
        for line in makers[rest]():
            mark, _, said = line.partition(" ")
            entries.append(ListEntry("•" if mark == "-" else mark, (said,)))
        return [Listing(tuple(entries))] if entries else []

    def _needed(self, rest: str) -> list[Piece]:
        """Return what lifts each vulnerable village; nothing where none is vulnerable."""
        if rest != "desa":
            raise KeyError(rest)
        entries = needed_list.entries(self._material)
        return [Listing(tuple(entries))] if entries else []
