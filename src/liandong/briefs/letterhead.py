"""Head and foot of an official paper after GB/T 9704-2012: what a bureau gives, never made up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liandong.errors import InputError, Language, Text
from liandong.plan.fields import Document, Fields

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What is given is printed in its place; "" and () leave an item out.

    issuer: the mark in red (发文机关标志). number: 发文字号. signatory: 签发人. recipients: 主送机关.
    signed_by: whose seal stands over the date. copies: 抄送. printed_by, printed_on: 印发机关, 印发日期.
    serial, secrecy, urgency: 份号, 密级, 紧急程度, above the mark. note: 附注.
    """

    issuer: str = ""
    number: str = ""
    signatory: str = ""
    recipients: str = ""
    signed_by: str = ""
    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    serial: str = ""
    secrecy: str = ""
    urgency: str = ""
    note: str = ""

    @property
    def above(self) -> tuple[str, ...]:
        """The lines above the mark, as they are given."""
        return tuple(filter(None, (self.serial, self.secrecy, self.urgency)))


def letterhead_of(fields: Fields) -> Letterhead:
    """The letterhead of a TOML table; faults are kept with the table's document."""
    found = Letterhead(
        issuer=fields.text("issuer"),
        number=fields.maybe_text("number") or "",
        signatory=fields.maybe_text("signatory") or "",
        recipients=fields.maybe_text("recipients") or "",
        signed_by=fields.maybe_text("signed_by") or "",
        copies=fields.texts("copies"),
        printed_by=fields.maybe_text("printed_by") or "",
        printed_on=fields.maybe_date("printed_on"),
        serial=fields.maybe_text("serial") or "",
        secrecy=fields.maybe_text("secrecy") or "",
        urgency=fields.maybe_text("urgency") or "",
        note=fields.maybe_text("note") or "",
    )
    fields.done()
    return found


def read_letterhead(path: Path) -> Letterhead:
    """The letterhead of a TOML file. Raises InputErrors with every fault, InputError for no TOML."""
    text, table = read_toml(path)
    document = Document.of(path.name, text)
    found = letterhead_of(Fields(document, (), table))
    document.finish()
    return found


def read_toml(path: Path) -> tuple[str, dict[str, object]]:
    """Text and tables of a TOML file. Raises InputError, naming the file, where it cannot be read."""
    try:
        text = path.read_text("utf-8")
        return text, tomllib.loads(text)
    except OSError as error:
        raise InputError(
            Text(f"无法读取:{error.strerror}。", f"cannot be read: {error.strerror}."), file=str(path)
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(Text(f"不是 TOML:{error}", f"is no TOML: {error}"), file=str(path)) from error


def day_in_words(day: date, language: Language) -> str:
    """2026年6月30日; 30 June 2026."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
