"""The steps from an edition to its slides.

Owns the file's name and the layout of its maps.
"""

from __future__ import annotations

from dataclasses import replace

from fsva.core import resources
from fsva.runs import tabulation
from fsva.runs.book import edition_book
from fsva.runs.run_order import Order

FOLDER, SLIDES = "paparan", "paparan.pptx"
LIBRARIES = ("python-pptx",)
_LAYOUT = "salindia"


def make(order: Order) -> dict[str, bytes]:
    """Make the slides of an edition, with their manifest.

    Raises
    ------
    FsvaError
        If an input cannot be used, or python-pptx (extra ``paparan``) is not installed.
    """
    from fsva.config.styles import slide_look
    from fsva.files.book import slides
    from fsva.words import draft, specification
    from fsva.words.book import slide_words

    order = replace(order, edition=order.edition.in_layout(_LAYOUT))
    settings, texts = order.edition.settings, order.texts
    look_file = resources.style_of(order.edition.folder, slide_look.FILE_NAME)
    look = slide_look.load(look_file)
    tabulated = tabulation.of_order(order)
    drawn = edition_book.gather(order.edition, tabulated, texts, order.number, with_svg=False)
    maps = {shown.file_stem: drawn.pictures[shown.file_stem] for shown in drawn.maps}
    first, open_ = next(iter(maps.values())), draft.of(settings, texts)
    where = specification.district_name(settings, texts)
    show = slides.SlideShow(
        slide_words.slides(drawn.material),
        {stem: picture.png for stem, picture in maps.items()},
        (first.width_mm, first.height_mm),
        look,
        open_.titled(texts("buku.judul", daerah=where, tahun=settings.year)),
        settings.compiler,
        texts.language,
        open_.sentence,
    )
    files = {SLIDES: slides.write(show)}
    return order.recorded(files, "paparan", inputs=[look_file], libraries=LIBRARIES)
