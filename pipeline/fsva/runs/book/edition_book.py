"""The steps from an edition to its report: values, template, pictures, Word and PDF.

Owns the order of these steps and the names of the files. It imports heavy libraries when a run
starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.core import resources
from fsva.runs import supporting_run, target_run
from fsva.runs.book import pictures
from fsva.runs.book.pictures import DrawnPicture
from fsva.runs.run_order import Order
from fsva.runs.tabulation import Tabulated

if TYPE_CHECKING:
    from fsva.config.styles.book_look import BookLook
    from fsva.files.book.typeset import Press, Typeset
    from fsva.words.book.content import BookText, Piece
    from fsva.words.book.material import BookMaterial
    from fsva.words.specification import MapSpecification

REPORT, ANNEX = "buku", "lampiran-keputusan"
DOCUMENTS = (REPORT, ANNEX)
_TEMPLATE = ".jinja"
_WORDS = {REPORT: "buku.", ANNEX: "buku.lampiran_"}
LOOK = "buku/buku.typ"


@dataclass(frozen=True, eq=False)
class DrawnBook:
    """A report with its pictures, before it is written.

    Parameters
    ----------
    material : BookMaterial
        Its values.
    pictures : mapping of str to DrawnPicture
        Maps and charts by their names.
    maps : tuple of MapSpecification
        In their order.
    """

    material: BookMaterial
    pictures: Mapping[str, DrawnPicture]
    maps: tuple[MapSpecification, ...]


def gather(order: Order, tabulated: Tabulated, *, with_svg: bool = True) -> DrawnBook:
    """Compute and draw what a report is made from.

    Parameters
    ----------
    order : Order
        Its edition has the layout that the maps shall have.
    tabulated : Tabulated
        From ``fsva.runs.tabulation.tabulate``.
    with_svg : bool
        Whether vector pictures are made too.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.index.joined_table import columns_of
    from fsva.words import specification
    from fsva.words.book.material import BookMaterial
    from fsva.words.legends import legend_words

    order = order.saying(legend_words.fitting(order.texts, tabulated.table.codes))
    settings = order.edition.settings
    table, rules = tabulated.table.by_bps_code(), tabulated.rules
    maps = specification.build(tabulated.table, rules, settings, order.texts)
    drawn = pictures.draw(order, tabulated, maps, with_svg=with_svg)
    targeting = target_run.compute(order.edition, tabulated)
    sizes = drawn[maps[0].file_stem]
    material = BookMaterial(
        table,
        rules,
        settings,
        order.texts,
        {shown.measure_id: shown for shown in maps},
        {shown.measure_id: drawn[shown.file_stem].alt for shown in maps},
        sizes.width_mm > sizes.height_mm,
        targeting.actions,
        _origins(order, tabulated),
        columns_of(tabulated.joined.ledger),
        len(tabulated.joined.repairs),
        order.number,
        supporting_run.parts(order.edition, order.texts),
    )
    return DrawnBook(material, drawn, maps)


def _origins(order: Order, tabulated: Tabulated) -> dict[str, dict[str, int]]:
    """Count the cells of each origin by indicator."""
    from fsva.sources.tables import edition_tables, read_tables

    name = order.edition.settings.data.origins
    if name is None:
        return {}
    read = edition_tables.read_origins(order.edition.path(name), tabulated.rules)
    counts = {}
    for indicator in tabulated.rules.indicators:
        column = read_tables.words(read, f"{indicator.id}_asal").tolist()
        kinds = [str(kind) for kind in column if kind is not None]
        counts[indicator.id] = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    return counts


def template_file(order: Order, name: str) -> Path:
    """Return the template of the text of one of ``DOCUMENTS``."""
    return resources.style_of(
        order.edition.folder, pictures.template_of(order, f"{name}{_TEMPLATE}")
    )


def compose(order: Order, drawn: DrawnBook, name: str = REPORT) -> BookText:
    """Fill in the template of a document.

    Parameters
    ----------
    name : str
        One of ``DOCUMENTS``.

    Raises
    ------
    StyleError
        The template cannot be used.
    """
    from fsva.words.book import template

    return _bound(order, name, template.pieces(template_file(order, name), drawn.material))


def _bound(order: Order, name: str, pieces: tuple[Piece, ...]) -> BookText:
    from fsva.words import draft, specification
    from fsva.words.book.content import BookParagraph, BookText, Break, Part

    settings, texts = order.edition.settings, order.texts
    place = specification.district_name(settings, texts)
    open_ = draft.of(settings, texts)
    said = (BookParagraph((open_.sentence,), "draf"),) if open_ else ()
    # Where the first page is one of the main part, the mark stands on it.
    first = 1 if pieces and isinstance(pieces[0], Break) else 0
    kind = settings.district.kind
    facts = {
        "daerah": place,
        "tahun": settings.year,
        "kepala": texts(f"buku.kepala_{kind}", nama=settings.district.name),
    }
    return BookText(
        open_.titled(texts(f"{_WORDS[name]}judul", **facts)),
        texts("buku.subjek"),
        settings.compiler,
        texts.language,
        texts(f"{_WORDS[name]}kaki", **facts),
        open_.sentence,
        (*pieces[:first], Part("draf", said), *pieces[first:]),
    )


def look_of(order: Order) -> BookLook:
    """Return how Word files look, and the paper of all documents."""
    from fsva.config.styles import book_look

    return book_look.load(resources.style_of(order.edition.folder, book_look.FILE_NAME))


def press_of(order: Order) -> Press:
    """Return what the PDF of a report is typeset with."""
    from fsva.files.book.typeset import Press

    return Press(
        resources.style_of(order.edition.folder, LOOK),
        look_of(order).paper,
        pictures.fonts_folder(order),
        order.edition.settings.issued,
        order.texts,
    )


def typeset(order: Order, book: BookText, drawn: DrawnBook) -> Typeset:
    """Typeset a report as PDF."""
    from fsva.files.book import typeset as typesetting

    vector = {n: (p.svg, p.width_mm, p.height_mm) for n, p in drawn.pictures.items()}
    return typesetting.typeset(book, vector, press_of(order))
