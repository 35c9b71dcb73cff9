"""Files of settings with each value replaced by one of another type: read or refused, no more."""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fsva.core.errors import FsvaError
from tests.fuzz import mutations
from tests.fuzz.readers import read_settings
from tests.places import small

SHIPPED = {
    "metode.toml": "styles/metode/fsva-kabupaten-6.toml",
    "dasar.toml": "styles/dasar/belu-2021.toml",
    "edition.toml": "editions/belu-2021/edition.toml",
}
# One value of each type that no key of these files takes.
OTHERS = ([], [0], {}, {"x": [0]}, 0, 1.5, True, "", date(1, 1, 1))


def places(node: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Yield the ways to all values; of lists the first."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*above, key)
            yield from places(value, (*above, key))
    elif isinstance(node, list) and node:
        yield (*above, 0)
        yield from places(node[0], (*above, 0))


def replaced(whole: dict[str, Any], way: tuple[Any, ...], value: object) -> dict[str, Any]:
    made = copy.deepcopy(whole)
    inside: Any = made
    for step in way[:-1]:
        inside = inside[step]
    inside[way[-1]] = value
    return made


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_a_value_of_another_type_is_read_or_refused(name: str, tmp_path: Path) -> None:
    whole = tomllib.loads((small.ROOT / SHIPPED[name]).read_text(encoding="utf-8"))
    file, refused = tmp_path / name, 0
    tried = [(way, value) for way in places(whole) for value in OTHERS]
    for way, value in tried:
        file.write_text(mutations.as_toml(replaced(whole, way, value)), encoding="utf-8")
        try:
            read_settings(file)
        except FsvaError:
            refused += 1
        except Exception as defect:
            raise AssertionError((way, value)) from defect
    assert refused > len(tried) / 2


@pytest.mark.parametrize("kind", [[], {}, 1, date(1, 1, 1)])
def test_the_kind_of_a_district_that_is_no_text_is_refused(kind: object, tmp_path: Path) -> None:
    whole = tomllib.loads((small.ROOT / SHIPPED["edition.toml"]).read_text(encoding="utf-8"))
    file = tmp_path / "edition.toml"
    changed = replaced(whole, ("daerah", "jenis"), kind)
    file.write_text(mutations.as_toml(changed), encoding="utf-8")
    with pytest.raises(FsvaError) as refused:
        read_settings(file)
    assert "daerah.jenis" in json.dumps([str(one.column) for one in refused.value.places])


@pytest.mark.parametrize("value", [0, "", [], [0], date(1, 1, 1)])
@pytest.mark.parametrize("key", ["indikator", "komposit"])
def test_a_method_without_sections_of_measures_is_refused(
    key: str, value: object, tmp_path: Path
) -> None:
    whole = tomllib.loads((small.ROOT / SHIPPED["metode.toml"]).read_text(encoding="utf-8"))
    file = tmp_path / "metode.toml"
    file.write_text(mutations.as_toml(whole | {key: value}), encoding="utf-8")
    with pytest.raises(FsvaError):
        read_settings(file)
