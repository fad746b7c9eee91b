"""Decoding: from the bytes of a text file to its characters, and which encoding they were in.

UTF-8 with or without a byte order mark, UTF-16 with one or told by its zero bytes, else Windows-1252 (of which
Latin-1 is a part). A few broken bytes in a UTF-8 text do not make it Windows-1252: each becomes U+FFFD. Standard
library alone.

    b"\\xc9tats" -> "États", cp1252
"""

from __future__ import annotations

import codecs
import re

SURROGATES = re.compile("[\ud800-\udfff]")
SAMPLE = 4096  # bytes in which zeros tell UTF-16
BROKEN = 0.1  # share of a text's non-ASCII sequences that may be broken in UTF-8
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
CONTROLS = 0.01  # share of control characters from which content is no text


def read_text(data: bytes) -> tuple[str, str]:
    """The text of a document's bytes and its encoding.

    Raises ValueError with the reason for what is no text: binary, empty, or in an unknown encoding.
    """
    text, encoding = _decoded(data)
    if not text.replace("\ufeff", "").strip():
        raise ValueError("empty document")
    if len(CONTROL.findall(text)) > CONTROLS * len(text):
        raise ValueError("binary content, not text")
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, "utf-16")
    if b"\0" in data:
        zeros = [data[i:SAMPLE:2].count(0) * 2 / min(len(data), SAMPLE) for i in (0, 1)]
        if max(zeros) > 0.5 and min(zeros) < 0.1:  # letters of one byte and a zero beside each
            return _utf16(data, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
        raise ValueError("binary content, not text")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8-sig", errors="replace")
    broken = text.count("\ufffd")
    if broken <= BROKEN * sum(c > "\x7f" for c in text):
        return text, f"utf-8, {broken} broken"
    text = data.decode("cp1252", errors="replace")
    if "\ufffd" in text:
        raise ValueError("neither UTF-8 nor Windows-1252 text")
    return text, "cp1252"


def _utf16(data: bytes, encoding: str) -> tuple[str, str]:
    """Text as older Windows programs save it."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ValueError("binary content, not text")
    return text, "utf-16"


def whole(text: str) -> str:
    """`text` with U+FFFD for halves of characters, which no file can hold."""
    return SURROGATES.sub("\ufffd", text)
