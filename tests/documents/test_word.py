"""Word documents."""

import io
import zipfile

import docx
import pytest

from liandong.documents import Span, read, read_bytes
from liandong.documents import word as word_module
from liandong.errors import InputError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def archive(document: str, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, document)
    return out.getvalue()


def test_paragraphs_are_lines_and_cells_are_apart(tmp_path):
    """A document made with Word's own parts is read in its order."""
    document = docx.Document()
    document.add_heading("开发区概况", 0)
    document.add_paragraph("开发区规划面积35平方公里，入驻企业92家。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "工业用地", "12万元/亩"
    document.add_paragraph("已有高新技术企业21家。")
    document.save(tmp_path / "园区.docx")
    page = read(tmp_path / "园区.docx", region="许昌市")
    assert (page.raw, page.encoding, page.title, page.region, page.body) == (
        "开发区概况\n开发区规划面积35平方公里，入驻企业92家。\n工业用地 \t12万元/亩\n已有高新技术企业21家。",
        "docx",
        "开发区概况",
        "许昌市",
        (Span(0, len(page.raw)),),
    )


def test_deleted_text_is_not_read():
    """What a reviser struck out is not what the document says."""
    xml = (
        f"<w:document {W}><w:body><w:p><w:r><w:t>企业92家</w:t></w:r>"
        "<w:del><w:r><w:delText>98家</w:delText></w:r></w:del></w:p></w:body></w:document>"
    )
    assert read_bytes(archive(xml), origin="x.docx").raw == "企业92家"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 not an archive",
        archive("<x/>", name="ppt/presentation.xml"),
        archive("<w:document"),
        archive('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
    ],
)
def test_what_is_no_word_document_is_refused(data):
    """Another archive, broken XML and a document type are named as what they are not."""
    with pytest.raises(InputError) as caught:
        read_bytes(data, origin="附件.docx")
    assert caught.value.text("zh") == (
        "附件.docx: 这不是可读取的 Word 文件(.docx)。请在 Word 中另存为 .docx,或另存为网页、文本。"
    )


def test_a_small_file_that_unpacks_too_large_is_refused(monkeypatch):
    """The unpacked size is looked at before anything is unpacked."""
    monkeypatch.setattr(word_module, "MAX_XML", 1000)
    with pytest.raises(InputError) as caught:
        read_bytes(archive(" " * 2000), origin="附件.docx")
    assert caught.value.file == "附件.docx"
