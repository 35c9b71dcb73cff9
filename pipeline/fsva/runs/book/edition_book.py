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
from fsva.runs import sheet_files, sheet_materials, supporting_run, target_run
from fsva.runs.book import pictures
from fsva.runs.book.pictures import DrawnPicture
from fsva.runs.tabulation import Tabulated

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.config.styles.book_look import BookLook
    from fsva.core.texts import Language, Texts
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
    edition : Edition
        Whose templates and type faces it uses.
    material : BookMaterial
        Its values.
    pictures : mapping of str to DrawnPicture
        Maps and charts by their names.
    maps : tuple of MapSpecification
        In their order.
    """

    edition: Edition
    material: BookMaterial
    pictures: Mapping[str, DrawnPicture]
    maps: tuple[MapSpecification, ...]

    @property
    def texts(self) -> Texts:
        """Its language."""
        return self.material.texts


def gather(
    edition: Edition, tabulated: Tabulated, texts: Texts, number: str, *, with_svg: bool = True
) -> DrawnBook:
    """Compute and draw what a report is made from.

    Parameters
    ----------
    edition : Edition
        Has the layout that the maps shall have.
    tabulated : Tabulated
        From ``fsva.runs.tabulation.tabulate``.
    number : str
        The print number.
    with_svg : bool
        Whether vector pictures are made too.

    Raises
    ------
    FsvaError
        If an input cannot be used.
    """
    from fsva.words import specification
    from fsva.words.book.material import BookMaterial
    from fsva.words.legends import legend_words

    texts = legend_words.fitting(texts, tabulated.table.codes)
    settings = edition.settings
    table, rules = tabulated.table.by_bps_code(), tabulated.rules
    maps = specification.build(tabulated.table, rules, settings, texts)
    studio = sheet_materials.studio_of(edition, tabulated, texts, number)
    drawn = pictures.draw(studio, edition, maps, with_svg=with_svg)
    targeting = target_run.compute(edition, tabulated)
    sizes = drawn[maps[0].file_stem]
    material = BookMaterial(
        table,
        rules,
        settings,
        texts,
        {shown.measure_id: shown for shown in maps},
        {shown.measure_id: drawn[shown.file_stem].alt for shown in maps},
        sizes.width_mm > sizes.height_mm,
        targeting.actions,
        _origins(edition, tabulated),
        {**tabulated.joined.ledger.columns},
        len(tabulated.joined.repairs),
        number,
        supporting_run.parts(edition, texts),
        theme.name[texts.language] if (theme := studio.layout.theme).palette else "",
        {shown.measure_id: drawn[sheet_files.chart_of(shown)].alt for shown in maps},
    )
    return DrawnBook(edition, material, drawn, maps)


def _origins(edition: Edition, tabulated: Tabulated) -> dict[str, dict[str, int]]:
    """Count the cells of each origin by indicator."""
    from fsva.sources.tables import edition_tables, read_tables

    name = edition.settings.data.origins
    if name is None:
        return {}
    read = edition_tables.read_origins(edition.path(name), tabulated.rules)
    counts = {}
    for indicator in tabulated.rules.indicators:
        column = read_tables.words(read, f"{indicator.id}_asal").tolist()
        kinds = [str(kind) for kind in column if kind is not None]
        counts[indicator.id] = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    return counts


def template_file(edition: Edition, name: str, language: Language) -> Path:
    """Return the template of the text of one of ``DOCUMENTS``."""
    return resources.style_of(edition.folder, f"buku/{language}/{name}{_TEMPLATE}")


def compose(drawn: DrawnBook, name: str = REPORT) -> BookText:
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
    from fsva.drawing.paper import fonts
    from fsva.files.book import column_widths
    from fsva.words.book import template

    file = template_file(drawn.edition, name, drawn.texts.language)
    book = _bound(drawn, name, template.pieces(file, drawn.material))
    return column_widths.fitted(book, look_of(drawn.edition), fonts.load(_fonts(drawn.edition)))


def _bound(drawn: DrawnBook, name: str, pieces: tuple[Piece, ...]) -> BookText:
    from fsva.words import draft, specification
    from fsva.words.book.content import BookParagraph, BookText, Break, Part

    settings, texts = drawn.edition.settings, drawn.texts
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


def look_of(edition: Edition) -> BookLook:
    """Return how Word files look, and the paper of all documents."""
    from fsva.config.styles import book_look

    return book_look.load(resources.style_of(edition.folder, book_look.FILE_NAME))


def _fonts(edition: Edition) -> Path:
    return resources.project_folder(edition.folder, "styles") / "fonts"


def press_of(edition: Edition, texts: Texts) -> Press:
    """Return what the PDF of a report is typeset with."""
    from fsva.files.book.typeset import Press

    return Press(
        resources.style_of(edition.folder, LOOK),
        look_of(edition).paper,
        str(_fonts(edition)),
        edition.settings.issued,
        texts,
    )


def typeset(drawn: DrawnBook, book: BookText) -> Typeset:
    """Typeset a report as PDF."""
    from fsva.files.book import typeset as typesetting

    vector = {n: (p.svg, p.width_mm, p.height_mm) for n, p in drawn.pictures.items()}
    return typesetting.typeset(book, vector, press_of(drawn.edition, drawn.texts))
