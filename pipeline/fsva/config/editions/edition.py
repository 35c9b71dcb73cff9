"""An edition: one kabupaten, one year, and which files make its atlas.

Owns the folder of an edition and the paths that its ``edition.toml`` names.
``fsva.config.editions.sections`` defines the content of that file; ``fsva.sources`` reads the other
files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from fsva.config.editions import database, table_places
from fsva.config.editions.database import Layer
from fsva.config.editions.sections import EXTREME_POVERTY, Acceptance, Override, Settings
from fsva.config.methods.method import Method
from fsva.core import resources, toml
from fsva.core.codes import System
from fsva.core.columns import BPS, UNIT
from fsva.core.errors import EditionError, Place, SourceError
from fsva.core.names import is_same

FILE_NAME = "edition.toml"
# Endings of the layouts of a paper; the shape of the district decides between them. A paper, or a
# layout that lies only one way, may have another for districts much wider than high.
ORIENTATIONS = ("mendatar", "tegak")
WIDE = "lebar"


@dataclass(frozen=True)
class Edition:
    """The settings of an edition and the folder that its file names are relative to.

    Parameters
    ----------
    folder : Path
        Folder of edition.toml, as the user named it.
    settings : Settings
        Content of edition.toml.
    """

    folder: Path
    settings: Settings

    @property
    def file(self) -> Path:
        """The edition.toml itself."""
        return self.folder / FILE_NAME

    @property
    def method_file(self) -> Path:
        """The method that the edition names."""
        return self.style_file("metode", self.settings.method)

    @property
    def baseline_file(self) -> Path | None:
        """The baseline that the edition names, if it does."""
        name = self.settings.baseline
        return self.style_file("dasar", name) if name else None

    @property
    def layout_files(self) -> tuple[Path, ...]:
        """The layouts that the edition names: one, or all of a paper, that for wide districts last.

        Raises
        ------
        EditionError
            If there is no such layout.
        """
        name = self.settings.layout
        both = [f"{name}-{way}" for way in ORIENTATIONS]
        ways = both if all(map(self._has_layout, both)) else [name]
        ways += filter(self._has_layout, [f"{name}-{WIDE}"])
        return tuple(self.style_file("layouts", layout) for layout in ways)

    def _has_layout(self, name: str) -> bool:
        return resources.style_of(self.folder, f"layouts/{name}.toml").is_file()

    @property
    def theme_file(self) -> Path:
        """The theme that the edition names."""
        return self.style_file("gaya", self.settings.theme)

    def in_theme(self, name: str | None) -> Edition:
        """Return the edition in another theme than the one that it names.

        Parameters
        ----------
        name : str or None
            File under ``styles/gaya`` without its ending; None changes nothing.

        Raises
        ------
        EditionError
            If there is no such theme.
        """
        if name is None:
            return self
        other = replace(self, settings=self.settings.model_copy(update={"theme": name}))
        other.style_file("gaya", name)
        return other

    def in_layout(self, name: str | None) -> Edition:
        """Return the edition in another layout than the one that it names.

        Parameters
        ----------
        name : str or None
            File under ``styles/layouts`` without its ending, or a paper such as ``a3``; None
            changes nothing.

        Raises
        ------
        EditionError
            If there is no such layout.
        """
        if name is None:
            return self
        other = replace(self, settings=self.settings.model_copy(update={"layout": name}))
        _ = other.layout_files
        return other

    def reading(self, part: str | None, system: System | None, *, other: bool) -> Edition:
        """Return the edition with a command's options for its boundary layer.

        Parameters
        ----------
        part, system : str or None
            Layer within a file; coding system. None changes nothing.
        other : bool
            Whether the command names another layer than the edition; the edition's options for its
            own layer do not apply to it.
        """
        usual = self.settings.boundary
        kept = {"part": None, "shape_field": None, "system": None, "accepted": ()} if other else {}
        said = {"part": part, "system": system}
        update = kept | {key: value for key, value in said.items() if value is not None}
        if not update:
            return self
        boundary = usual.model_copy(update=update)
        return replace(self, settings=self.settings.model_copy(update={"boundary": boundary}))

    def style_file(self, kind: str, name: str) -> Path:
        """Return ``styles/<kind>/<name>.toml`` of the edition's project, else the packaged one.

        Raises
        ------
        EditionError
            If there is no such file.
        """
        file = resources.style_of(self.folder, f"{kind}/{name}.toml")
        if not file.is_file() or file.stem != name:
            styles = resources.project_folder(self.folder, "styles")
            folders = (styles / kind, resources.packaged("styles") / kind)
            names = {f.stem for folder in folders for f in folder.glob("*.toml")}
            known = ", ".join(sorted(names | _papers(names)))
            raise EditionError("gaya_hilang", [Place(self.file, found=name)], {"ada": known})
        return file

    @property
    def layer(self) -> Layer:
        """The village layer that the edition names: a file, or a table in PostGIS.

        Raises
        ------
        SourceError
            The connection string names no table.
        EditionError
            It holds a password, which would be kept in git with the edition.
        """
        said = self.settings.boundary.layer
        if not database.is_connection(said):
            return self.path(said)
        line = toml.line_of(toml.read_text(self.file), ("batas", "berkas"))
        place = Place(self.file, line, "batas.berkas")
        try:
            table = database.parse(said)
        except SourceError as problem:
            raise SourceError(problem.key, [place]) from problem
        if table.has_password:
            raise EditionError("postgis_sandi", [place])
        return table

    def outputs(self, language: str) -> Path:
        """Return ``outputs/<kabupaten>/<year>`` of the project ``<project>/editions/<name>``.

        Parameters
        ----------
        language : str
            Adds a suffix for another language than Indonesian: ``<year>-en``.
        """
        return self.folder.parent.parent / "outputs" / self.place(language)

    def place(self, language: str) -> Path:
        """Return ``<kabupaten>/<year>``, the place of the atlas below a folder of outputs."""
        district = self.settings.district
        kind = "kota-" if district.kind == "kota" else ""
        name = re.sub(r"[^a-z0-9]+", "-", district.name.lower()).strip("-")
        year = str(self.settings.year) + ("" if language == "id" else f"-{language}")
        return Path(f"{kind}{name}") / year

    def path(self, name: str) -> Path:
        """Return the path of a file that edition.toml names.

        Parameters
        ----------
        name : str
            Relative to the edition, absolute, or ``batas:<path under boundaries/>``.
        """
        if name.startswith("batas:"):
            folder = resources.project_folder(self.folder, "boundaries")
            return folder / name.removeprefix("batas:")
        return self.folder / name


def load(folder: Path) -> Edition:
    """Read the edition in a folder.

    Parameters
    ----------
    folder : Path
        Folder with an edition.toml, or that file itself.

    Raises
    ------
    SourceError
        If there is no edition.toml.
    EditionError
        If its content is refused, with line and likely meaning; or a table lies elsewhere.
    """
    folder = folder.parent if folder.name == FILE_NAME else folder
    file = folder / FILE_NAME
    if not file.is_file():
        raise SourceError("edisi_hilang", [Place(file)])
    edition = Edition(folder, toml.load(file, Settings, EditionError))
    table_places.check(edition.file, edition.settings, edition.path)
    return edition


def _papers(layouts: Collection[str]) -> set[str]:
    """Return the papers that stand for their layouts: those in both orientations."""
    ending = f"-{ORIENTATIONS[0]}"
    papers = {name.removesuffix(ending) for name in layouts if name.endswith(ending)}
    return {name for name in papers if all(f"{name}-{way}" in layouts for way in ORIENTATIONS)}


Where = tuple[str, int]


def check(edition: Edition, names: Mapping[str, str], method: Method) -> None:
    """Check that the villages and indicators that edition.toml names exist.

    Parameters
    ----------
    names : mapping of str to str
        BPS code to name of the villages of the indicator table.

    Raises
    ------
    EditionError
        An override or acceptance names an unknown village or indicator, or a code and a name
        that do not belong together; an indicator lacks its source; a source has no indicator.
    """
    ids = [indicator.id for indicator in method.indicators]
    poverty = [EXTREME_POVERTY] if edition.settings.data.has_poverty else []
    _check_origins(edition, [*ids, *poverty])
    decided = _decisions(edition.settings)
    other = [(w, d.indicator) for w, d in decided if d.indicator not in ids]
    if other:
        places = _places(edition, "indikator", other)
        raise EditionError("keputusan_indikator", places, {"ada": ", ".join(ids)})
    _check_interventions(edition, [*ids, EXTREME_POVERTY])
    known = [priority.number for priority in method.classes]
    beyond = [
        (w, str(d.priority))
        for w, d in decided
        if isinstance(d, Override) and d.priority not in known
    ]
    if beyond:
        places = _places(edition, "kelas", beyond)
        raise EditionError("keputusan_kelas", places, {"jumlah": str(len(known))})
    file = str(edition.path(edition.settings.data.table))
    unknown = [(w, d.code) for w, d in decided if d.code not in names]
    if unknown:
        places = _places(edition, BPS, unknown)
        raise EditionError("keputusan_desa", places, {"berkas": file})
    wrong = [(w, d.village) for w, d in decided if not is_same(d.village, names[d.code])]
    if wrong:
        places = _places(edition, UNIT, wrong)
        raise EditionError("keputusan_nama", places, {"berkas": file})


def _check_interventions(edition: Edition, causes: list[str]) -> None:
    rows = enumerate(edition.settings.interventions)
    other = [(("intervensi", n), row.indicator) for n, row in rows if row.indicator not in causes]
    if other:
        places = _places(edition, "indikator", other)
        raise EditionError("keputusan_indikator", places, {"ada": ", ".join(causes)})


def _decisions(settings: Settings) -> list[tuple[Where, Override | Acceptance]]:
    """List overrides and acceptances with their sections and positions in edition.toml."""
    overrides = ((("timpa", n), o) for n, o in enumerate(settings.overrides))
    acceptances = ((("diterima", n), a) for n, a in enumerate(settings.acceptances))
    return [*overrides, *acceptances]


def _check_origins(edition: Edition, ids: list[str]) -> None:
    named = edition.settings.origins
    wrong = sorted(set(ids) ^ set(named))
    if wrong:
        text = toml.read_text(edition.file)
        places = [
            Place(edition.file, toml.line_of(text, ("sumber", name)), f"sumber.{name}")
            for name in wrong
        ]
        raise EditionError("sumber_indikator", places, {"ada": ", ".join(ids)})


def _places(edition: Edition, column: str, wrong: list[tuple[Where, str]]) -> list[Place]:
    """Return the places in edition.toml of a key of some decisions."""
    text = toml.read_text(edition.file)
    return [
        Place(
            edition.file,
            toml.line_of(text, (*where, column)),
            f"{where[0]}.{where[1] + 1}.{column}",
            found=found,
        )
        for where, found in wrong
    ]
