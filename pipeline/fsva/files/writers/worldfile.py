"""The files beside a picture that georeference it.

Owns the world file (six numbers) and GDAL's auxiliary file (projection and position). QGIS, ArcGIS
and GDAL find them by the picture's name.
"""

from __future__ import annotations

from fsva.drawing.paper.scene import Sheet
from fsva.files.writers import xml_text

# Micrometres on the ground; for pixel sizes, exact over a whole sheet.
_PLACE_DIGITS, _PIXEL_DIGITS = 6, 10


def beside(name: str, sheet: Sheet, size: tuple[int, int]) -> dict[str, bytes]:
    """Return the georeference files of a picture of a sheet.

    Parameters
    ----------
    name : str
        File name of the picture, e.g. ``peta-1-lahan.png``.
    sheet : Sheet
        The sheet that the picture shows.
    size : (int, int)
        Width and height of the picture in pixels.

    Returns
    -------
    dict of str to bytes
        File name to content; none for a sheet without a map.
    """
    if not sheet.grounds:
        return {}
    stem, ending = name.rsplit(".", 1)
    short = f"{stem}.{ending[0]}{ending[-1]}w"
    return {short: world(sheet, size), f"{name}.aux.xml": auxiliary(sheet, size)}


def transform(sheet: Sheet, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return the position of a picture's upper left corner, and the size of its pixels.

    Parameters
    ----------
    sheet : Sheet
        Its main map gives position and scale of the whole picture.
    size : (int, int)
        Width and height in pixels.

    Returns
    -------
    x, y, width, height : float
        Projected metres.
    """
    ground, (columns, rows) = sheet.grounds[0], size
    x, y = ground.origin
    return (
        float(x),
        float(y + sheet.height_mm * ground.metres_per_mm),
        float(sheet.width_mm / columns * ground.metres_per_mm),
        float(sheet.height_mm / rows * ground.metres_per_mm),
    )


def world(sheet: Sheet, size: tuple[int, int]) -> bytes:
    """Return a world file: size and rotation of the pixels, centre of the upper left one."""
    x, y, width, height = transform(sheet, size)
    pixel = [f"{n:.{_PIXEL_DIGITS}f}" for n in (width, 0.0, 0.0, -height)]
    place = [f"{n:.{_PLACE_DIGITS}f}" for n in (x + width / 2, y - height / 2)]
    return "".join(f"{number}\n" for number in (*pixel, *place)).encode("ascii")


def auxiliary(sheet: Sheet, size: tuple[int, int]) -> bytes:
    """Return GDAL's auxiliary file: projection, position and metadata."""
    x, y, width, height = transform(sheet, size)
    place = (x, width, 0.0, y, 0.0, -height)
    numbers = ", ".join(f"{number:.{_PIXEL_DIGITS}f}" for number in place)
    system = xml_text.text(sheet.grounds[0].crs.to_wkt("WKT1_GDAL"))
    return (
        "<PAMDataset>\n"
        f'  <SRS dataAxisToSRSAxisMapping="1,2">{system}</SRS>\n'
        f"  <GeoTransform>{numbers}</GeoTransform>\n"
        "  <Metadata>\n"
        '    <MDI key="AREA_OR_POINT">Area</MDI>\n'
        "  </Metadata>\n"
        "</PAMDataset>\n"
    ).encode()
