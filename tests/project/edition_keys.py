"""The manual of the keys of ``edition.toml``, written from its models.

Owns docs/edisi.md and docs/skema-edisi.json: ``python -m tests.project.edition_keys``
(``make skema``) writes both, and ``test_edition_schema.py`` holds them against the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fsva.config.editions import edition_schema
from fsva.core import texts
from tests.places.small import ROOT

MANUAL = ROOT / "docs" / "edisi.md"
SCHEMA = ROOT / "docs" / edition_schema.FILE_NAME
# The sections of the file in its usual order, and the model of each.
SECTIONS = {
    "awal berkas": "Settings",
    "[daerah]": "District",
    "[data]": "Data",
    "[data.register]": "Registers",
    "[data.register.miskin_ekstrem], [data.register.kolom.NAMA]": "Register",
    "[data.tutupan_lahan]": "LandCover",
    "[batas]": "Boundary",
    "[[batas.diterima]]": "LayerAcceptance",
    "[sekitar]": "SurroundingsSection",
    "[[sekitar.nama]]": "PlaceName",
    "[dasar_peta]": "BaseFiles",
    "[logo]": "LogoFiles",
    "[buku]": "BookFiles",
    "[sumber]": "Origin",
    "[[timpa]]": "Override",
    "[[diterima]]": "Acceptance",
    "[[dibenarkan]]": "Confirmation",
    "[keyakinan]": "Assumptions",
    "[keyakinan.galat]": "Error",
    "[penyebab]": "CommonCauses",
    "[[intervensi]]": "Intervention",
    "[cetakan]": "PrintedReport",
    "[[pendukung]]": "SupportingSource",
    "[lapisan]": "LayerOutputs",
}
KINDS = {
    "string": "teks", "integer": "bilangan bulat", "number": "bilangan", "boolean": "true/false",
    "array": "daftar", "object": "bagian",
}  # fmt: skip
HEAD = """# Kunci `edition.toml`

Semua kunci yang boleh ditulis di `edition.toml`, dibuat dari model programnya (`make skema`).
Contoh lengkapnya `editions/belu-2021/edition.toml`. Kunci yang tidak ada di sini ditolak, dan
galatnya menyebut kunci yang paling mirip.

Penyunting teks yang mengenal skema melengkapi dan memeriksa berkas itu selagi ditulis. Skemanya
dicetak `fsva skema edition` dan tersimpan di [skema-edisi.json](skema-edisi.json). Di VS Code
dengan Even Better TOML, tulis di baris pertama `edition.toml`:

    #:schema ../../docs/skema-edisi.json

Tanda **wajib** berarti kunci itu harus ada bila bagiannya ada. Teks dua bahasa ditulis
`{ id = "...", en = "..." }`, atau sebagai satu teks biasa `"..."` yang dipakai untuk keduanya.
"""


def manual() -> str:
    """Return docs/edisi.md as the models have it."""
    whole = edition_schema.schema(texts.load("id"))
    models = dict(edition_schema.models(whole))
    parts = [HEAD]
    for title, name in SECTIONS.items():
        heading = title if title == "awal berkas" else f"`{title}`"
        rows = "".join(_rows(models[name]))
        table = f"| Kunci | Isi | Bila tidak ditulis | Arti |\n|---|---|---|---|\n{rows}"
        parts.append(f"## {heading}\n\n{models[name]['description']}\n\n{table}")
    return "\n".join(parts)


def _rows(model: dict[str, Any]) -> Iterator[str]:
    required = model.get("required", [])
    for key, node in model["properties"].items():
        default = "**wajib**" if key in required else _default(node)
        yield f"| `{key}` | {_kind(node)} | {default} | {node['description']} |\n"


def _kind(node: dict[str, Any]) -> str:
    target = node.get("$ref", "")
    if target:
        return "teks dua bahasa" if target.endswith("Bilingual") else "bagian"
    if "enum" in node:
        return ", ".join(f"`{choice}`" for choice in node["enum"])
    if node.get("format") == "date":
        return "tanggal"
    kind: str = node.get("type") or node["anyOf"][0]["type"]
    return KINDS[kind]


def _default(node: dict[str, Any]) -> str:
    value = node.get("default", "")
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "-" if value in ("", [], {}) or isinstance(value, dict) else f"`{value}`"


def rewrite() -> None:
    """Write the manual and the published schema anew."""
    MANUAL.write_text(manual(), encoding="utf-8", newline="\n")
    schema = edition_schema.to_json(texts.load("id"))
    SCHEMA.write_text(schema, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rewrite()
