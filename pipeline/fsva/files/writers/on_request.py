"""The formats of maps that an office orders with ``--bentuk``.

Owns their file names; each format has a writer of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fsva.drawing.maps.sheet_inputs import Studio
from fsva.drawing.paper.scene import Sheet
from fsva.words import alt_text, specification
from fsva.words.specification import MapSpecification


def files(
    formats: Sequence[str],
    maps: Sequence[MapSpecification],
    sheets: Sequence[Sheet],
    studio: Studio,
) -> dict[str, bytes]:
    """Return the maps in the ordered formats that are made from sheets or villages.

    Parameters
    ----------
    formats : sequence of str
        All that were ordered; ``pictures`` makes those that come from pictures.

    Returns
    -------
    dict of str to bytes
        File name to content.

    Raises
    ------
    UsageError
        If the library of a format is not installed.
    """
    contents: dict[str, bytes] = {}
    if "geotiff" in formats:
        contents |= rasters(maps, studio)
    if "svg" in formats:
        from fsva.files.writers import svg

        for shown, sheet in zip(maps, sheets, strict=True):
            captions = alt_text.of_villages(shown, studio.places, studio.texts)
            drawn = svg.write(sheet, studio.faces, captions, outlined=True)
            contents[f"{shown.file_stem}.svg"] = drawn
    return contents


def pictures(formats: Sequence[str], painted: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the maps in the ordered formats that are made from their pictures.

    Parameters
    ----------
    formats : sequence of str
        All that were ordered; only those of ``writers`` are made here.
    painted : mapping of str to bytes
        File name without its ending to PNG picture.

    Returns
    -------
    dict of str to bytes
        File name to content.
    """
    from fsva.files.writers import png

    writers = {"webp": png.as_webp}
    return {
        f"{stem}.{form}": write(picture)
        for form, write in writers.items()
        if form in formats
        for stem, picture in painted.items()
    }


def rasters(maps: Sequence[MapSpecification], studio: Studio) -> dict[str, bytes]:
    """Return the classes of the maps as GeoTIFF files, with the files beside them.

    Parameters
    ----------
    studio : Studio
        Gives the edition and its villages, not simplified to any paper.

    Raises
    ------
    UsageError
        If rasterio is not installed.
    """
    from fsva.files.writers import geotiff

    under, contents = geotiff.grid(studio.villages), {}
    for shown in maps:
        # Not the name of the picture: QGIS would apply the style to the picture too.
        stem = f"{shown.file_stem}-kelas"
        contents[f"{stem}.tif"] = geotiff.write(shown, under, _about(shown, studio))
        contents |= geotiff.beside(stem, shown)
    return contents


def _about(shown: MapSpecification, studio: Studio) -> dict[str, str]:
    settings, texts = studio.settings, studio.texts
    return {
        "Title": studio.draft.titled(f"{shown.title} - {shown.subtitle}"),
        **({"Draft": studio.draft.sentence} if studio.draft else {}),
        "Author": settings.compiler,
        "Edition": texts("peta.tanggal", tanggal=specification.issued(settings, texts)),
        "Source": " ".join(shown.sources),
    }
