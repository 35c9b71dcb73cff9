"""The atlas of an edition for notebooks and other programs.

Owns the API of ``import fsva``: an edition from its folder, with its villages, measures, maps and
figures as values, and the comparison of two editions. It computes nothing itself: numbers and maps
come from the rooms that make the atlas and equal those of the output folder. It writes no file.
Its errors are ``FsvaError``, whose text names file, row and remedy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from fsva.core import messages
from fsva.core import texts as catalogues
from fsva.core.errors import FsvaError, UsageError
from fsva.core.texts import Language, Texts

if TYPE_CHECKING:
    from decimal import Decimal

    import geopandas as gpd
    from matplotlib.axes import Axes

    from fsva.comparison.values.result import Comparison
    from fsva.config.methods.method import Measure
    from fsva.drawing.maps.sheet_inputs import Studio
    from fsva.runs.drawn_maps import DrawnMaps, MapFormat
    from fsva.runs.run_order import Order
    from fsva.runs.tabulation import Tabulated
    from fsva.words.specification import LegendRow

__all__ = ["Atlas", "compare", "open"]


def open(
    folder: str | Path,
    *,
    layer: str | Path | None = None,
    language: Language = "id",
    theme: str | None = None,
    layout: str | None = None,
) -> Atlas:
    """Open an edition: read and check its files and join its villages.

    Parameters
    ----------
    folder : str or Path
        Folder with an ``edition.toml``, or that file itself.
    layer : str, Path or None
        Another village layer than the edition's: a file or the connection of a table in PostGIS.
    language : {"id", "en"}
        Language of maps, legends and error messages.
    theme, layout : str or None
        Replace those of the edition, as ``--gaya`` and ``--tata-letak`` of ``fsva atlas`` do.

    Returns
    -------
    Atlas
        Draws only on request.

    Raises
    ------
    FsvaError
        An input cannot be used. The text names fault, file, row, expectation and remedy.

    Examples
    --------
    >>> import fsva
    >>> atlas = fsva.open("editions/belu-2021")
    >>> atlas.name, len(atlas.villages)
    ('Kabupaten Belu 2021', 81)
    """
    if language not in get_args(Language):
        with _told(catalogues.load("id")):
            raise UsageError("bahasa_tak_dikenal", (), {"bahasa": str(language)})
    texts = catalogues.load(language)
    with _told(texts):
        from fsva.config.editions import database
        from fsva.config.editions import edition as editions
        from fsva.runs import check_run, run_order, tabulation
        from fsva.words.legends import legend_words

        edition = editions.load(Path(folder)).in_theme(theme).in_layout(layout)
        other = None if layer is None else database.layer(str(layer))
        order = run_order.place(edition, other, texts)
        tabulated = tabulation.tabulate(order.edition, order.village_layer)
        check_run.approved(edition, tabulated, texts)
        fitting = legend_words.fitting(texts, tabulated.table.codes)
        return Atlas(order.saying(fitting), tabulated)


def compare(old: Atlas, new: Atlas, *, forced: bool = False) -> Comparison:
    """Compare two editions of one district, as ``fsva banding`` does.

    Parameters
    ----------
    old, new : Atlas
        From ``open``.
    forced : bool
        Compare classes even if method or baseline differ, so that they are not comparable.

    Returns
    -------
    Comparison
        Pairs of villages, changes with their reasons, transitions between classes, differences of
        the inputs; ``summary`` counts them.

    Raises
    ------
    CompareError
        The editions are of different districts, or differ in method or baseline without
        ``forced``.

    Examples
    --------
    >>> import fsva
    >>> atlas = fsva.open("editions/belu-2021")
    >>> fsva.compare(atlas, atlas).summary.same
    True
    """
    with _told(new._order.texts):
        from fsva.comparison.changes import compare as comparing
        from fsva.comparison.changes import side_readers
        from fsva.comparison.values import comparison_thresholds
        from fsva.core import resources

        held = [
            side_readers.of_tabulated(
                atlas._order.edition,
                atlas._made,
                label,
                atlas._order.fingerprints,
                atlas._materials,
            )
            for atlas, label in ((old, "A"), (new, "B"))
        ]
        thresholds = comparison_thresholds.load(
            resources.packaged("styles") / comparison_thresholds.FILE_NAME
        )
        wish = comparing.Wish(thresholds, thresholds.budget.files, forced)
        return comparing.compare(side_readers.told_apart(held), wish)


@dataclass(frozen=True, eq=False, repr=False)
class Atlas:
    """The atlas of one edition, from ``fsva.open``.

    Methods take the id of a measure, its column in ``kelas.csv``: an indicator such as ``lahan``,
    or ``komposit``.
    """

    _order: Order
    _made: Tabulated

    def __repr__(self) -> str:
        """Return the name of the edition and its folder."""
        return f"<Atlas {self.name}: {self._order.edition.folder.as_posix()}>"

    @property
    def name(self) -> str:
        """District and year, e.g. ``Kabupaten Belu 2021``."""
        settings = self._order.edition.settings
        return f"{settings.district.full_name} {settings.year}"

    @property
    def is_schematic(self) -> bool:
        """True for schematic borders, whose areas and lines mean nothing."""
        return self._order.edition.settings.boundary.schematic

    @property
    def villages(self) -> gpd.GeoDataFrame:
        """The joined villages, as a new copy.

        Returns
        -------
        GeoDataFrame
            Indexed by Kemendagri code, in the metres of the UTM zone: ``kode_bps``, ``kecamatan``,
            ``desa``; per indicator its value ``<id>``, class ``<id>_kelas`` (1..6, NA = none),
            its basis ``<id>_dasar`` (``nilai``, ``nol``, ``terbit``, ``timpa``, ``kosong``) and
            standard score ``<id>_skor`` (0-100, high = food secure); ``komposit`` (0-100) with
            class and basis, ``peringkat``; the repaired polygon ``geometry``.
        """
        import pandas as pd

        from fsva.index import composite

        table, polygons = self._made.table.frame, self._made.joined.villages.only().geo_frame
        values = self._made.table.values
        scores = {
            f"{indicator.id}_skor": pd.array(
                composite.standard_score(values[indicator.id], indicator), "Float64"
            )
            for indicator in self._made.rules.indicators
        }
        whole = polygons.join(table.assign(**scores))
        return whole[[*table.columns, *scores, "geometry"]].copy()

    @property
    def measures(self) -> dict[str, Measure]:
        """The indicators and the composite by id, in the order of the maps.

        Returns
        -------
        dict of str to Measure
            Each with ``name``, ``title`` and ``unit`` in both languages, ``digits``, ``better``,
            ``closed``, ``cut_offs``; an indicator also with ``weight``, ``bounds``, ``formula``.
        """
        return {measure.id: measure for measure in self._made.rules.measures()}

    def cut_offs(self, measure: str = "komposit") -> tuple[Decimal, ...]:
        """Return the cut-offs of a measure, c1 first; six classes have c1..c5.

        Parameters
        ----------
        measure : str
            Id of an indicator or of the composite.

        Returns
        -------
        tuple of Decimal
            Exact; empty for an indicator of categories.
        """
        return tuple(self.measures[self._known(measure)].cut_offs or ())

    def counts(self, measure: str = "komposit") -> dict[int, int]:
        """Count the villages in each class.

        Parameters
        ----------
        measure : str
            Id of an indicator or of the composite.

        Returns
        -------
        dict of int to int
            By class, zeros included; key 0 counts villages without a class.
        """
        from fsva.index import joined_table

        return joined_table.count_classes(
            self._made.table, self.measures[self._known(measure)], self._made.rules.n_classes
        )

    def legend(self, measure: str = "komposit") -> tuple[LegendRow, ...]:
        """Return the rows of a map's legend: class, name, colour, range and count.

        Parameters
        ----------
        measure : str
            Id of an indicator or of the composite.
        """
        return self._maps.specifications[self._known(measure)].legend

    def map(self, measure: str = "komposit", kind: MapFormat = "pdf") -> bytes:
        """Return the official map, byte for byte as ``fsva atlas`` writes it.

        Parameters
        ----------
        measure : str
            Id of an indicator or of the composite.
        kind : {"pdf", "png", "svg"}
            The format.

        Raises
        ------
        FsvaError
            Unknown measure or format; or a layer around the district cannot be read.
        """
        with _told(self._order.texts):
            return self._maps.write(self._known(measure), kind)

    def plot(self, measure: str = "komposit", ax: Axes | None = None) -> Axes:
        """Draw the map of a measure on axes of matplotlib.

        Parameters
        ----------
        measure : str
            Id of an indicator or of the composite.
        ax : Axes or None
            Axes for the map; pyplot and its settings stay unchanged. None = a new figure of
            pyplot, which a notebook shows.

        Returns
        -------
        Axes
            Official colours and hatching, borders, and a legend with the counts of all classes,
            empty ones included. A village's patch has its Kemendagri code as ``gid``.

        Raises
        ------
        UsageError
            Unknown measure; or matplotlib is not installed (extra ``matplotlib``).
        """
        with _told(self._order.texts):
            from fsva.config.styles import theme
            from fsva.drawing.sheets import map_axes
            from fsva.words import draft

            shown, order = self._maps.specifications[self._known(measure)], self._order
            villages = self._made.joined.villages
            drawn = map_axes.AxesMap(
                villages.geometry,
                [str(code) for code in villages.index],
                self._made.table.subdistricts.tolist(),
                shown,
                theme.load(order.edition.theme_file),
                order.texts,
                self.is_schematic,
                draft.of(order.edition.settings, order.texts),
            )
            return map_axes.draw(drawn, ax)

    @cached_property
    def _maps(self) -> DrawnMaps:
        from fsva.runs.drawn_maps import DrawnMaps
        from fsva.runs.layers import village_sizes
        from fsva.words import specification

        order, made = self._order, self._made
        settings = order.edition.settings
        people = village_sizes.people(settings, made)
        maps = specification.build(made.table, made.rules, settings, order.texts, people)
        return DrawnMaps(maps, self._materials)

    def _materials(self) -> Studio:
        """Gather what the maps are drawn with."""
        from fsva.runs import sheet_materials

        return sheet_materials.asked(self._order, self._made)()

    def _known(self, measure: str) -> str:
        """Return a measure by its id, or raise an error."""
        known = [known_measure.id for known_measure in self._made.rules.measures()]
        if measure not in known:
            with _told(self._order.texts):
                raise UsageError(
                    "ukuran_tak_dikenal", (), {"ukuran": str(measure), "ada": ", ".join(known)}
                )
        return measure


@contextmanager
def _told(texts: Texts) -> Iterator[None]:
    """Add the text of an error, so that a traceback shows what an officer reads in the terminal."""
    try:
        yield
    except FsvaError as error:
        error.words = messages.render(error, texts)
        raise
