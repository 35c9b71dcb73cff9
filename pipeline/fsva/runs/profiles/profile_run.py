"""The steps from an edition to the profiles of its villages and kecamatan.

Owns the choice of villages, the names of the files, and the look at the edition of the year before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fsva.core import levels, resources
from fsva.core.errors import Place, UsageError
from fsva.runs import sheet_materials, tabulation

if TYPE_CHECKING:
    from fsva.config.editions.edition import Edition
    from fsva.drawing.paper.scene import Sheet
    from fsva.drawing.profiles.profile_frame import Desk
    from fsva.files.writers.pdf import PdfWriter
    from fsva.runs.run_order import Order
    from fsva.runs.tabulation import Tabulated
    from fsva.words.profiles.profile_words import Earlier, ProfileWriter

VILLAGES, KECAMATAN = "profil-desa.pdf", "profil-kecamatan.pdf"


@dataclass(frozen=True)
class ProfileWish:
    """Which profiles are made.

    Parameters
    ----------
    villages, kecamatan : bool
        Whether those of villages, and of kecamatan.
    every : bool
        Whether those of all villages, not of the vulnerable ones only.
    last_year : Edition or None
        The edition of the year before.
    """

    villages: bool = True
    kecamatan: bool = True
    every: bool = False
    last_year: Edition | None = None


@dataclass(frozen=True)
class Made:
    """The files of a run, and how many profiles they hold.

    Parameters
    ----------
    files : dict of str to bytes
        File name to content, the manifest included.
    villages, kecamatan : int
        Numbers of profiles.
    vulnerable : str
        The classes of the method that count as vulnerable, as printed.
    """

    files: dict[str, bytes]
    villages: int
    kecamatan: int
    vulnerable: str


def make(order: Order, wish: ProfileWish) -> Made:
    """Make the profiles of an edition.

    Raises
    ------
    FsvaError
        If an input cannot be used, or the edition of the year before is of another district or
        has other cut-offs.
    """
    from fsva.words.legends import legend_words

    tabulated = tabulation.of_order(order)
    order = order.saying(legend_words.fitting(order.texts, tabulated.table.codes))
    earlier = _earlier(wish.last_year, order, tabulated) if wish.last_year else None
    desk = _desk(order, tabulated)
    writer = _writer(order, tabulated, earlier)
    numbers = _numbers(tabulated)
    files, sheets = dict[str, bytes](), dict[str, list[str]]()
    villages = _villages(desk, writer, wish) if wish.villages else {}
    kecamatan = _kecamatan(desk, writer, numbers) if wish.kecamatan else {}
    texts = order.texts
    for drawn in (villages, kecamatan):
        sheets |= {_file(code): [one.number for one in of_it] for code, of_it in drawn.items()}
    if villages:
        files |= _written(desk, villages, VILLAGES, texts("profil.berkas_desa"))
    if kecamatan:
        files |= _written(desk, kecamatan, KECAMATAN, texts("profil.berkas_kecamatan"))
    last = wish.last_year
    inputs = [*_styles(order.edition), *([last.folder / "edition.toml"] if last else [])]
    files = order.recorded(files, "profil", inputs=inputs, sheets=sheets)
    return Made(files, len(villages), len(kecamatan), tabulated.rules.sides["rentan"])


def _styles(edition: Edition) -> list[Path]:
    from fsva.config.styles import profile_plate

    return [resources.style_of(edition.folder, profile_plate.FILE_NAME)]


def _desk(order: Order, tabulated: Tabulated) -> Desk:
    from fsva.config.styles import profile_plate
    from fsva.drawing.profiles.profile_frame import Desk
    from fsva.words import specification

    edition, texts = order.edition, order.texts
    studio = sheet_materials.studio_of(edition, tabulated, texts, order.number)
    plate = profile_plate.load(resources.style_of(edition.folder, profile_plate.FILE_NAME))
    maps = specification.build(tabulated.table, tabulated.rules, edition.settings, texts)
    return Desk(studio, plate, maps[-1])


def _writer(order: Order, tabulated: Tabulated, earlier: Earlier | None) -> ProfileWriter:
    from fsva.runs.layers import village_sizes
    from fsva.words.profiles.profile_words import ProfileWriter

    people = np.array(village_sizes.people(order.edition.settings, tabulated))
    return ProfileWriter(tabulated.table, tabulated.rules, people, earlier, order.texts)


def _earlier(last: Edition, order: Order, tabulated: Tabulated) -> Earlier:
    """Read the classes of the edition of the year before."""
    from fsva.sources.layers import edition_layer
    from fsva.words.profiles.profile_words import Earlier

    own = order.edition.settings.district
    if last.settings.district.code != own.code:
        raise UsageError(
            "lalu_daerah",
            [Place(last.folder)],
            {"daerah": last.settings.district.full_name, "edisi": own.full_name},
        )
    layer = edition_layer.of_edition(last, last.layer, is_other=False)
    before = tabulation.tabulate(last, layer)
    whole = tabulated.rules.composite
    if before.rules.composite.cut_offs != whole.cut_offs:
        raise UsageError("lalu_cut_off", [Place(last.folder)], {"edisi": own.full_name})
    classes = before.table.classes[whole.id].tolist()
    known = {c: n for c, n in zip(before.table.codes, classes, strict=True) if n}
    return Earlier(str(last.settings.year), known)


def _numbers(tabulated: Tabulated) -> dict[str, str]:
    """Return the number of each village within its kecamatan, in the order of the codes."""
    counts: Counter[str] = Counter()
    numbers = {}
    for code in sorted(tabulated.table.codes):
        kecamatan = levels.SUBDISTRICT.kemendagri_of(code)
        counts[kecamatan] += 1
        numbers[code] = str(counts[kecamatan])
    return numbers


def _villages(desk: Desk, writer: ProfileWriter, wish: ProfileWish) -> dict[str, list[Sheet]]:
    """Draw the profiles of villages, by code."""
    from fsva.drawing.profiles import village_profiles

    table, method = writer.table, writer.method
    classes = table.classes[method.composite.id].tolist()
    chosen = [at for at, n in enumerate(classes) if wish.every or n in method.vulnerable]
    chosen.sort(key=lambda at: table.codes[at])
    profiles = [writer.village(at) for at in chosen]
    drawn = village_profiles.sheets(desk, profiles) if profiles else []
    return {profile.code: [sheet] for profile, sheet in zip(profiles, drawn, strict=True)}


def _kecamatan(
    desk: Desk, writer: ProfileWriter, numbers: dict[str, str]
) -> dict[str, list[Sheet]]:
    """Draw the profiles of kecamatan, by code."""
    from fsva.drawing.profiles import kecamatan_profiles
    from fsva.words.profiles import kecamatan_words

    profiles = kecamatan_words.of_kecamatan(writer)
    drawn = kecamatan_profiles.sheets(desk, profiles, numbers, writer.earlier)
    return {profile.code: sheets for profile, sheets in zip(profiles, drawn, strict=True)}


def _written(
    desk: Desk, sheets: dict[str, list[Sheet]], together: str, title: str
) -> dict[str, bytes]:
    """Write all sheets as one PDF with bookmarks, and each profile as one of its own."""
    from fsva.files.writers import pdf

    every = [sheet for one in sheets.values() for sheet in one]
    writer = pdf.PdfWriter(every, desk.studio.faces)
    named = desk.studio.draft.titled(f"{title} - {desk.shown.subtitle}")
    return {together: writer.write(every, named), **dict(_alone(writer, sheets))}


def _file(code: str) -> str:
    return f"profil-{code}.pdf"


def _alone(writer: PdfWriter, sheets: dict[str, list[Sheet]]) -> Iterator[tuple[str, bytes]]:
    for code, drawn in sheets.items():
        yield _file(code), writer.write(drawn, drawn[0].title)
