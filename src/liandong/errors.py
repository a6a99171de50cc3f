"""What went wrong with an input, as a value: file, sheet, row, field, what was found, what would be right.

Rooms raise `InputError`; the command line and the office turn it into the reader's language. A message is
written once, in both languages, where the fault is found:

    raise InputError(
        Text("“约5000”不是数字。请填写千伏安数,或留空表示未知。",
             '"约5000" is not a number. Give kVA, or leave empty for unknown.'),
        file="parks.xlsx", sheet="parcels", row=7, field="free power",
    )
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence for people, in Chinese and in English."""

    zh: str
    en: str

    def __call__(self, language: Language = "zh") -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en


class InputError(Exception):
    """The input cannot be used; nothing was changed. Exit code 1 on the command line.

    row counts from 1 as people see it in the file (the header is row 1 in a spreadsheet or CSV; a line
    number in a text file).
    """

    def __init__(
        self,
        problem: Text,
        *,
        file: str | None = None,
        sheet: str | None = None,
        row: int | None = None,
        field: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = file
        self.sheet = sheet
        self.row = row
        self.field = field
        super().__init__(self.text("en"))

    def text(self, language: Language = "zh") -> str:
        """`file › sheet › row › field: problem` in the language of the reader."""
        row = None
        if self.row is not None:
            row = f"第 {self.row} 行" if language == "zh" else f"row {self.row}"
        place = " › ".join(part for part in (self.file, self.sheet, row, self.field) if part)
        return f"{place}: {self.problem(language)}" if place else self.problem(language)


class InputErrors(InputError):  # noqa: N818 - the plural of InputError says what it is
    """Several faults of one input, all found in one pass, so that people mend them in one go."""

    def __init__(self, faults: tuple[InputError, ...]) -> None:
        self.faults = faults
        first = faults[0]
        super().__init__(first.problem, file=first.file, sheet=first.sheet, row=first.row, field=first.field)

    def text(self, language: Language = "zh") -> str:
        """One fault a line."""
        return "\n".join(fault.text(language) for fault in self.faults)
