"""The frame of a page: one file with its style, data and program, that loads nothing.

Owns the head, the policy that forbids everything from outside, and how data get into a page. The
parts that pages share are ``dasar.css`` and ``peta.js``.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from fsva.core import resources, toml

FOLDER = "halaman"
# Buttons of a map: id, sign, key of their words.
ZOOM = (("zoom-in", "+", "perbesar"), ("zoom-out", "−", "perkecil"), ("zoom-home", "⌂", "utuh"))
# Characters that would end the data or become markup, and line ends of JavaScript.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class HtmlPage:
    """What a page is made of.

    Parameters
    ----------
    title : str
        Shown by the browser; not yet escaped.
    language : str
        ``id`` or ``en``.
    body : iterable of str
        Lines of HTML; names in it are escaped already.
    data : mapping or None
        What the program reads; None for a page without a program.
    styles, programs : tuple of str
        Files in ``styles/halaman``, in the order in which they apply.
    colours : str
        Further CSS, made from data.
    """

    title: str
    language: str
    body: Iterable[str]
    data: Mapping[str, Any] | None = None
    styles: tuple[str, ...] = ("dasar.css",)
    programs: tuple[str, ...] = ()
    colours: str = ""


def write(page: HtmlPage) -> bytes:
    """Return a page as one file.

    Returns
    -------
    bytes
        UTF-8. Its policy allows its own program, by the hash of it, and no address.
    """
    program = "".join(asset(name) for name in page.programs)
    style = "".join(asset(name) for name in page.styles) + page.colours
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{page.language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(program)}">',
        f"<title>{escape(page.title)}</title>",
        f"<style>\n{style}</style>",
        "</head>",
        "<body>",
        *page.body,
    ]
    if page.data is not None:
        lines.append(f'<script type="application/json" id="data">{island(page.data)}</script>')
    if program:
        lines.append(f"<script>{program}</script>")
    return ("\n".join([*lines, "</body>", "</html>"]) + "\n").encode("utf-8")


def island(data: Mapping[str, Any]) -> str:
    r"""Return data as JSON for a script element.

    Examples
    --------
    >>> island({"desa": "</script>"})
    '{"desa":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


def asset(name: str) -> str:
    """Return a file of ``styles/halaman`` as text."""
    return toml.read_text(resources.packaged("styles") / FOLDER / name)


def _policy(program: str) -> str:
    """Return a policy that only allows this script and loads nothing."""
    script = "'none'"
    if program:
        digest = base64.b64encode(hashlib.sha256(program.encode("utf-8")).digest())
        script = f"'sha256-{digest.decode('ascii')}'"
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src {script}"
