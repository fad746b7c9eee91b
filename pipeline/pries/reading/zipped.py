"""Archive: parts of a zip file as XML, within limits; what is too large, broken or dangerous is refused.

A document is data from anywhere: a few kilobytes may unpack to gigabytes, declared sizes may lie, and XML may hold
entities that expand without end or name files and addresses. Nothing is written to disk, names in the archive are only
looked up in it, and XML with a document type is refused, for no office format has one.

    Archive(data, max_unpacked=200_000_000).xml("word/document.xml") -> the root of that part
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from typing import Any

from pries.reading.marks import Unreadable

RATIO = 200  # text of an office document takes a fifth to a fiftieth of its size
SMALL = 10_000_000  # bytes that may be packed as tightly as one likes
ENTRIES = 10_000
CHUNK = 1 << 20
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    IndexError, OverflowError,
)  # fmt: skip
TITLE = "{http://purl.org/dc/elements/1.1/}title"
SAVE_AGAIN = "open it in an office program and save it again"
STRICT = {  # namespaces of strict documents -> those that everybody writes
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006",
}


class Archive:
    """A zip file in memory that gives out its parts; raises Unreadable where they cannot be read."""

    def __init__(self, data: bytes, *, max_unpacked: int) -> None:
        if data.startswith(OLD_OFFICE):
            remedy = f"{SAVE_AGAIN} as .docx, without a password"
            raise Unreadable("an old office format (.doc), or protected by a password", remedy)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN:
            raise Unreadable("not an office document, or a broken one", SAVE_AGAIN) from None
        entries = self._zip.infolist()
        size = sum(entry.file_size for entry in entries)
        self._left = max_unpacked
        if len(entries) > ENTRIES or size > max_unpacked or size > max(SMALL, RATIO * len(data)):
            raise self._too_large()

    @staticmethod
    def _too_large() -> Unreadable:
        return Unreadable("too large when unpacked", "take pictures out of it, or save it as plain text (UTF-8)")

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._zip.NameToInfo

    def names(self) -> list[str]:
        """The names of all parts."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """The bytes of a part, counted while they are unpacked."""
        pieces = []
        try:
            with self._zip.open(name) as part:
                while piece := part.read(min(CHUNK, self._left + 1)):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise self._too_large()
                    pieces.append(piece)
        except Unreadable:
            raise
        except KeyError:
            raise Unreadable(f"an office document without its part {name[:80]}", SAVE_AGAIN) from None
        except BROKEN:
            raise Unreadable(f"a broken office document (part {name[:80]})", SAVE_AGAIN) from None
        return b"".join(pieces)

    def title(self, name: str) -> str:
        """The title that a part says, which holds what programs know of a document; nothing where it is broken."""
        try:
            found = self.xml(name).find(f".//{TITLE}") if self.has(name) else None
        except Unreadable:
            return ""
        return " ".join(found.text.split()) if found is not None and found.text else ""

    def xml(self, name: str) -> Any:
        """The root element of a part."""
        data = self.read(name)
        for strict, usual in STRICT.items():
            data = data.replace(strict, usual)
        return parsed(data, "a broken office document", f"part {name[:80]}")


def parsed(data: bytes, what: str, part: str) -> Any:
    """The root element of XML, without comments; raises Unreadable for what is none, or may be an attack."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = None if b"<!DOCTYPE" in data.replace(b"\0", b"") else etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(f"{what} ({part} is no XML)", SAVE_AGAIN) from None
    if root is None or root.getroottree().docinfo.doctype:
        raise Unreadable(f"XML with a document type ({part}), which may be an attack", SAVE_AGAIN)
    return root
