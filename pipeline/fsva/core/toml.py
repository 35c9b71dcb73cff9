"""Reading the TOML files that officers edit, with errors that point to the line.

Turns a TOML text into a validated model, and a validation error into file, line and likely meaning.
What the files may contain is defined by the models of ``fsva.config.methods.method``,
``fsva.config.editions.edition`` and ``fsva.config.styles.layout``.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError, model_validator
from pydantic_core import ErrorDetails

from fsva.core import bounds, section
from fsva.core.errors import FsvaError, Place, SourceError
from fsva.core.message_values import MessageValue, Quantity
from fsva.core.printed import without_passwords
from fsva.core.section import Section

__all__ = [
    "Bilingual",
    "Section",
    "check",
    "decode",
    "line_of",
    "load",
    "read",
    "read_bytes",
    "read_text",
]


class Bilingual(Section):
    """A text in both languages; what an office writes as one text stands for both.

    Attributes
    ----------
    id, en : str
        The Indonesian and the English text.
    """

    id: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, written: object) -> object:
        return {"id": written, "en": written} if isinstance(written, str) else written

    def __getitem__(self, language: str) -> str:
        """Return the text in the language ``"id"`` or ``"en"``."""
        return self.en if language == "en" else self.id


Model = TypeVar("Model", bound=BaseModel)
_MOST_WHOLE = 2**63  # TOML knows no larger whole numbers


_SHOWN = 40  # letters of a number in messages
# How TOML writes the character NUL.
_NUL = re.compile(r"\\(?:u0000|U00000000|x00)")


def load(file: Path, model: type[Model], error: type[FsvaError]) -> Model:
    """Read a TOML file into its model.

    Parameters
    ----------
    file : Path
        The file; numbers in it are read as exact decimals.
    error : type of FsvaError
        The class to raise for a content that the model refuses.

    Raises
    ------
    SourceError
        If the file is missing or not UTF-8.
    FsvaError
        Of class ``error``, with every offending line, if the content is refused.
    """
    return check(file, read(file, error), model, error)


def read(file: Path, error: type[FsvaError]) -> dict[str, Any]:
    """Read a TOML file as it stands; numbers in it become exact decimals.

    Parameters
    ----------
    error : type of FsvaError
        The class to raise for a text that is not TOML.

    Raises
    ------
    SourceError
        If the file is missing or not UTF-8.
    FsvaError
        Of class ``error``, with the line, if the text is not TOML.
    """
    text = read_text(file)
    try:
        data = tomllib.loads(text, parse_float=section.bounded)
    except tomllib.TOMLDecodeError as problem:
        raise error("toml", [_toml_place(file, text, problem)]) from problem
    except RecursionError as problem:
        raise _beyond(file, None, error) from problem
    except (ValueError, ArithmeticError) as problem:
        raise _beyond(file, str(problem), error) from problem
    _check_size(file, data, error)
    _check_nul(file, text, data, error)
    return data


def _check_size(file: Path, data: dict[str, Any], error: type[FsvaError]) -> None:
    """Stop at more keys or a deeper nesting than a file may have, and at endless numbers."""
    limits = bounds.load().toml
    level: list[Any] = [data]
    depth = n_keys = 0
    while level:
        below = [part for value in level for part in _parts(value)]
        depth, n_keys = depth + 1, n_keys + len(below)
        if depth > limits.depth or n_keys > limits.keys:
            raise _beyond(file, Quantity(max(depth, n_keys), 0), error)
        endless = (v for v in below if isinstance(v, int) and abs(v) >= _MOST_WHOLE)
        if (number := next(endless, None)) is not None:
            raise _beyond(file, f"{Decimal(number):.6e}", error)
        if (words := next(filter(section.is_beyond, below), None)) is not None:
            raise _beyond(file, words[:_SHOWN], error)
        level = [part for part in below if isinstance(part, dict | list)]


def _check_nul(file: Path, text: str, data: dict[str, Any], error: type[FsvaError]) -> None:
    """Stop at a text with NUL, which no name of a file may hold and no word needs."""
    if not _NUL.search(text):
        return
    level: list[Any] = [data]
    while level:
        below = [part for value in level for part in _parts(value)]
        names = [name for value in level if isinstance(value, dict) for name in value]
        if any("\0" in part for part in (*below, *names) if isinstance(part, str)):
            rows = [row for row, line in enumerate(text.splitlines(), 1) if _NUL.search(line)]
            raise error("toml_nul", [Place(file, row) for row in rows])
        level = [part for part in below if isinstance(part, dict | list)]


def _parts(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _beyond(file: Path, found: str | MessageValue | None, error: type[FsvaError]) -> FsvaError:
    limits = bounds.load().toml
    return error(
        "toml_batas",
        [Place(file, found=found)],
        {"kunci": Quantity(limits.keys, 0), "tingkat": Quantity(limits.depth, 0)},
    )


def check(file: Path, data: Mapping[str, Any], model: type[Model], error: type[FsvaError]) -> Model:
    """Turn the content of a TOML file into its model.

    Parameters
    ----------
    file : Path
        Where the content stands, for messages.
    error : type of FsvaError
        The class to raise for a content that the model refuses.

    Raises
    ------
    FsvaError
        Of class ``error``, with every offending line.
    """
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        raise _refused(file, read_text(file), model, problem, error) from problem


def read_text(file: Path) -> str:
    """Return the text of a UTF-8 file.

    Raises
    ------
    SourceError
        If the file is missing, a folder, or in another encoding.
    """
    return decode(file, read_bytes(file))


def read_bytes(file: Path) -> bytes:
    """Return the content of a file.

    Raises
    ------
    SourceError
        If the file is missing, a folder or device, too large, or cannot be read.
    """
    return bounds.content(file, bounds.load().toml.most_bytes)


def decode(file: Path, content: bytes) -> str:
    """Return the text of UTF-8 bytes, without a byte order mark.

    Parameters
    ----------
    file : Path
        Where they were read, for messages.

    Raises
    ------
    SourceError
        If they are in another encoding.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceError("bukan_utf8", [Place(file)]) from problem


def _toml_place(file: Path, text: str, problem: tomllib.TOMLDecodeError) -> Place:
    match = re.search(r"line (\d+)", str(problem))
    row = int(match.group(1)) if match else len(text.splitlines())
    lines = text.splitlines()
    return Place(file, row, found=lines[row - 1].strip() if row <= len(lines) else "")


def _refused(
    file: Path, text: str, model: type[BaseModel], problem: ValidationError, error: type[FsvaError]
) -> FsvaError:
    """Turn the first kind of refusal into an error that lists all its places.

    Unknown keys come first: a misspelt key is also reported as missing under its right name.
    """
    details = sorted(problem.errors(include_url=False), key=lambda d: d["type"] != UNKNOWN_KEY)
    first = details[0]
    kind = _kind(first)
    same = [d for d in details if _kind(d) == kind]
    rows = [line_of(text, d["loc"]) if d["loc"] else None for d in same[:_MOST_SOUGHT]]
    places = [
        Place(file, row, _dotted(d["loc"]) or None, found=_found(d))
        for row, d in zip_longest(rows, same)
    ]
    return error(
        f"skema_{kind}",
        places,
        {"harap": _expected(first), "maksud": _likely(model, first["loc"])},
    )


UNKNOWN_KEY = "extra_forbidden"
_MOST_SOUGHT = 50  # problems whose line is looked for; a message shows five
# Prefixes of pydantic's error types and the endings of our keys; the first match counts.
_KINDS = {
    "missing": "kurang",
    UNKNOWN_KEY: "tak_dikenal",
    "value_error": "mustahil",
    "literal_error": "pilihan",
    "string_pattern_mismatch": "pola",
    "string_too_short": "panjang",
    "string_too_long": "panjang",
    "greater_than": "batas",
    "less_than": "batas",
    "string_": "teks",
    "int_": "bulat",
    "decimal_": "bilangan",
    "float_": "bilangan",
    "finite_number": "bilangan",
    "date_": "tanggal",
    "bool_": "benar_salah",
    "model_": "bagian",
    "dict_": "bagian",
    "tuple_": "daftar",
    "too_short": "daftar",
    "too_long": "daftar",
    "": "nilai",
}
_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "min_length": "≥", "max_length": "≤"}


def _kind(detail: ErrorDetails) -> str:
    if detail["type"] == "missing" and isinstance(detail["loc"][-1], int):
        return "daftar"  # a fixed number of values, one of which is not there
    return next(kind for prefix, kind in _KINDS.items() if detail["type"].startswith(prefix))


def _expected(detail: ErrorDetails) -> str:
    """Say in signs, which need no translation, what a value should be."""
    context = detail.get("ctx", {})
    limits = " ".join(f"{_SIGNS[name]} {context[name]}" for name in _SIGNS if name in context)
    if "expected" in context:
        return str(context["expected"]).replace(" or ", ", ")
    pattern = str(context.get("pattern", "")).strip("^$").replace("\\", "")
    return limits or pattern or str(context.get("error", detail["msg"]))


def _found(detail: ErrorDetails) -> str | None:
    """Return what stands there; a missing key and a whole section have no text."""
    if detail["type"] == "missing" or isinstance(detail["input"], dict):
        return None
    # A password that is cut off would not be known as one any more.
    return without_passwords(str(detail["input"]))[:80]


def _dotted(loc: Sequence[int | str]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)


def _likely(model: type[BaseModel], loc: Sequence[int | str]) -> str:
    """Return the known key most similar to an unknown one, or all known keys."""
    known = _keys_at(model, loc[:-1])
    close = difflib.get_close_matches(str(loc[-1]), known, n=1, cutoff=0.6) if loc else []
    return close[0] if close else ", ".join(known)


def _keys_at(model: type[BaseModel], loc: Sequence[int | str]) -> list[str]:
    """Return the keys that the section at a location may have."""
    schema = model.model_json_schema(by_alias=True)
    node: dict[str, Any] = schema
    for part in loc:
        node = _resolve(schema, node)
        step = node.get("properties", {}).get(part) if isinstance(part, str) else node.get("items")
        node = step or node.get("additionalProperties") or {}
        if not isinstance(node, dict):
            return []
    return sorted(_resolve(schema, node).get("properties", {}))


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    for option in [node, *node.get("anyOf", [])]:
        if "$ref" in option:
            target: dict[str, Any] = schema["$defs"][option["$ref"].rsplit("/", 1)[1]]
            return target
    return node


_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\-\"]+)\s*=")


def line_of(text: str, loc: Sequence[int | str]) -> int:
    r"""Return the line of a TOML text where a value, or the section that lacks it, stands.

    Parameters
    ----------
    loc : sequence of str and int
        Keys, and positions in arrays of tables counted from 0.

    Examples
    --------
    >>> line_of('a = 1\n[b]\nc = 2\n', ("b", "c"))
    3
    """
    lines = _lines(text)
    ways = (tuple(loc[:depth]) for depth in range(len(loc), 0, -1))
    return next((lines[way] for way in ways if way in lines), 1)


@lru_cache(maxsize=2)  # a file of thousands of entries is asked for each of them
def _lines(text: str) -> dict[tuple[int | str, ...], int]:
    """Return the first line of every section and key by its location."""
    lines: dict[tuple[int | str, ...], int] = {}
    counts: dict[str, int] = {}
    section: tuple[int | str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            section = _section(header, counts)
            lines.setdefault(section, number)
        elif key := _KEY.match(line):
            lines.setdefault((*section, *key.group(1).replace('"', "").split(".")), number)
    return lines


def _section(header: re.Match[str], counts: dict[str, int]) -> tuple[int | str, ...]:
    """Return the location of a table header, counting the entries of arrays of tables."""
    name = header.group(2).replace('"', "")
    if header.group(1) == "[[":
        counts[name] = counts.get(name, -1) + 1
    location: list[int | str] = []
    for end in range(1, len(name.split(".")) + 1):
        prefix = ".".join(name.split(".")[:end])
        location.append(name.split(".")[end - 1])
        if prefix in counts:
            location.append(counts[prefix])
    return tuple(location)
