"""A baseline as the TOML file that officers keep under ``styles/dasar``.

Owns its text: comments, order of the keys, digits of the numbers.
``fsva.config.methods.baseline.load`` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from fsva.config.methods.baseline import Baseline
from fsva.core import placeholders, printed
from fsva.core.remedies.toml_values import quoted
from fsva.core.toml import Bilingual


def baseline_toml(baseline: Baseline, comments: Sequence[str], remarks: Mapping[str, str]) -> bytes:
    """Return the content of ``styles/dasar/<id>.toml``.

    Parameters
    ----------
    baseline : Baseline
        Its numbers keep their digits.

    Returns
    -------
    bytes
        UTF-8 without BOM, Unix line ends.
    """
    lines = [*(f"# {printed.flat(comment)}" for comment in comments), "", *_head(baseline)]
    lines += ["", "[cut_off]", *_numbers(baseline.cut_offs, remarks)]
    lines += ["", "[skala]", *_numbers(baseline.bounds, {})]
    if baseline.closed:
        lines += ["", "[tutup]", *(f"{name} = {quoted(c)}" for name, c in baseline.closed.items())]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _head(baseline: Baseline) -> Iterator[str]:
    yield f"id = {quoted(baseline.id)}"
    yield f"metode = {quoted(baseline.method)}"
    yield f"nama = {_both(baseline.name)}"
    frozen = baseline.frozen
    yield f"tanggal = {frozen.isoformat() if frozen else quoted(placeholders.words()[0])}"
    yield f"sumber = {_both(baseline.source)}"
    if baseline.proposed:
        yield f"usulan = [{', '.join(quoted(name) for name in baseline.proposed)}]"


def _numbers(numbers: Mapping[str, Iterable[Decimal]], remarks: Mapping[str, str]) -> Iterator[str]:
    for name, values in numbers.items():
        remark = f"  # {printed.flat(remarks[name])}" if name in remarks else ""
        yield f"{name} = [{', '.join(f'{value:f}' for value in values)}]{remark}"


def _both(text: Bilingual) -> str:
    return f"{{ id = {quoted(text.id)}, en = {quoted(text.en)} }}"
