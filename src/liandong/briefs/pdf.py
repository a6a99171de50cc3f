"""PDF by LibreOffice where it is installed; fonts come from the wheel, so that no machine needs its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from liandong.briefs.native_charts import FONT
from liandong.charts import fonts
from liandong.errors import InputError, Text

_SECONDS = 180
# What a document asks for that is not there is drawn with the font of the wheel.
_FONT_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>{wanted}</family><prefer><family>{given}</family></prefer></alias>
</fontconfig>
"""


def to_pdf(data: bytes, form: str) -> bytes:
    """The document as PDF. form: docx or pptx. Raises InputError where LibreOffice is missing or fails."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise InputError(
            Text(
                "生成 PDF 需要 LibreOffice,本机没有安装。", "PDF needs LibreOffice, which is not installed."
            ),
            field="format",
        )
    with tempfile.TemporaryDirectory(prefix="liandong-") as name:
        folder = Path(name)
        (folder / f"brief.{form}").write_bytes(data)
        config = folder / "fonts.conf"
        config.write_text(
            _FONT_CONFIG.format(
                folder=fonts.path().parent, cache=folder / "cache", wanted=FONT, given=fonts.FAMILY
            ),
            encoding="utf-8",
        )
        command = [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / f"brief.{form}"),
        ]
        environment = {**os.environ, "FONTCONFIG_FILE": str(config)}
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, env=environment)
            return (folder / "brief.pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise InputError(
                Text("LibreOffice 未能转换为 PDF。", "LibreOffice could not convert the document to PDF."),
                field="format",
            ) from error
