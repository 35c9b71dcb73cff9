"""One atlas taken apart: seconds per stage, as one JSON object.

Runs ``fsva atlas`` in this process with a clock around the public function of each stage, so
what is timed is the product's own run. A stage inside another counts only for itself; what no
stage covers is "lainnya". The interpreter's own start comes before and is not in it.

Usage: ``python benchmarks/rincian.py EDISI KELUARAN [--batas BERKAS]``; medians over several
processes: ``python benchmarks/atlas.py EDISI --rincian``.
"""

from __future__ import annotations

import threading
import time

START = time.perf_counter()

import argparse  # noqa: E402
import contextlib  # noqa: E402
import functools  # noqa: E402
import io  # noqa: E402
import json  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from importlib import import_module  # noqa: E402
from typing import Any, ParamSpec, TypeVar, cast  # noqa: E402

# Stage, module and public function; a function may be a method.
STAGES = (
    ("bacaan: edisi, tabel, lapisan", "fsva.config.editions.edition", "load"),
    ("bacaan: edisi, tabel, lapisan", "fsva.config.methods.method", "load"),
    ("bacaan: edisi, tabel, lapisan", "fsva.config.styles.layout", "load"),
    ("bacaan: edisi, tabel, lapisan", "fsva.sources.tables.edition_tables", "read_indicators"),
    ("bacaan: edisi, tabel, lapisan", "fsva.sources.tables.edition_tables", "read_crosswalk"),
    ("bacaan: edisi, tabel, lapisan", "fsva.sources.tables.edition_tables", "read_published"),
    ("bacaan: edisi, tabel, lapisan", "fsva.sources.layers.village_layer", "read_district"),
    ("bacaan: edisi, tabel, lapisan", "fsva.sources.ground.surroundings", "read_land"),
    ("bacaan: edisi, tabel, lapisan", "fsva.sources.ground.surroundings", "read_neighbours"),
    ("proyeksi", "fsva.sources.layers.crs", "project"),
    ("padanan; menunggu utas perbaikan", "fsva.runs.tabulation", "join_values"),
    ("penggabungan, kelas, komposit", "fsva.villages.join", "join"),
    ("penggabungan, kelas, komposit", "fsva.index.joined_table", "tabulate"),
    ("penggabungan, kelas, komposit", "fsva.words.specification", "build"),
    ("pemeriksaan dan keyakinan", "fsva.runs.check_run", "approved"),
    ("pemeriksaan dan keyakinan", "fsva.runs.certainty_run", "of_atlas"),
    ("huruf", "fsva.drawing.paper.fonts", "load"),
    ("lembar peta: seluruh isi", "fsva.drawing.sheets.sheet", "sheets"),
    ("lembar peta: tempat nama", "fsva.drawing.sheets.sheet", "arranged"),
    ("grafik dan peta ringkasan: lembar", "fsva.drawing.sheets.chart", "sheet"),
    ("grafik dan peta ringkasan: lembar", "fsva.drawing.sheets.overview", "sheet"),
    ("PDF: aliran gambar, huruf", "fsva.files.writers.pdf", "PdfWriter.__init__"),
    ("PDF: aliran gambar, huruf", "fsva.files.writers.pdf", "PdfWriter.pages"),
    ("PDF: menulis berkas", "fsva.files.writers.pdf", "PdfWriter.write"),
    ("tabel dan laporan", "fsva.runs.production", "_Record.files"),
    ("PNG: menunggu utas gambar", "fsva.runs.sheets.sheet_press", "SheetPress.pictures"),
    ("menaruh keluaran", "fsva.core.publishing.publish", "publish"),
    ("manifes", "fsva.core.publishing.manifest", "describe_inputs"),
    ("manifes", "fsva.core.publishing.manifest", "make"),
)
P = ParamSpec("P")
R = TypeVar("R")
IMPORTS, REST = "impor pustaka", "lainnya"


class Clock:
    """Adds up the seconds of nested stages, each without the stages inside it."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys([IMPORTS, *(name for name, *_ in STAGES), REST], 0.0)
        self._open = [REST]
        self._since = START

    def turn(self) -> None:
        """Book the time since the last turn on the innermost open stage."""
        now = time.perf_counter()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside as one stage."""
        self.turn()
        self._open.append(name)
        try:
            yield
        finally:
            self.turn()
            self._open.pop()

    def timed(self, name: str, function: Callable[P, R]) -> Callable[P, R]:
        """Return a function that does the same and is timed; a generator's steps are, too.

        What another thread does is not: the main thread decides when an atlas is done.
        """

        @functools.wraps(function)
        def run(*positional: P.args, **named: P.kwargs) -> R:
            if threading.current_thread() is not threading.main_thread():
                return function(*positional, **named)
            with self.stage(name):
                result = function(*positional, **named)
            if isinstance(result, Iterator):
                return cast("R", self._steps(name, result))
            return result

        return run

    def _steps(self, name: str, steps: Iterator[object]) -> Iterator[object]:
        end = object()
        while True:
            with self.stage(name):
                step = next(steps, end)
            if step is end:
                return
            yield step


def attach(clock: Clock) -> None:
    """Import every stage's module and put the clock around its function."""
    for name, module, path in STAGES:
        owner: Any = import_module(module)
        *classes, function = path.split(".")
        for part in classes:
            owner = getattr(owner, part)
        setattr(owner, function, clock.timed(name, getattr(owner, function)))


def main() -> int:
    """Make an atlas and print the seconds of its stages."""
    parser = argparse.ArgumentParser(description="Waktu tiap tahap satu atlas")
    parser.add_argument("edisi")
    parser.add_argument("keluaran")
    parser.add_argument("--batas")
    options = parser.parse_args()
    clock = Clock()
    with clock.stage(IMPORTS):
        cli = import_module("fsva.cli")
        import_module("fsva.cli.make.atlas")
        attach(clock)
    layer = ["--batas", options.batas] if options.batas else []
    with contextlib.redirect_stdout(io.StringIO()):
        code: int = cli.main(["atlas", options.edisi, *layer, "--keluaran", options.keluaran])
    clock.turn()
    print(json.dumps(clock.seconds, ensure_ascii=False))
    return code


if __name__ == "__main__":
    raise SystemExit(main())
