"""``fsva banding`` as people and git call it: folders, outputs, revisions, git diff, refusals."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fsva import cli
from tests.places import sunting_belu
from tests.places.small import ROOT
from tests.places.sunting_belu import BASELINE, EDITION, METHOD

pytestmark = pytest.mark.usefixtures("coarse_pictures")

TRACKED = ROOT / "outputs" / "belu" / "2021"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs the program git")
GIT_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_AUTHOR_NAME": "Uji",
    "GIT_AUTHOR_EMAIL": "uji@example.org", "GIT_COMMITTER_NAME": "Uji",
    "GIT_COMMITTER_EMAIL": "uji@example.org", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8",
}  # fmt: skip


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "core.autocrlf=false", *words], cwd=folder, check=True, text=True,
        capture_output=True, encoding="utf-8", env=os.environ | GIT_ENVIRONMENT,
    )  # fmt: skip
    return done.stdout


def fsva(*words: str | Path) -> int:
    return cli.main(["banding", *map(str, words)])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project with Belu's edition and its table of classes."""
    folder = tmp_path_factory.mktemp("proyek")
    sunting_belu.copy(folder)
    shutil.copytree(TRACKED, folder / "outputs" / "belu" / "2021")
    return folder


@pytest.fixture(scope="module")
def second(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the same project with one value changed."""
    folder = tmp_path_factory.mktemp("kedua") / "proyek"
    shutil.copytree(project, folder)
    sunting_belu.cell(folder / EDITION / "indicators.csv", "Tasain", "lahan", "0,1470")
    sunting_belu.replace(folder / EDITION / "edition.toml", "tahun = 2021\n", "tahun = 2022\n")
    sunting_belu.replace(folder / EDITION / "edition.toml", "tanggal = 2021", "tanggal = 2022")
    return folder


def test_two_editions_are_compared_in_words_and_in_a_file(
    project: Path, second: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "hasil"
    assert fsva(project / EDITION, second / EDITION, "--keluaran", folder) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Kabupaten Belu 2021 dibandingkan dengan Kabupaten Belu 2022\n")
    assert ("Tasain (Raimanuk), Rasio lahan pertanian: kelas 4 -> 3, nilai 0,2470 -> 0,1470; "
            "sebab: data -1") in shown  # fmt: skip
    assert "data: Tasain (53.04.13.2009), lahan: 0,2470 -> 0,1470" in shown
    assert "DIPAKSA" not in shown
    made = json.loads((folder / "banding.json").read_bytes())
    assert made["ringkasan"]["tingkat"]["lintas"] == 1
    assert str(tmp_path) not in (folder / "banding.json").read_text(encoding="utf-8")
    record = json.loads((folder / "manifest.json").read_bytes())
    assert [side["nama"] for side in record["sisi"]] == ["belu-2021", "belu-2021"]
    assert {name[:2] for name in record["masukan"]} == {"A/", "B/"}
    assert {"xlsxwriter", "pikepdf"} <= set(record["versi"])
    assert set(record["keluaran"]) | {"manifest.json"} == {f.name for f in folder.iterdir()}


def test_the_exit_code_tells_only_when_it_is_asked_to(project: Path, second: Path) -> None:
    one, other = project / EDITION, second / EDITION
    assert fsva(one, other, "--layar") == 0
    assert fsva(one, other, "--layar", "--exit-code") == 1
    assert fsva(one, one, "--layar", "--exit-code") == 0


def test_english_speaks_english(
    project: Path, second: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fsva(project / EDITION, second / EDITION, "--layar", "--bahasa", "en") == 0
    shown = capsys.readouterr().out
    assert "class 4 -> 3, value 0.2470 -> 0.1470; reason: data -1" in shown
    assert "desa" not in shown.lower().replace("desa)", "")


def test_the_budget_of_rows_is_kept_on_the_screen(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = sunting_belu.write(tmp_path / "b")
    assert fsva(project / EDITION, edited, "--layar", "--paksa", "--baris", "2") == 0
    shown = capsys.readouterr().out
    assert "  ... dan 28 lagi" in shown  # of the thirty edits
    assert shown.count("!!! DIPAKSA") == 2  # ahead of everything, and after it


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (METHOD, 'tutup = "atas"\n', 'tutup = "bawah"\n', "Metode sisi yang dibandingkan berbeda"),
        (BASELINE, "0.1766", "0.1800", "Cut-off atau skala sisi yang dibandingkan berbeda"),
    ],
)
def test_other_rules_are_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, old: str,
    new: str, key: str,
) -> None:  # fmt: skip
    edited = sunting_belu.copy(tmp_path / "b")
    text = (tmp_path / "b" / file).read_text(encoding="utf-8").replace(old, new, 1)
    (tmp_path / "b" / file).write_text(text, encoding="utf-8")
    assert fsva(project / EDITION, edited, "--layar") == 80
    said = capsys.readouterr()
    assert key in said.err
    assert said.out == ""


def test_outputs_tell_less_and_say_so(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "outputs" / "belu" / "2022"
    shutil.copytree(project / "outputs" / "belu" / "2021", changed)
    table = (changed / "kelas.csv").read_text(encoding="utf-8")
    line = "Tasain,0.2470,4,nilai"
    assert table.count(line) == 1
    (changed / "kelas.csv").write_text(table.replace(line, "Tasain,0.1470,3,nilai"), "utf-8")
    assert fsva(project / "outputs" / "belu" / "2021", changed, "--layar", "--exit-code") == 1
    shown = capsys.readouterr().out
    assert "tidak dapat dibaca dari keluaran: cut-off, batas desa, masukan, manifes" in shown
    assert "kelas 4 -> 3, nilai 0,2470 -> 0,1470; sebab mungkin: data, cut-off" in shown


def test_outputs_whose_cut_offs_are_a_proposal_say_so(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "outputs" / "belu" / "2022"
    shutil.copytree(project / "outputs" / "belu" / "2021", changed)
    for proposed, is_said in (({}, False), ({"usulan": ["komposit"]}, True)):
        (changed / "manifest.json").write_text(json.dumps(proposed), encoding="utf-8")
        fsva(project / "outputs" / "belu" / "2021", changed, "--layar")
        said = [line for line in capsys.readouterr().out.splitlines() if "usulan" in line.lower()]
        assert bool(said) == is_said


def test_an_edition_and_its_own_outputs_are_the_same(project: Path) -> None:
    assert fsva(project / EDITION, project / "outputs/belu/2021", "--layar", "--exit-code") == 0


@pytest.mark.parametrize(
    ("other", "code", "said"),
    [
        ("editions/belu-2021/indicators.csv", 0,
         "sebab mungkin: data, kode atau pemekaran, kelas yang ditetapkan atau terbit"),
        ("boundaries/crosswalk/53.04.csv", 0, "sebab mungkin: kode atau pemekaran\n"),
        ("styles/dasar/belu-2021.toml", 80, "Cut-off atau skala sisi yang dibandingkan berbeda"),
        ("styles/metode/fsva-kabupaten-6.toml", 80, "Metode sisi yang dibandingkan berbeda"),
    ],
)  # fmt: skip
def test_manifests_tell_which_inputs_may_be_the_reason(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str, code: int,
    said: str,
) -> None:  # fmt: skip
    names = ("editions/belu-2021/edition.toml", "editions/belu-2021/indicators.csv",
             "boundaries/crosswalk/53.04.csv", "boundaries/skematis/53.04-belu.geojson",
             "styles/metode/fsva-kabupaten-6.toml", "styles/dasar/belu-2021.toml")  # fmt: skip
    for year, changed in (("2021", {}), ("2022", {other: "lain"})):
        folder = tmp_path / "outputs" / "belu" / year
        shutil.copytree(project / "outputs" / "belu" / "2021", folder)
        inputs = dict.fromkeys(names, "sama") | changed
        record = {"daerah": "Kabupaten Belu", "tahun": int(year), "metode": "fsva-kabupaten-6",
                  "dasar": "belu-2021", "masukan": inputs}  # fmt: skip
        (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    table = folder / "kelas.csv"
    text = table.read_text(encoding="utf-8").replace("Tasain,0.2470,4", "Tasain,0.1470,3")
    table.write_text(text, encoding="utf-8")
    one = tmp_path / "outputs" / "belu" / "2021"
    assert fsva(one, folder, "--layar") == code
    shown = capsys.readouterr()
    assert said in shown.out + shown.err


def test_a_table_of_classes_that_was_edited_by_hand_is_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "belu" / "2022"
    shutil.copytree(project / "outputs" / "belu" / "2021", changed)
    table = (changed / "kelas.csv").read_text(encoding="utf-8")
    for old, new, code in (("Tasain,0.2470,4,nilai", "Tasain,0.2470,7,nilai", 20),
                           ("Tasain,0.2470,4,nilai", "Tasain,0.2470,4,taksir", 20),
                           ("53.04.13.2009", "53.04.13.2008", 30)):  # fmt: skip
        (changed / "kelas.csv").write_text(table.replace(old, new), "utf-8")
        assert fsva(project / EDITION, changed, "--layar") == code
        assert "kelas.csv" in capsys.readouterr().err


def test_another_district_is_refused(project: Path, tmp_path: Path) -> None:
    changed = tmp_path / "malaka" / "2021"
    shutil.copytree(project / "outputs" / "belu" / "2021", changed)
    table = (changed / "kelas.csv").read_text(encoding="utf-8")
    (changed / "kelas.csv").write_text(table.replace("\n53.04.", "\n53.21."), "utf-8")
    assert fsva(project / EDITION, changed, "--layar") == 80


@pytest.mark.parametrize(
    "words", [(), ("satu",), ("satu", "--ke", "HEAD"), ("a", "b", "--dari", "x")]
)
def test_a_call_that_makes_no_sense(words: tuple[str, ...]) -> None:
    assert fsva(*words) == 2


# --- git ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def repository(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Commit the edition, then a changed value, with a tag on that."""
    folder = tmp_path_factory.mktemp("gudang") / "proyek"
    shutil.copytree(project, folder)
    shutil.copy(ROOT / ".gitattributes", folder)
    git(folder, "init", "--quiet", "--initial-branch", "utama")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Edisi 2021")
    sunting_belu.cell(folder / EDITION / "indicators.csv", "Tasain", "lahan", "0,1470")
    table = folder / "outputs" / "belu" / "2021" / "kelas.csv"
    text = table.read_text(encoding="utf-8").replace("Tasain,0.2470,4", "Tasain,0.1470,3")
    table.write_text(text, encoding="utf-8", newline="\n")
    git(folder, "commit", "--quiet", "--all", "--message", "Lahan Tasain")
    git(folder, "tag", "perbaikan")
    return folder


@pytest.mark.slow
@needs_git
def test_two_revisions_of_an_edition(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edition = repository / EDITION
    before = git(repository, "status", "--porcelain")
    assert fsva(edition, "--dari", "utama~1", "--ke", "perbaikan", "--layar", "--exit-code") == 1
    shown = capsys.readouterr().out
    assert "kelas 4 -> 3, nilai 0,2470 -> 0,1470; sebab: data -1" in shown
    head = git(repository, "rev-parse", "HEAD")[:7]
    assert f"(editions/belu-2021, {head})" in shown
    assert fsva(edition, "--dari", "HEAD", "--layar", "--exit-code") == 0  # the working folder
    assert git(repository, "status", "--porcelain") == before


@pytest.mark.slow
@needs_git
def test_an_old_layout_does_not_hinder(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "proyek"
    git(tmp_path, "clone", "--quiet", str(repository), str(folder))
    shutil.rmtree(folder / "styles" / "gaya")
    layout = next((folder / "styles" / "layouts").glob("a4*.toml"))
    layout.write_text("lama = 1\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Gaya lama")
    git(folder, "checkout", "--quiet", "HEAD~1", "--", "styles")
    words = ("--dari", "HEAD", "--exit-code", "--keluaran", tmp_path / "hasil")
    assert fsva(folder / EDITION, *words) == 0
    assert (tmp_path / "hasil" / "banding.html").is_file()


def test_outputs_without_a_village_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table of classes that was emptied by hand is no district without villages."""
    folder = shutil.copytree(TRACKED, tmp_path / "2021")
    heading = (folder / "kelas.csv").read_text(encoding="utf-8-sig").split("\n")[0]
    (folder / "kelas.csv").write_text(f"{heading}\n;;;\n", encoding="utf-8-sig")
    assert fsva(TRACKED, folder, "--layar") == 10
    told = capsys.readouterr().err
    assert "Tabel ini kosong" in told
    assert "Buat atlasnya lagi" in told


@needs_git
def test_revisions_by_path_also_of_outputs(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(repository)
    assert fsva(f"HEAD~1:{EDITION}", f"HEAD:{EDITION}", "--layar", "--exit-code") == 1
    assert fsva("HEAD~1:outputs/belu/2021", "outputs/belu/2021", "--layar", "--exit-code") == 1
    assert "sebab mungkin" in capsys.readouterr().out


@needs_git
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("tiada", 2),
        ("--output=/tmp/x", 2),
        ("HEAD; touch x", 2),
        ("$(id)", 2),
        ("a\nb", 2),
        ("", 2),
    ],
)
def test_hostile_and_unknown_names_are_refused(repository: Path, name: str, code: int) -> None:
    assert fsva(repository / EDITION, f"--dari={name}", "--layar") == code
    assert not (repository / "x").exists()


@needs_git
def test_a_path_does_not_lead_out_of_the_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    assert fsva("HEAD:../lain", EDITION, "--layar") == 2
    assert fsva("HEAD:/etc", EDITION, "--layar") == 2
    assert fsva("HEAD:tiada", EDITION, "--layar") == 10


@needs_git
@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_in_a_revision_is_refused(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "proyek"
    git(tmp_path, "clone", "--quiet", str(repository), str(folder))
    (folder / EDITION / "rahasia.csv").symlink_to("/etc/hostname")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Tautan")
    assert fsva(folder / EDITION, "--dari", "HEAD", "--layar") == 10


def test_a_folder_outside_any_repository(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    assert fsva(project / EDITION, "--dari", "HEAD", "--layar") == 10


def test_without_git_the_remedy_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(project))
    assert fsva(project / EDITION, "--dari", "HEAD", "--layar") == 10
    assert "Pasang git" in capsys.readouterr().err


@pytest.fixture
def speaking(repository: Path, tmp_path: Path) -> Path:
    """Make a clone that is set up as docs/banding.md says."""
    folder = tmp_path / "proyek"
    git(tmp_path, "clone", "--quiet", str(repository), str(folder))
    words = [
        sys.executable,
        "-c",
        "from fsva.cli import entry; entry()",
        "banding",
        "--git",
        "--",
    ]
    git(folder, "config", "diff.fsva.command", shlex.join(words))
    return folder


@needs_git
def test_git_diff_speaks_of_villages_and_classes(speaking: Path) -> None:
    shown = git(speaking, "diff", "HEAD~1", "HEAD")
    assert shown.splitlines() == [
        "editions/belu-2021/indicators.csv: 1 desa berubah",
        "  Tasain (5306032001)",
        "      Rasio lahan pertanian: 0,2470 -> 0,1470",
        "      Rasio lahan pertanian: kelas 4 (Tahan pangan rendah) -> 3 (Rentan pangan rendah)"
        " (turun 1, masuk kelas rentan)",
        "outputs/belu/2021/kelas.csv: 1 desa berubah",
        "  Tasain (53.04.13.2009)",
        "      Rasio lahan pertanian: 0,2470 -> 0,1470",
        "      Rasio lahan pertanian: kelas 4 (Tahan pangan rendah) -> 3 (Rentan pangan rendah)"
        " (turun 1, masuk kelas rentan)",
    ]


@needs_git
def test_git_diff_does_not_end_at_a_table_that_is_half_edited(speaking: Path) -> None:
    table = speaking / EDITION / "indicators.csv"
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join([*lines, lines[-1]]))  # a village twice
    shown = git(speaking, "diff")
    assert "tidak dapat dibandingkan per desa" in shown
    assert "\n+5306081008;" in shown


@needs_git
def test_git_diff_tells_new_and_deleted_tables(speaking: Path) -> None:
    (speaking / EDITION / "terbit.csv").unlink()
    assert git(speaking, "diff") == "editions/belu-2021/terbit.csv: berkas dihapus, 81 desa\n"


def test_git_words_are_for_git_only() -> None:
    assert fsva("--git", "--", "a.csv", "b") == 2


@pytest.mark.slow
@needs_git
@pytest.mark.skipif(sys.platform == "win32", reason="a shell script of CI")
def test_the_summary_for_a_merge_request(speaking: Path, tmp_path: Path) -> None:
    program = tmp_path / "fsva"
    program.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c '
        '"from fsva.cli import entry; entry()" "$@"\n', encoding="utf-8"
    )  # fmt: skip
    program.chmod(0o755)

    def summary(base: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", str(ROOT / "docs" / "ci" / "banding.sh"), base], cwd=speaking, text=True,
            capture_output=True, encoding="utf-8", check=False,
            env=os.environ | GIT_ENVIRONMENT | {"FSVA": str(program)},
        )  # fmt: skip

    done = summary("HEAD~1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("### editions/belu-2021\n\n    Kabupaten Belu 2021 (")
    assert "    Ringkasan\n" in done.stdout
    assert "kelas 4 -> 3" in done.stdout
    assert all(line.startswith(("###", "    ")) for line in done.stdout.splitlines() if line)
    assert summary("HEAD").stdout == "Tidak ada edisi yang berubah.\n"
    sunting_belu.replace(speaking / BASELINE, "0.1766", "0.1800")
    forced = summary("HEAD")
    assert "!!! DIPAKSA" in forced.stdout
    (speaking / EDITION / "indicators.csv").write_bytes(b"rusak")
    broken = summary("HEAD")
    assert broken.returncode == 1
    assert "Galat" in broken.stdout


def test_the_examples_of_ci_are_well_formed() -> None:
    for name in ("github-banding.yml", "gitlab-banding.yml"):
        text = (ROOT / "docs" / "ci" / name).read_text(encoding="utf-8")
        assert "docs/ci/banding.sh" in text
        assert "\t" not in text
