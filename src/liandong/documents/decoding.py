"""Bytes → text: what the bytes say, before what the page declares of itself.

Order: a byte-order mark; strict UTF-8 (other encodings almost never form valid UTF-8 by chance); UTF-16
without a mark; then the best of the declared encoding, GB18030, Big5 and damaged UTF-8, by the share of
common characters among those beyond ASCII (level 1 of GB 2312 or of Big5: over nine tenths in real text,
under a half in a wrong decoding); last, charset-normalizer for other languages. What gives no plausible
text is refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from liandong.errors import InputError, Text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding|pageEncoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
# The web's custom: each name means the largest set that contains it.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
_HEAD = 4096  # bytes searched for a declaration
_SAMPLE = 65536  # bytes on which encodings are weighed
_LATIN = {"cp1252", "iso8859-1", "iso8859-15", "latin-1"}
_MOST_FAULTS = 0.01  # share of characters that may be damaged in a text that is otherwise sound
_LEAST_COMMON = 0.75  # share of common characters among the Chinese ones
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was read with; a byte-order mark is not part of the text."""

    text: str
    encoding: str


def decode(data: bytes, *, origin: str) -> Decoded:
    """Text of the bytes, unchanged in every character and line end. Raises InputError if they are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"), encoding, origin)
    try:
        return _checked(data.decode("utf-8"), "utf-8", origin)
    except UnicodeDecodeError:
        pass
    found = _wide(data) or _best(data) or _other(data)
    if found is None:
        raise _not_text(origin)
    return _checked(data.decode(found, "replace"), found, origin)


def declared(data: bytes) -> str | None:
    """The encoding a page names in its first bytes, as a Python codec, widened as browsers do."""
    match = _DECLARED.search(data[:_HEAD])
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
        b"a".decode(name)  # codecs that do not give text (base64, zlib) are no encodings of a page
    except (LookupError, UnicodeError, ValueError):
        return None
    return _WIDER.get(name, name)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: one byte of each pair is nearly always the same few."""
    sample = data[: _SAMPLE & ~1]
    pairs = len(sample) // 2
    if pairs < 8:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        usual = sum(byte == 0 or byte in (0x20, 0x30, 0xFF) or 0x4E <= byte <= 0x9F for byte in high[:pairs])
        if usual / pairs < 0.95:
            continue
        text = sample.decode(encoding, "replace")
        if (
            _plausible(text, encoding) >= _LEAST_COMMON
            and len(_HAN.findall(text)) + text.count(" ") > pairs / 20
        ):
            return encoding
    return None


def _best(data: bytes) -> str | None:
    """The most plausible Chinese encoding, if any is plausible; the declared one wins a near draw."""
    said = declared(data)
    candidates = dict.fromkeys(name for name in (said, "gb18030", "big5hkscs", "utf-8") if name)
    sample = _dense(data)
    scored = [
        (_plausible(sample.decode(name, "replace"), name) + (0.02 if name == said else 0.0), -rank, name)
        for rank, name in enumerate(candidates)
        if name not in _LATIN and not name.startswith("utf-16")
    ]
    score, _, name = max(scored)
    return name if score >= _LEAST_COMMON else None


def _dense(data: bytes) -> bytes:
    """A sample that begins where the first non-ASCII bytes stand (pages begin with long ASCII heads)."""
    first = re.search(rb"[\x80-\xff]", data)
    start = first.start() if first else 0
    return data[start : start + _SAMPLE]


def _plausible(text: str, encoding: str) -> float:
    """Share of common characters beyond ASCII, less what is damaged: 1 is sound, under a half wrong."""
    beyond = [char for char in text[: len(text) - 2] if char > "\x7f"] or [
        char for char in text if char > "\x7f"
    ]
    if not beyond:
        return 1.0 if not _CONTROLS.search(text) else 0.0
    common = sum(map(_is_common_big5 if encoding.startswith("big5") else _is_common, beyond))
    damaged = sum(char == "\ufffd" for char in beyond)
    return (common - 5 * damaged) / len(beyond)


def _is_common(char: str) -> bool:
    """Level 1 of GB 2312, its punctuation, or a character that Big5 has in its level 1 (Traditional text)."""
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return _is_common_big5(char)
    return 0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3)


def _is_common_big5(char: str) -> bool:
    """Punctuation and level 1 of Big5."""
    try:
        lead = char.encode("big5")[0]
    except UnicodeEncodeError:
        return False
    return 0xA1 <= lead <= 0xC6


def _other(data: bytes) -> str | None:
    """Another language's encoding: the declared one if it decodes without fault, else the detector's."""
    said = declared(data)
    if said and said != "utf-8":
        try:
            data.decode(said)
        except UnicodeDecodeError:
            pass
        else:
            return said
    import charset_normalizer  # here, because hardly any page needs it

    best = charset_normalizer.from_bytes(_dense(data)).best()
    return best.encoding if best and best.chaos < 0.1 else None


def _checked(text: str, encoding: str, origin: str) -> Decoded:
    """The text, unless too much of it is control characters or damage."""
    if len(_CONTROLS.findall(text)) > _MOST_FAULTS * len(text):
        raise _not_text(origin)
    return Decoded(text, encoding)


def _not_text(origin: str) -> InputError:
    return InputError(
        Text(
            "内容不是文字(二进制数据或无法识别的编码)。"
            "请提供网页、文本(UTF-8、GB18030、Big5、UTF-16)或 .docx 文件。",
            "the content is not text (binary data or an unknown encoding). "
            "Give a web page, a text file (UTF-8, GB18030, Big5, UTF-16) or a .docx file.",
        ),
        file=origin,
    )
