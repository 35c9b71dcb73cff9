"""A run opens each table of an edition once to read it, and once to take its hash."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.places import books, contoh, small

pytestmark = pytest.mark.usefixtures("coarse_pictures")

# Runs commands in a process of its own, as an audit hook stays for good, and prints as the last
# line how often each command opened which file.
COUNTING = """
import json, sys
from collections import Counter
from pathlib import Path

opened = Counter()

def hear(event, facts):
    if event == "open" and isinstance(facts[0], (str, Path)):
        opened[str(facts[0])] += 1

sys.addaudithook(hear)

from fsva import cli

folder, out = sys.argv[1:]
told = {}
for command in ("atlas", "periksa", "ringkasan", "jejak"):
    opened.clear()
    more = ["Satu"] if command == "jejak" else ["--keluaran", f"{out}/{command}"]
    assert cli.main([command, folder, *more]) == 0, command
    told[command] = {
        Path(name).name: n for name, n in opened.items() if Path(name).parent == Path(folder)
    }
print(json.dumps(told))
"""


def ratios(folder: Path) -> str:
    contoh.build(folder, poverty=False, coverage=False)
    return "indikator.csv"


def raw_counts(folder: Path) -> str:
    """Put raw counts into a workbook, with agreed values in a sheet of their own."""
    contoh.build(folder, poverty=False, coverage=False, raw=True)
    head, *rows = [line.split(";") for line in contoh.raw_csv().split("\r\n") if line]
    typed = [[*row[:3], *(float(t.replace(",", ".")) if t else None for t in row[3:])]
             for row in rows]  # fmt: skip
    agreed = [["kode_bps", "desa", "nakes"], [small.BPS_CODES[3], small.NAMES[3], 2.5]]
    books.xlsx(folder / "mentah.xlsx", {"Form 0": [head, *typed], "KESEPAKATAN": agreed})
    file = folder / "edition.toml"
    text = file.read_text(encoding="utf-8").replace("mentah.csv", "mentah.xlsx")
    file.write_text(text, encoding="utf-8")
    return "mentah.xlsx"


@pytest.mark.slow
@pytest.mark.parametrize("edition", [ratios, raw_counts])
def test_a_table_is_opened_once_to_read_it(tmp_path: Path, edition: Callable[[Path], str]) -> None:
    folder = tmp_path / "editions" / "contoh"
    table = edition(folder)
    done = subprocess.run(
        [sys.executable, "-c", COUNTING, str(folder), str(tmp_path)],
        cwd=small.ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    # What writes takes the hash for its manifest; a trace looks the cells of one village up.
    opens = {command: counts[table] for command, counts in told.items()}
    assert opens == {"atlas": 2, "periksa": 2, "ringkasan": 2, "jejak": 2}
    assert all(counts["padanan.csv"] <= 2 for counts in told.values())
