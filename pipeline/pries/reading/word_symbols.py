"""Symbols: the characters that Word takes from fonts of signs, which stand in the file as codes of the font.

A font for text has its characters of Windows-1252 at U+F020 to U+F0FF; the font Symbol has an order of its own; of the
fonts of pictures we know that their sign is one.

    char F0A2 of Symbol -> ’        char F0E0 of Wingdings -> •        char F092 of Arial -> ’
"""

from __future__ import annotations

from pries.reading.marks import plain

PRIVATE = range(0xF000, 0xF100)
PICTURES = ("wingdings", "webdings", "zapf dingbats", "marlett")
GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
SYMBOL = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5E: "⊥", 0xA0: "€", 0xA1: "ϒ", 0xA2: "’",
    0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xBD: "|", 0xBE: "—", 0xD2: "®", 0xD3: "©",
    0xD4: "™", 0xD7: "⋅", 0xE2: "®", 0xE3: "©", 0xE4: "™",
}  # fmt: skip
SYMBOL |= {0x41 + rank: sign for rank, sign in enumerate(GREEK)}
SYMBOL |= {0x61 + rank: sign.lower() for rank, sign in enumerate(GREEK)}


def symbol(code: str, font: str = "") -> str:
    """A character by its hexadecimal code in a font.

    >>> symbol("F0A2", "Symbol"), symbol("F0B7", "Symbol"), symbol("20AC"), symbol("F092", "Arial")
    ('’', '•', '€', '’')
    """
    try:
        place = int(code, 16)
        sign = chr(place)
    except (ValueError, OverflowError):
        return ""
    if font.lower().startswith(PICTURES):
        return "•"
    if place in PRIVATE:
        byte = place - PRIVATE.start
        if font.lower() in ("symbol", "") and byte in SYMBOL:
            return SYMBOL[byte]
        return bytes([byte]).decode("cp1252", "ignore") if byte >= 0x20 else ""
    return "" if "\ud800" <= sign <= "\uf8ff" else plain(sign)
