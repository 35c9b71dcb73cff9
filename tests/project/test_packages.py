"""The packages that the READMEs offer are those of the project, and who needs one says so."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fsva.core import texts
from fsva.core.texts import LANGUAGES, Language
from tests.places.small import ROOT

READMES: dict[Language, str] = {"id": "README.id.md", "en": "README.md"}
HEADINGS: dict[Language, str] = {"id": "## Paket", "en": "## Packages"}
EXTRA: dict[Language, str] = {"id": "ekstra", "en": "extra"}
CORE: dict[Language, str] = {"id": "ikut atlas", "en": "with the atlas"}
# The user named these; a test holds that they stay reachable.
NAMED = {
    "geopandas",
    "shapely",
    "click",
    "rasterio",
    "mapclassify",
    "fiona",
    "matplotlib",
    "pytest",
}
# What asks for an extra: the option's help, the command's help, the key's description.
ASKING = (
    ("berkas.o_bentuk", "raster"),
    ("berkas.o_bentuk", "geoparquet"),
    ("skema.edition.tutupan_lahan", "raster"),
    ("skema.edition.relief", "raster"),
    ("skema.edition.mesin", "fiona"),
    ("baseline.o_skema", "baseline"),
    ("keyakinan.o_sobol", "keyakinan"),
    ("cli.o_batas", "postgis"),
    ("baru.o_batas", "postgis"),
    ("selaraskan.bantuan", "selaraskan"),
    ("gaya.bantuan", "gaya"),
    ("banding.bantuan", "banding"),
    ("buku.bantuan", "buku"),
    ("massal.o_dask", "massal"),
    ("paparan.bantuan", "paparan"),
)


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(asked: list[str]) -> set[str]:
    return {found[0] for one in asked if (found := re.match(r"[A-Za-z0-9_-]+", one))}


@cache
def rows(language: Language) -> tuple[tuple[frozenset[str], str, str], ...]:
    """Return packages, use and way of installing of each row of the table in a README."""
    text = (ROOT / READMES[language]).read_text(encoding="utf-8")
    section = text.split(f"{HEADINGS[language]}\n")[1].split("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return tuple((frozenset(a.split(", ")), b, c) for a, b, c in cells[2:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_offers_every_extra_with_its_packages(language: Language) -> None:
    found = {
        how.split("`")[1]: set(packages)
        for packages, _, how in rows(language)
        if how.startswith(f"{EXTRA[language]} `")
    }
    asked = project()["project"]["optional-dependencies"]
    assert found == {extra: names(packages) for extra, packages in asked.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_comes_with_the_atlas_is_a_dependency_and_the_rest_are_tools(
    language: Language,
) -> None:
    core = {p for packages, _, how in rows(language) if how == CORE[language] for p in packages}
    tools = {p for packages, _, how in rows(language) if how == "`make test`" for p in packages}
    assert core <= names(project()["project"]["dependencies"])
    assert tools <= names(project()["dependency-groups"]["test"])
    assert {"geopandas", "shapely", "click"} <= core
    assert tools == {"pytest"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_package_that_the_user_named_stands_in_the_table(language: Language) -> None:
    assert {one for packages, _, _ in rows(language) for one in packages} >= NAMED
    assert all(len(use) > 25 for _, use, _ in rows(language))


def test_every_extra_is_tested_with_the_versions_of_the_test_group() -> None:
    tested = set(project()["dependency-groups"]["test"])
    for packages in project()["project"]["optional-dependencies"].values():
        assert set(packages) <= tested


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("key", "extra"), ASKING)
def test_help_names_the_extra_that_is_needed(language: Language, key: str, extra: str) -> None:
    catalogue = (ROOT / "styles" / "teks" / language / f"{key.split('.')[0]}.toml").read_text(
        "utf-8"
    )
    words = re.search(rf'^{key.rsplit(".", 1)[1]} = "(.*)"$', catalogue, re.MULTILINE)
    assert words is not None
    assert re.search(rf"\b{EXTRA[language]} {extra}\b", words[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_extra_is_named_by_an_error_with_both_ways_to_install_it(language: Language) -> None:
    said = texts.load(language).entries["galat"]
    remedies = " ".join(one.get("perbaikan", "") for one in said.values())
    for extra in project()["project"]["optional-dependencies"]:
        assert f"make siap EKSTRA={extra} " in remedies
        assert f'pip install "fsva-atlas[{extra}]"' in remedies


def test_only_matplotlib_has_no_option_that_asks_for_it() -> None:
    extras = set(project()["project"]["optional-dependencies"])
    assert extras - {extra for _, extra in ASKING} == {
        "matplotlib"
    }  # the API asks for it: docs/API.md
    assert "fsva-atlas[matplotlib]" in (ROOT / "docs" / "API.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES.values())
def test_every_target_of_make_is_told_without_make(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE)) - {"help"}
    text = (ROOT / readme).read_text(encoding="utf-8")
    (table,) = re.findall(
        r"\| make \| (?:without|tanpa) make \|\n\|---\|---\|\n((?:\|.*\n)+)", text
    )
    told = {
        name for row in table.splitlines() for name in re.findall(r"[a-z-]+", row.split("|")[1])
    }
    assert "bekal" in targets
    assert targets <= told


@pytest.mark.parametrize("readme", READMES.values())
def test_modules_and_programs_that_stand_in_for_make_exist(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    named = set(re.findall(r"python3? (tools/[a-z]+\.py|benchmarks/[a-z]+\.py)", text))
    assert {"tools/siapkan.py", "tools/bekal.py"} <= named
    assert all(Path(ROOT / name).is_file() for name in named)
