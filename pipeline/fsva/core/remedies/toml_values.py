"""Values as TOML files hold them, for the files and entries that the program writes.

Owns the quoting of texts; ``fsva.core.toml`` reads such files.
"""

from __future__ import annotations

import json


def quoted(text: str) -> str:
    r"""Return a text as TOML writes it: JSON escapes alike, except DEL, which TOML forbids.

    Examples
    --------
    >>> quoted('Desa "A"'), quoted("a\x7f")
    ('"Desa \\"A\\""', '"a\\u007f"')
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
