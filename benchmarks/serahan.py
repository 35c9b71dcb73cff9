"""Times of what an office hands in: workbook of forms, national template, blank forms, needs.

The villages are synthetic and say so: those of ``benchmarks/hitung.py``. Every case runs in a
process of its own.

Usage: ``python benchmarks/serahan.py [--ulang 3]``
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hitung import rules, timed, villages

CASES = (81, 852)


def one_case(count: int) -> dict[str, float]:
    """Return the seconds of every step."""
    from fsva.core import texts
    from fsva.core.columns import KEMENDAGRI
    from fsva.files.tables import needed_table
    from fsva.files.workbooks import blank_form, form_4, form_workbook
    from fsva.files.workbooks.form_inputs import FormInputs
    from fsva.files.workbooks.open_book import BookTitle
    from fsva.index import joined_table, result_columns
    from fsva.sources.plain.plain_table import Table
    from fsva.words.needed import needed_words

    method, words, title = rules(), texts.load("id"), BookTitle("Sintetis", "")
    values = Table.of_frame(villages(count))
    table = joined_table.tabulate(values, None, (), method).by_bps_code()
    inputs = FormInputs(table, method, {}, None, (), ("Dinas",))
    steps: dict[str, float] = {}
    timed(steps, "fsva.xlsx", lambda: form_workbook.write(inputs, title, words))
    timed(steps, "form-4.xlsx", lambda: form_4.write(inputs, title, words))
    keys = {**table.keys, KEMENDAGRI: result_columns.words(table.codes)}
    sources = {i.id: "Dinas" for i in method.indicators}
    (form,) = blank_form.forms(sources)
    timed(steps, "form-0.xlsx", lambda: blank_form.write(form, keys, {}, method, title, words))
    needs = timed(steps, "andai", lambda: tuple(needed_words.needs(table, method)))
    timed(steps, "andai.csv", lambda: needed_table.write(needs, table, method, words))
    return steps


def main() -> None:
    """Run every case several times and print the medians."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ulang", type=int, default=3)
    parser.add_argument("--satu", type=int)
    given = parser.parse_args()
    if given.satu:
        sys.stdout.write(json.dumps(one_case(given.satu)))
        return
    for count in CASES:
        runs = [
            json.loads(
                subprocess.run(  # noqa: S603 - this file itself
                    [sys.executable, __file__, "--satu", str(count)],
                    check=True,
                    capture_output=True,
                ).stdout
            )
            for _ in range(given.ulang)
        ]
        for step in runs[0]:
            found = sorted(run[step] for run in runs)
            middle = statistics.median(found)
            spread = f"({found[0]:.2f} - {found[-1]:.2f})"
            sys.stdout.write(f"{count:6} {step:14} {middle:.2f} s {spread}\n")


if __name__ == "__main__":
    main()
