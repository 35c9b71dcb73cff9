"""Numbers and places of messages, in the marks and words of each language."""

import pytest

from fsva.core import messages, texts
from fsva.core.errors import LayerError, Place
from fsva.core.message_values import Extent, MessageValue, Quantity, Spot


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (Quantity(1234.567, 2, "km2"), "1.234,57 km2", "1,234.57 km2"),
        (Quantity(0.5, 0), "1", "1"),
        (Spot(-9.045, 124.015), "lintang -9,0450, bujur 124,0150",
         "latitude -9.0450, longitude 124.0150"),
        (Extent(118.7, -11.2, 125.6, -7.9, digits=1),
         "barat 118,7, selatan -11,2, timur 125,6, utara -7,9",
         "west 118.7, south -11.2, east 125.6, north -7.9"),
    ],
)  # fmt: skip
def test_each_language_writes_a_value_its_own_way(
    value: MessageValue, indonesian: str, english: str
) -> None:
    assert value.words(texts.load("id")) == indonesian
    assert value.words(texts.load("en")) == english


def test_an_error_says_places_on_the_earth_in_words() -> None:
    window = Extent(118.7, -11.2, 125.6, -7.9, digits=1)
    place = Place(row=3, village="Satu (99.01.01.2001)", found=Spot(-0.045, -0.015))
    told = messages.render(
        LayerError("letak_provinsi", [place], {"jendela": window}), texts.load("id")
    )
    assert 'terbaca "lintang -0,0450, bujur -0,0150"' in told
    assert "barat 118,7, selatan -11,2, timur 125,6, utara -7,9." in " ".join(told.split())
