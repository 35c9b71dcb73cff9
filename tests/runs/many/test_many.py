"""Many editions: what is made, skipped, given up, and what is left when somebody is killed."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from fsva import cli
from fsva.core import texts
from fsva.core.errors import UsageError
from fsva.runs.many import batch_plan, edition_job, edition_list
from fsva.runs.many.batch_plan import BatchChoices
from fsva.runs.many.edition_job import EditionJob, JobResult
from fsva.runs.many.supervision import Supervision
from fsva.runs.many.workers import LocalWorkers
from tests.places import contoh

ID = texts.load("id")


def project(folder: Path, n: int) -> list[Path]:
    """Write editions of one district, one for each year from 2001 on."""
    first = contoh.build(folder / "editions" / "c-2001", poverty=False, coverage=False)
    made = [first]
    for year in range(2001, 2001 + n):
        own = first if year == 2001 else folder / "editions" / f"c-{year}"
        if own != first:
            shutil.copytree(first, own)
            made.append(own)
        toml = own / "edition.toml"
        text = toml.read_text(encoding="utf-8")
        toml.write_text(
            text.replace("tahun = 2021", f"tahun = {year}", 1)
            .replace("tahun = 2001", f"tahun = {year}", 1)
            .replace("tanggal = 2021", f"tanggal = {year}"),
            encoding="utf-8",
        )
    return made


def rows(folder: Path) -> dict[str, dict[str, str]]:
    """Return the rows of ``massal.csv`` by the last part of the edition's folder."""
    with (folder / "massal" / "massal.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {Path(row["edisi"]).name: row for row in csv.DictReader(stream, delimiter=";")}


def results(folder: Path) -> dict[str, str]:
    """Return what became of each edition."""
    return {name: row["hasil"] for name, row in rows(folder).items()}


# What a worker does in some tests instead of an atlas; it must be found by its name there.
def answer(job: EditionJob) -> JobResult:
    return JobResult(job, "dibuat", number=str(os.getpid()))


def die_of_one(job: EditionJob) -> JobResult:
    """Die of the edition ``c-2002``, as of too little memory; leave a mark of every try."""
    (job.outputs.parent / f"{job.folder.name}-{time.monotonic_ns()}").touch()
    if job.folder.name == "c-2002":
        os.kill(os.getpid(), signal.SIGKILL)
    return JobResult(job, "dibuat")


def die_once(job: EditionJob) -> JobResult:
    """Die of the edition ``c-2002``, but only the first time."""
    mark = job.outputs.parent / "mati"
    if job.folder.name == "c-2002" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return JobResult(job, "dibuat")


def jobs(folder: Path, n: int) -> list[EditionJob]:
    names = [f"c-{2001 + number}" for number in range(n)]
    return [EditionJob(folder / name, folder / "keluaran", name, "99.01", "id") for name in names]


def test_folders_patterns_and_lists_name_each_edition_once(tmp_path: Path) -> None:
    made = project(tmp_path, 3)
    (tmp_path / "editions" / "catatan").mkdir()
    listed = tmp_path / "daftar.txt"
    listed.write_text("# dua edisi\neditions/c-2003\n\neditions/c-200[12]\n", encoding="utf-8")
    assert edition_list.folders([str(tmp_path / "editions" / "*")]) == made
    assert edition_list.folders([str(listed)]) == [made[2], made[0], made[1]]
    twice = [str(made[0]), str(made[0] / "edition.toml"), str(listed)]
    assert edition_list.folders(twice) == [made[0], made[2], made[1]]
    for wrong in ("editions/x*", "kosong.txt"):
        (tmp_path / "kosong.txt").write_text("# tidak ada\n", encoding="utf-8")
        with pytest.raises(UsageError):
            edition_list.folders([str(tmp_path / wrong)])


def test_an_edition_that_cannot_be_read_or_shares_its_outputs_is_an_answer(tmp_path: Path) -> None:
    first, second, third = project(tmp_path, 3)
    (second / "edition.toml").write_text("tahun = ", encoding="utf-8")
    shutil.rmtree(third)
    shutil.copytree(first, third)
    asked, failed = batch_plan.plan([first, second, third], BatchChoices(tmp_path / "o"), ID)
    assert [job.folder for job in asked] == [first]
    assert [result.exit_code for result in failed] == [11, 11]
    assert "folder keluaran yang sama" in failed[1].told
    assert str(first) in failed[1].told


def test_a_worker_that_dies_takes_no_other_edition_with_it(tmp_path: Path) -> None:
    told: list[JobResult] = []
    workers = LocalWorkers(2, 25, 3, die_of_one)
    run = Supervision(workers, told.append, ID)
    run.run(jobs(tmp_path, 5))
    workers.stop()
    states = {result.job.name: result.state for result in run.results}
    assert states == {f"c-{year}": "dibuat" for year in (2001, 2003, 2004, 2005)} | {
        "c-2002": "gagal"
    }
    assert told == run.results
    assert told[-1].job.name == "c-2002"  # tried again when no other was left
    assert "mati 3 kali" in told[-1].told
    assert told[-1].exit_code == 10
    tries = sorted(mark.name[:6] for mark in tmp_path.iterdir())
    assert tries == ["c-2001", *["c-2002"] * 3, "c-2003", "c-2004", "c-2005"]
    assert run.left(jobs(tmp_path, 6)) == [JobResult(jobs(tmp_path, 6)[-1], "belum")]


def test_an_edition_whose_worker_died_by_chance_is_made(tmp_path: Path) -> None:
    workers = LocalWorkers(2, 25, 3, die_once)
    run = Supervision(workers, lambda _: None, ID)
    run.run(jobs(tmp_path, 3))
    workers.stop()
    assert {result.state for result in run.results} == {"dibuat"}
    assert len(run.results) == 3


def test_a_worker_is_replaced_before_its_memory_grows(tmp_path: Path) -> None:
    workers = LocalWorkers(1, 2, 3, answer)
    run = Supervision(workers, lambda _: None, ID)
    run.run(jobs(tmp_path, 5))
    workers.stop()
    processes = [result.number for result in run.results]
    assert [processes.count(number) for number in dict.fromkeys(processes)] == [2, 2, 1]


@pytest.mark.slow
def test_a_worker_with_another_program_refuses(tmp_path: Path) -> None:
    (own,) = project(tmp_path, 1)
    (job,), _ = batch_plan.plan([own], BatchChoices(tmp_path / "o"), ID)
    result = edition_job.make(replace(job, program="lain"))
    assert (result.state, result.exit_code) == ("gagal", 10)
    assert "Versi program pekerja ini berbeda" in result.told
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    ("problem", "code", "told"),
    [
        (PermissionError(13, "Permission denied", "a3.toml"), 10, "Berkas tidak dapat dibuka."),
        (OSError(28, "No space left on device"), 70, "tidak menerima keluaran lagi"),
        (MemoryError(), 10, "Memori komputer ini tidak cukup."),
        (ZeroDivisionError(), 1, "Traceback"),
    ],
)
def test_what_the_system_refuses_is_told_as_a_command_alone_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception, code: int, told: str
) -> None:
    def refused(*_words: object) -> None:
        raise problem

    monkeypatch.setattr(edition_job, "_made", refused)
    result = edition_job.make(EditionJob(tmp_path, tmp_path / "o", "Uji", "", "id"))
    assert (result.state, result.exit_code) == ("gagal", code)
    assert told in result.told


@pytest.mark.slow
def test_what_is_made_is_skipped_unless_an_input_or_option_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = project(tmp_path / "proyek", 3)
    out = tmp_path / "keluaran"
    words = ["massal", str(tmp_path / "proyek" / "editions" / "*"), "--pekerja", "2"]
    place = ["--keluaran", str(out)]
    table = made[1] / "indikator.csv"
    whole = table.read_bytes()
    table.write_bytes(whole.replace(b";", b"#", 9))
    assert cli.main([*words, *place]) == 1
    assert results(out) == {"c-2001": "dibuat", "c-2002": "gagal", "c-2003": "dibuat"}
    assert rows(out)["c-2002"]["kode_keluar"] == "20"
    page = (out / "massal" / "massal.html").read_text(encoding="utf-8")
    assert 'href="../contoh/2001/atlas.pdf"' in page
    assert "indikator.csv" in page
    table.write_bytes(whole)
    capsys.readouterr()
    assert cli.main([*words, *place]) == 0
    assert results(out) == {
        "c-2001": "tidak berubah",
        "c-2002": "dibuat",
        "c-2003": "tidak berubah",
    }
    told = capsys.readouterr().out
    assert "[3/3]" in told
    assert "1 dibuat, 2 tidak berubah, 0 gagal" in told
    assert cli.main([*words, *place, "--gaya", "kelabu"]) == 0
    assert set(results(out).values()) == {"dibuat"}
    # As the command for one edition makes it, to the byte.
    alone = tmp_path / "sendiri"
    assert cli.main(["atlas", str(made[2]), "--keluaran", str(alone), "--gaya", "kelabu"]) == 0
    many = out / "contoh" / "2003"
    assert {f.name: f.read_bytes() for f in many.iterdir()} == {
        f.name: f.read_bytes() for f in alone.iterdir()
    }


@pytest.mark.slow
def test_a_killed_run_leaves_nothing_half_written_and_no_process_and_is_finished_later(
    tmp_path: Path,
) -> None:
    project(tmp_path / "proyek", 4)
    out = tmp_path / "keluaran"
    words = ["massal", str(tmp_path / "proyek" / "editions" / "*"), "--pekerja", "2"]
    command = [sys.executable, "-m", "fsva", *words, "--keluaran", str(out)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        assert run.stdout is not None
        assert "[1/4]" in run.stdout.readline()
        run.send_signal(signal.SIGKILL)
        rest = run.stdout.read()  # ends only when no worker holds the pipe any more
    assert "Selesai" not in rest
    finished = [folder for folder in out.glob("contoh/20*") if folder.is_dir()]
    assert finished
    for folder in finished:
        assert (folder / "manifest.json").is_file()
    assert not (out / "massal").exists()
    assert cli.main([*words, "--keluaran", str(out)]) == 0
    assert len(results(out)) == 4
    assert "tidak berubah" in results(out).values()
    left = [entry.name for entry in (out / "contoh").iterdir() if entry.name.startswith(".")]
    assert [name for name in left if ".baru" in name or ".lama" in name] == []
