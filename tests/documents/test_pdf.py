"""PDF with a text layer."""

import io
import random

import pypdf
import pytest

from liandong.documents import pdf as pdf_module
from liandong.documents import read_bytes
from liandong.errors import InputError
from tests.documents.printing import pdf

WIDE = 20  # characters of a full line at 12 points from 72 to 312
FIRST = "开发区规划面积三十五平方公里，入驻企业九十二家，其中规模以上工业企业六十八家，高新技术企业二十一家。"
SECOND = "下一步，开发区将强化要素保障，推动项目早开工、早投产，力争全年完成固定资产投资一百二十亿元。"


def printed(paragraph: str, top: float, *, wide: int = WIDE) -> list[tuple[float, float, float, str]]:
    """A paragraph set in lines, the first one indented by two characters."""
    lines = [paragraph[: wide - 2]]
    lines += [paragraph[start : start + wide] for start in range(wide - 2, len(paragraph), wide)]
    return [(72 if index else 96, top - 20 * index, 12, line) for index, line in enumerate(lines)]


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_bytes(data, origin="公报.pdf")
    return caught.value.text("zh")


def test_printed_lines_are_joined_to_paragraphs():
    """A paragraph is one line of raw; a heading of another size and an indented line begin new ones."""
    lines = [(150, 800, 22, "开发区概况"), *printed(FIRST, 760), *printed(SECOND, 680)]
    page = read_bytes(pdf([lines]), origin="公报.pdf")
    assert (page.raw, page.encoding, page.title) == (f"开发区概况\n{FIRST}\n{SECOND}", "pdf", "开发区概况")


def test_a_paragraph_runs_over_the_end_of_a_sheet():
    """Numbers of sheets and running heads do not stand in the middle of a sentence."""
    lines = printed(FIRST + SECOND + FIRST, 760)
    parts = [lines[:3], lines[3:5], lines[5:]]
    sheets = [
        [(200, 820, 9, "开发区年度公报"), *part, (290, 30, 9, f"— {number} —")]
        for number, part in enumerate(parts, 1)
    ]
    assert read_bytes(pdf(sheets), origin="公报.pdf").raw == FIRST + SECOND + FIRST


def test_a_number_broken_by_the_edge_stays_one_number():
    """Nothing is put between two digits, a space between two Latin words."""
    lines = [
        (72, 700, 12, "全市高新技术企业共有二十多个类别5"),
        (72, 680, 12, "49家，同比增长百分之十二点五，见 annual"),
        (72, 660, 12, "report 第三页所列的各项主要经济指标表"),
    ]
    found = pdf_module.paragraphs([pdf_module.Printed(text, left, size) for left, _, size, text in lines])
    assert found == [
        "全市高新技术企业共有二十多个类别549家，同比增长百分之十二点五，见 annual"
        " report 第三页所列的各项主要经济指标表"
    ]


def test_short_lines_stay_lines():
    """Items and rows that end before the edge are not joined."""
    lines = [
        *printed(FIRST, 760),
        (72, 600, 12, "一、产业基础"),
        (72, 580, 12, "电力装备"),
        (72, 560, 12, "硅碳新材料"),
    ]
    assert read_bytes(pdf([lines]), origin="公报.pdf").raw == f"{FIRST}\n一、产业基础\n电力装备\n硅碳新材料"


def test_a_scan_is_said_to_be_one():
    """A PDF without a text layer is refused with what to do, not read as an empty page."""
    assert refusal(pdf([[], []])) == (
        "公报.pdf: PDF 里没有文字层(可能是扫描件)。请先做文字识别(OCR),或提供原网页、Word 文件。"
    )


@pytest.mark.parametrize("text", ["\ue001\ue002\ue003许" * 20, "【" * 60])
def test_a_font_without_characters_is_said_to_be_one(text):
    """Glyphs that name no characters, or all the same, are not taken for text."""
    assert refusal(pdf([printed(text, 760)])).startswith("公报.pdf: PDF 的字体没有说明文字内容")


def test_a_protected_pdf_is_said_to_be_one():
    """A password is asked of the officer, not guessed."""
    writer = pypdf.PdfWriter(io.BytesIO(pdf([printed(FIRST, 760)])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert refusal(out.getvalue()) == "公报.pdf: PDF 有密码保护。请先取消密码。"


def test_a_pdf_of_too_many_sheets_is_refused(monkeypatch):
    """The bound on sheets is looked at before any is read."""
    monkeypatch.setattr(pdf_module, "MAX_SHEETS", 2)
    assert refusal(pdf([printed(FIRST, 760)] * 3)).startswith("公报.pdf: PDF 太长")


def test_a_damaged_pdf_is_a_page_or_an_input_error():
    """Cut and altered bytes never crash the reader."""
    whole = pdf([printed(FIRST, 760), printed(SECOND, 760)])
    chance = random.Random(3)
    for _ in range(150):
        data = bytearray(whole[: chance.randrange(20, len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(5, len(data))] = chance.randrange(256)
        try:
            page = read_bytes(bytes(data), origin="x.pdf")
        except InputError:
            continue
        assert all(0 <= span.start < span.end <= len(page.raw) for span in page.body)
