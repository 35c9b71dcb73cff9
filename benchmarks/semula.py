"""``fsva atlas`` with the 49 files of the first measurement only, without what came later.

Left out are ``atlas.pdf``, which binds all sheets, and what is kept for the next run: the files are
what the goals of time and memory were set for. Otherwise the program itself runs, in a process of
its own, as ``atlas.py`` measures it.

Usage: ``python benchmarks/semula.py EDISI --keluaran FOLDER [further options of fsva atlas]``.
"""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

from fsva.__main__ import start
from fsva.runs import sheet_files
from fsva.runs.sheets import atlas_file


def _unbound(*_of: Any, **_with: Any) -> SimpleNamespace:  # noqa: ANN401 - stands for any binder
    """Bind nothing."""
    return SimpleNamespace(content=b"", number="")


def main() -> None:
    """Make the files; the process ends as that of ``fsva`` does."""
    setattr(atlas_file, "bound", _unbound)  # noqa: B010 - a stand-in of another type
    made = sheet_files.atlas

    def unbound(*of: Any, **how: Any) -> sheet_files.PrintedSheets:  # noqa: ANN401 - handed on
        printed = made(*of, **how)
        printed.files.pop(sheet_files.ATLAS, None)
        printed.numbers.pop(sheet_files.ATLAS, None)
        return printed

    setattr(sheet_files, "atlas", unbound)  # noqa: B010
    sys.argv = ["fsva", "atlas", *sys.argv[1:], "--tanpa-simpanan"]
    start()


if __name__ == "__main__":
    main()
