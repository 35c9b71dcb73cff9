"""From the joined table to ``atlas.html``.

Owns what the page shows: both languages, the causes, earlier editions. The page itself is made by
``fsva.files.pages.atlas_page``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fsva.core import texts as catalogues
from fsva.core.errors import Place, UsageError
from fsva.core.publishing import manifest
from fsva.core.texts import LANGUAGES, Texts
from fsva.files.pages import atlas_page
from fsva.files.pages.atlas_data import EarlierClasses, PageInputs
from fsva.index import causes, summary
from fsva.runs.tabulation import Tabulated
from fsva.sources.plain.arrays import Floats
from fsva.sources.tables import output_folders, read_tables
from fsva.words import specification
from fsva.words.legends import legend_words

if TYPE_CHECKING:
    from fsva.config.editions.sections import Settings
    from fsva.config.methods.method import Method


def files(
    settings: Settings,
    tabulated: Tabulated,
    sure: Floats,
    classes_csv: bytes,
    number: str,
    earlier: Sequence[Path],
    texts: Texts,
) -> dict[str, bytes]:
    """Return the page by its file name.

    Parameters
    ----------
    sure : array of float, shape (n_villages,)
        Probability of the composite's class.
    classes_csv : bytes
        ``kelas.csv`` of the same run.
    earlier : sequence of Path
        Output folders of earlier editions.

    Raises
    ------
    FsvaError
        If an earlier edition cannot be read or is of another district.
    """
    table, rules, villages = tabulated.table, tabulated.rules, tabulated.joined.villages
    codes = tabulated.table.codes
    words = {lan: legend_words.fitting(catalogues.load(lan), codes) for lan in LANGUAGES}
    counted = (
        {"penduduk": read_tables.floats(villages["penduduk"])} if "penduduk" in villages else {}
    )
    page = PageInputs(
        table,
        villages,
        rules,
        settings,
        {
            language: specification.build(table, rules, settings, said)
            for language, said in words.items()
        },
        causes.of_villages(table, rules),
        sure,
        summary.sizes(counted, len(table), None).people,
        number,
        classes_csv,
        tuple(_earlier(folder, settings, rules) for folder in earlier),
    )
    return {atlas_page.FILE_NAME: atlas_page.write(page, words, texts.language)}


def _earlier(folder: Path, settings: Settings, method: Method) -> EarlierClasses:
    """Read the composite's classes of an output folder."""
    facts = manifest.read(folder)
    code = str(facts.get("kode", settings.district.code))
    if code != settings.district.code:
        raise UsageError(
            "sebelumnya_daerah",
            [Place(folder)],
            {"daerah": facts.get("daerah", code), "edisi": settings.district.name},
        )
    file = folder / output_folders.CLASSES
    known = output_folders.classes_of(file, method, method.composite.id)
    return EarlierClasses(str(facts.get("tahun", folder.name)), known)
