"""Pages for the tests: our own sentences, and the labelled pages beside the checkout."""

import hashlib
import json
from pathlib import Path

from liandong.documents import Page, Span


def page(text: str, *, published: str | None = "2025-06-19", region: str | None = "河南省许昌市") -> Page:
    """A page whose whole text is the article."""
    return Page(
        raw=text,
        body=(Span(0, len(text)),),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        encoding="utf-8",
        origin="sample",
        published=published,
        region=region,
    )


def labelled(path: Path) -> Page:
    """A labelled page with the article range of its labels."""
    data = json.loads(path.read_text("utf-8"))
    return Page(
        raw=data["text"],
        body=(Span(data["body_start"], data["body_end"]),),
        sha256=hashlib.sha256(data["text"].encode()).hexdigest(),
        encoding="utf-8",
        origin=data["id"],
        published=data["published"],
        region=data["region_default"],
    )


ARTICLE = (
    "5月16日,2025许昌(上海)产业合作对接会在上海市举行,由许昌市人民政府主办,"
    "现场签约项目28个,总投资156.8亿元,其中制造业项目19个。\n"
    "许昌市市长李明介绍,2024年全市地区生产总值3330.1亿元,增长6.2%,"
    "总量居全省第4位;规上工业、服务业增加值分别增长8.1%和5.4%,"
    "房地产开发投资下降7.6%。\n"
    "远景能源投资18.5亿元建设的储能电池项目落户许昌高新区。"
    "许昌与上海交通大学共建联合实验室。许昌高新区规划面积52平方公里,入驻企业860多家。\n"
    "许昌电力装备产业集群入选国家先进制造业集群,许昌是全国最大的发制品生产基地。"
    "许昌产业投资基金总规模50亿元,市财政、社会资本分别出资20亿元和30亿元。\n"
    "到2027年,许昌力争电力装备产业规模达到2000亿元,培育百亿级企业3家。\n"
)
