"""An atlas made with what earlier runs have kept equals one made without, in every file."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fsva.cli import main
from fsva.comparison.changes import side_readers
from fsva.core import texts
from fsva.core.publishing import manifest, publish
from fsva.core.publishing.result_store import FOLDER, ResultStore
from fsva.drawing.framing import dense, frames
from fsva.drawing.framing import islands as archipelago
from fsva.drawing.sheets import sheet
from fsva.files.writers.pdf import PdfWriter
from fsva.runs import production, tabulation
from fsva.runs.kept import kept_results
from fsva.runs.kept.former_files import FormerFiles
from fsva.runs.kept.kept_results import Kept
from fsva.runs.run_order import Order
from fsva.villages import holes, placement, repair
from fsva.villages.whole import layer_place
from tests.places import contoh
from tests.places.small import ROOT

Files = dict[str, bytes]
Change = Callable[[Path], None]


def silent(_: str) -> None:
    pass


class Office:
    """An edition in a project of its own, and its output folder."""

    def __init__(self, project: Path) -> None:
        self.folder = contoh.build(project / "editions" / "contoh", poverty=False, coverage=False)
        for name in ("styles", "boundaries"):
            shutil.copytree(ROOT / name, project / name, copy_function=shutil.copyfile)
        self.outputs, self.language = project / "outputs" / "contoh" / "2021", "id"
        self.store = project / "outputs" / "contoh" / FOLDER
        self.told: list[str] = []

    @property
    def order(self) -> Order:
        return replace(contoh.order(self.folder), texts=texts.load(self.language))  # type: ignore[arg-type]

    @property
    def kept(self) -> Kept:
        return kept_results.beside(self.outputs, self.order)

    def make(self, kept: Kept | None = None) -> Files:
        """Make and publish the atlas with what is kept, and make it once more without."""
        files = production.produce(self.order, self.told.append, kept or self.kept)
        publish.publish(files, self.outputs, [*manifest.outputs(self.outputs), manifest.FILE_NAME])
        plain = production.produce(self.order, silent)
        assert [name for name in plain if files.get(name) != plain[name]] == []
        assert files.keys() == plain.keys()
        return files

    def edit(self, name: str, old: str, new: str) -> None:
        file = self.folder / name
        text = file.read_text(encoding="utf-8-sig")
        assert old in text
        mark = "utf-8-sig" if name.endswith("csv") else "utf-8"
        file.write_text(text.replace(old, new), encoding=mark)

    def value(self) -> None:
        table = self.folder / "indikator.csv"
        head, first, *rest = table.read_text(encoding="utf-8-sig").splitlines()
        cells = first.split(";")
        cells[3] = "0,0001"
        table.write_text("\n".join([head, ";".join(cells), *rest]), encoding="utf-8-sig")

    def cut_off(self) -> None:
        file = self.folder.parents[1] / "styles" / "dasar" / "belu-2021.toml"
        text = file.read_text(encoding="utf-8")
        assert "lahan = [0.0093, 0.0373, 0.1766" in text
        file.write_text(text.replace("0.0093, 0.0373, 0.1766", "0.0093, 0.1373, 0.1766"), "utf-8")

    def name(self) -> None:
        for name in ("indikator.csv", "padanan.csv"):
            self.edit(name, "Satu", "Satuan")

    def layer(self) -> None:
        file = self.folder / "desa.geojson"
        layer = contoh.small.layer().reset_index()
        moved = layer.set_geometry(layer.translate(300.0, 0.0))
        moved.to_crs(4326).to_file(file, driver="GeoJSON")

    def layout(self) -> None:
        self.edit("edition.toml", "dasar =", 'tata_letak = "a3"\ndasar =')

    def theme(self) -> None:
        self.edit("edition.toml", "dasar =", 'gaya = "angka"\ndasar =')

    def year(self) -> None:
        self.edit("edition.toml", "tahun = 2021", "tahun = 2022")

    def english(self) -> None:
        self.language = "en"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose atlas was made once, with all that it has kept."""
    project = tmp_path_factory.mktemp("kantor")
    office = Office(project)
    files = production.produce(office.order, silent, office.kept)
    publish.publish(files, office.outputs, ())
    return project


@pytest.fixture
def office(first: Path, tmp_path: Path) -> Office:
    """Return a copy of that project."""
    made = Office(tmp_path / "proyek")
    shutil.copytree(first / "outputs", tmp_path / "proyek" / "outputs")
    return made


OTHERS = ("cut_off", "name", "layer", "layout", "theme", "year", "english")


@pytest.mark.parametrize(
    "change", ["value", *(pytest.param(one, marks=pytest.mark.slow) for one in OTHERS)]
)
def test_after_any_change_every_file_is_as_without_the_store(office: Office, change: str) -> None:
    getattr(office, change)()
    office.make()
    assert office.told[-1] != ""


def test_a_changed_value_mends_and_places_nothing_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.value()
    written: list[str] = []
    write = PdfWriter.write

    def noted(self: PdfWriter, sheets: list[object], title: str) -> bytes:
        written.append(title)
        return write(self, sheets, title)  # type: ignore[arg-type]

    for known in (frames.ARE_APART, frames.OF_ISLANDS, frames.OF_MAINLAND):
        known.forget()
    with monkeypatch.context() as patched:
        forbid(patched)
        patched.setattr(sheet, "arranged", again)
        patched.setattr(archipelago, "lie_apart", again)
        patched.setattr(dense, "insets", again)
        patched.setattr(PdfWriter, "write", noted)
        files = production.produce(office.order, silent, office.kept)
    assert files == production.produce(office.order, silent)
    assert len([title for title in written if "Peta" in title]) < 7


def test_a_run_of_the_same_inputs_writes_no_sheet_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def again(*_: object) -> bytes:
        raise AssertionError("written again")

    with monkeypatch.context() as patched:
        patched.setattr(PdfWriter, "write", again)
        files = production.produce(office.order, silent, office.kept)
    assert files == production.produce(office.order, silent)


@pytest.mark.slow
def test_sheets_that_were_changed_since_are_drawn_again(office: Office) -> None:
    for name in ("peta-1-lahan.png", "peta-2-sarana.pdf", "atlas.pdf"):
        file = office.outputs / name
        file.write_bytes(file.read_bytes()[:-1] + b"x")
    (office.outputs / "peta-3-tidak-sejahtera.png").unlink()
    office.make()


@pytest.mark.slow
def test_without_the_manifest_of_the_earlier_run_nothing_is_taken_over(office: Office) -> None:
    (office.outputs / "manifest.json").unlink()
    office.make()


@pytest.mark.parametrize(
    "damage",
    [
        "bits",
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in ("short", "exchanged", "deleted", "foreign")
        ),
    ],
)
def test_a_damaged_store_is_as_none(office: Office, damage: str) -> None:
    results = sorted(office.store.glob("*.hasil"))
    assert len(results) >= 4
    contents = [file.read_bytes() for file in results]
    for file, data, other in zip(results, contents, [*contents[1:], contents[0]], strict=True):
        file.write_bytes({
            "bits": data[:-9] + bytes(byte ^ 255 for byte in data[-9:]),
            "short": data[: len(data) // 2],
            "exchanged": other,
            "deleted": b"",
            "foreign": b"fsva-simpanan 1\n" + data,
        }[damage])  # fmt: skip
    if damage == "deleted":
        shutil.rmtree(office.store)
    office.make()
    assert len(list(office.store.glob("*.hasil"))) >= 4


@pytest.mark.slow
def test_results_of_another_program_are_not_used(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, sought = office.kept, []
    store = ResultStore(office.store, manifest.program() | {"program": "lain"})
    other = Kept(store, kept.styles, FormerFiles(store, office.outputs))
    arranged = sheet.arranged
    monkeypatch.setattr(sheet, "arranged", lambda studio: sought.append(1) or arranged(studio))
    production.produce(office.order, silent, other)
    assert sought == [1]


@pytest.mark.slow
def test_a_store_that_cannot_be_written_is_told_and_the_atlas_is_whole(office: Office) -> None:
    shutil.rmtree(office.store)
    office.store.write_text("sebuah berkas", encoding="utf-8")
    office.make()
    assert "Hasil tidak dapat disimpan" in office.told[-1]
    assert office.told[-1].count("\n") == 0


def test_a_full_disk_is_told_and_the_atlas_is_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    shutil.rmtree(office.store)
    with monkeypatch.context() as patched:
        patched.setattr(ResultStore, "_write", full)
        files = production.produce(office.order, office.told.append, office.kept)
    assert files == production.produce(office.order, silent)
    assert os.strerror(errno.ENOSPC) in office.told[-1]


def test_nothing_of_the_store_stands_in_the_outputs(office: Office) -> None:
    office.make()
    assert [file for file in office.outputs.rglob("*") if "simpanan" in file.name] == []
    named = (office.outputs / "manifest.json").read_text(encoding="utf-8")
    assert "simpanan" not in named.replace("batasan", "")


COMMANDS = ("ringkasan", "periksa", "keyakinan", "sasaran", "excel")


def written(folder: Path) -> Files:
    """Return the files of a command but its manifest, which holds no result."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != manifest.FILE_NAME
    }


def again(*_: object) -> None:
    raise AssertionError("worked out again")


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be worked out that a run keeps about a layer."""
    for module, name in (
        (repair, "clean"),
        (repair, "account"),
        (placement, "judge"),
        (layer_place, "judge"),
        (holes, "judge"),
    ):
        monkeypatch.setattr(module, name, again)


@pytest.mark.parametrize("command", COMMANDS)
def test_other_commands_take_what_the_atlas_has_kept_of_its_layer(
    office: Office, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, elsewhere = office.outputs.parent / command, tmp_path / "lain" / command
    main([command, str(office.folder), "--keluaran", str(elsewhere)])
    forbid(monkeypatch)
    main([command, str(office.folder), "--keluaran", str(beside)])
    assert written(beside) == written(elsewhere) != {}


def test_the_first_command_keeps_its_layer_for_the_next(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(office.outputs.parent)
    office.edit("edition.toml", "skematis = true", "skematis = false")
    main(["ringkasan", str(office.folder)])
    assert written(office.outputs / "ringkasan") != {}
    kinds = sorted(file.name.partition("-")[0] for file in office.store.glob("*.hasil"))
    assert kinds == ["janggal", "janggal", "janggal", "lapisan", "perbaikan"]
    assert not (office.outputs / FOLDER).exists()
    plain = tmp_path / "lain" / "periksa"
    main(["periksa", str(office.folder), "--keluaran", str(plain)])
    forbid(monkeypatch)
    main(["periksa", str(office.folder)])
    assert written(office.outputs / "periksa") == written(plain)


@pytest.mark.parametrize("words", [["ringkasan", "--json"], ["jejak", "Satu"]])
def test_a_command_that_writes_no_file_keeps_nothing(office: Office, words: list[str]) -> None:
    shutil.rmtree(office.outputs.parent)
    main([words[0], str(office.folder), *words[1:]])
    assert not office.outputs.parent.exists()


def test_the_sides_of_a_comparison_are_mended_as_the_atlas_has_mended_them(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tabulation.tabulate(office.order.edition, office.order.village_layer)
    monkeypatch.setattr(repair, "clean", None)
    monkeypatch.setattr(repair, "account", None)
    side = side_readers.of_edition(office.folder, "A", texts.load("id"))
    assert side.shapes is not None
    assert side.shapes.to_wkb().equals(plain.joined.villages.geo_frame.geometry.to_wkb())
    assert side.tabulated is not None
    assert side.tabulated.joined.repairs.frame.equals(plain.joined.repairs.frame)
