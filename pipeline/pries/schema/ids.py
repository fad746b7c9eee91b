"""Identifiers made from content, so that they outlive renumbering and reordering.

content_id("s", "A_68_370", "Les gouvernements ont été priés d’agir.", 1) -> "s" + 12 hexadecimal digits
"""

from __future__ import annotations

import hashlib

DIGITS = 12
SEPARATOR = "\x1f"  # the unit separator: no part of a report holds it


def content_id(prefix: str, *parts: object) -> str:
    """`prefix` and the first 12 hexadecimal digits of the SHA-256 of the parts, white space normalised.

    Two texts that differ only in white space get the same identifier; the caller adds, as a part, which
    occurrence of the same content this is.
    """
    texts = map(str, parts)
    content = SEPARATOR.join([text if text.isalnum() else " ".join(text.split()) for text in texts])
    return prefix + hashlib.sha256(content.encode("utf-8")).hexdigest()[:DIGITS]
