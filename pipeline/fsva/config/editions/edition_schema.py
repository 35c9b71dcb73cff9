"""The JSON schema of ``edition.toml``, for editors that complete and check the file.

Owns the way from the models of ``fsva.config.editions.sections`` to the schema. The meaning of
each key stands in ``styles/teks/<language>/skema.toml``, under the model's name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fsva.config.editions.sections import Settings
from fsva.core.texts import Texts
from fsva.core.toml import Bilingual

FILE_NAME = "skema-edisi.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
CATALOGUE = "skema"
# The key of the catalogue that describes a model itself.
WHOLE = "_isi"
ROOT_MODEL = Settings.__name__
_BOTH_LANGUAGES = f"#/$defs/{Bilingual.__name__}"

Node = dict[str, Any]


def schema(texts: Texts) -> Node:
    """Return the schema of ``edition.toml`` with every key described.

    Raises
    ------
    KeyError
        If the catalogue lacks a key: a defect of the program.
    """
    drawn_up: Node = _without_null(Settings.model_json_schema(by_alias=True))
    for name, model in models(drawn_up):
        model["description"] = texts(f"{CATALOGUE}.{name}.{WHOLE}")
        model.pop("title", None)
        for key, node in model["properties"].items():
            node.pop("title", None)
            node["description"] = texts(f"{CATALOGUE}.{name}.{key}")
    return {"$schema": DIALECT, "title": "edition.toml", **drawn_up}


def models(whole: Node) -> Iterator[tuple[str, Node]]:
    """Yield every model of a schema with its name, the whole file first."""
    yield ROOT_MODEL, whole
    yield from whole.get("$defs", {}).items()


def to_json(texts: Texts) -> str:
    """Return the schema as JSON, the keys in the order of the models."""
    return json.dumps(_plain_texts_too(schema(texts)), ensure_ascii=False, indent=1) + "\n"


def _plain_texts_too(node: Any) -> Any:  # noqa: ANN401  # any value of JSON
    """Allow one text wherever a text in both languages may stand."""
    if isinstance(node, list):
        return [_plain_texts_too(part) for part in node]
    if not isinstance(node, dict):
        return node
    rest = {key: _plain_texts_too(part) for key, part in node.items()}
    if rest.get("$ref") != _BOTH_LANGUAGES:
        return rest
    described = {key: part for key, part in rest.items() if key != "$ref"}
    return {"anyOf": [{"type": "string"}, {"$ref": _BOTH_LANGUAGES}], **described}


def _without_null(node: Any) -> Any:  # noqa: ANN401  # any value of JSON
    """Leave out null, which TOML cannot write: a key without value is left out there."""
    if isinstance(node, list):
        return [_without_null(part) for part in node if part != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    rest = {k: _without_null(v) for k, v in node.items() if (k, v) != ("default", None)}
    options = rest.get("anyOf", [])
    if len(options) == 1:
        del rest["anyOf"]
        rest = options[0] | rest
    return rest
