"""Subjects: who or what a clause speaks of, and what later clauses carry from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liandong.facts.lexicon import any_of, words
from liandong.facts.places import short
from liandong.facts.reading import Reading

_HEADS = words("heads")
_W = words("words")
_SELF = re.compile(rf"{any_of(_W['self'])}(?:的)?")
_DISTRICT = re.compile(r"全区(?:的)?")
_ABOVE = re.compile(r"(?:全[省区]|我[省区]|本省|全自治区)(?:的)?")
_PROVINCE = re.compile(r"(?:省|自治区)\Z")
_CONNECT = re.compile(
    r"(?:其中|此外|另外|同时|据介绍|据了解|据悉|由此|至此|因此|当前|下一步|接下来|会上|会后|现场|活动上|活动中|推介会上|再看[^,]{0,8}|先说[^,]{0,8}|而|并且|并(?!购|网|表)|且|还|又|也|则|以及|和|及|与|、|:|,|;|\s|按可比价格计算|按不变价格计算|按可比价计算|从区域看|从行业看|分产业看)+"
)
# where a name must have ended: verbs and prepositions that no name of the lexicon's kinds contains
_STOP = re.compile(
    r"选址|位于|地处|毗邻|涉及|包括|推动|成功|入选|获评|获批|荣获|上榜|跻身|入围|入列|列入|纳入|被|成为|位居|位列|居|投资(?!基金|引导|母基金|子基金|促进|集团|公司|控股|有限|机构|促进|管理|银行|总公司|发展)|落户|签约|共建|合作(?!园|区|基金|中心|示范)|联合|引进|分别|依次|达到|增长|下降|占|建成(?!区)|拥有|集聚|汇聚|入驻|举行|召开|共同|募集|认缴|出资|累计|实现|完成|规划面积|建筑面积|面积|规模|首期|一期募|已|将|拟|力争|计划新|现有|可供|全部|总投资|投用|启用|正式|主体(?!功能)|了|由|对|把|向|从|在|是|为|与|和|的"
)
_NAMED_HEADS = any_of(
    [
        *(word for sort in ("fund", "carrier", "project", "school") for word in _HEADS[sort]),
        *("产业集群", "集群", "产业带", "集团", "公司", "银行"),
    ]
)
_ENTITY = re.compile(
    rf"[一-鿿A-Za-z0-9“”‘’()·+-]{{0,22}}?(?:{_NAMED_HEADS}|(?<=[一-鿿][一-鿿])港(?![口区元币澳台股资商城湾航]))"
    rf"(?:\([^)]{{1,6}}\))?(?:[一-鿿]{{1,4}}片区)?"
)
# firms by their short names: a brand and what such names end in
_BRAND = re.compile(
    r"(?!(?:重大|基础|前沿|关键|核心|硬|农村|社会|农业|工业|现代|绿色|新型|清洁|先进|智能|高端|数字|信息|生物|海洋|航空|国家|全国|全省|全市|全县|全区|传统|优势|科技|金融|民营|国有"
    r"|推动|加强|坚持|支持|强化|深化|加大|通过|聚焦|围绕|依托|以|在|对|其|该|各|大|和|与|及|等|入选|获评|引进))"
    r"[一-鿿]{2,4}(?:科技|股份|重工|药业|新材|光电|集团|电气|控股|锂能)"
    r"(?=[一-鿿“]{2})(?!创新|成果|进步|投入|服务|金融|园|城|型|计划|支出|人才|攻关|合作|制|经济|改|部|厅|局|企业|公司|有限|特派)"
)
# 建设的“…城”占地…: a name in quotation marks just before what is said of a site
_NAMED_SITE = re.compile(
    r"(?:的|[园区里内,])(?P<name>“[^”]{2,14}(?:城|园|谷|港|基地|中心|小镇|社区|公园|街区)”)(?=占地|总投资|规划|建筑|面积|总|一期|入驻|现有)"
)
_QUOTED = re.compile(
    r"“[^”]{2,16}(?:计划|行动|工程|体系)”(?:入选者|专项)?|“[^”]{2,12}”(?:人才)?(?:计划|政策|行动|工程)|“[^”]{1,8}(?:贷|券|险)”|[一-鿿]{2,8}专项(?=给予|要求|申报|须|支持)"
)
_SETTLED = re.compile(
    r"(?:项目|基地|产业园|生产线|总部|工厂)(?P<verb>(?:成功|正式|顺利|集中|全面|已)*(?:签约|落户|落地|开工|投产|选址|竣工|由[^,;。]{2,24}?(?:投资|建设)))"
)
_DESCRIBES = re.compile(r"(?<![作被名评列称])(?:是|成为)(?!否)")
_BARE_HEADS = (
    *(
        "项目",
        "中心",
        "平台",
        "工程",
        "基地",
        "总部",
        "企业",
        "港口",
        "机场",
        "码头",
        "枢纽",
        "变电站",
        "人才公寓",
    ),
    *(
        "孵化器",
        "加速器",
        "众创空间",
        "片区",
        "数据中心",
        "服务中心",
        "创新中心",
        "研究中心",
        "实验室",
        "工作站",
    ),
)
_PREPOSITIONS = ("由", "对", "把", "将", "按", "在", "从", "以", "向", "是", "为", "成为", "作为", "有", "系")
_BESIDE = ("与", "同", "距", "临", "和")
_NO_NAME = re.compile(r"\d|等$|^[的、]")
_ORGANISATIONS = (*_HEADS["school"], "集团", "公司", "银行")
_MADE = re.compile(r"[^,;:。的]{2,24}?(?:设立|组建|成立|建立|打造|建设|发起|共建|管理|运营)的")
_CARRIER_END = re.compile(rf"(?:{any_of(_HEADS['carrier'])}|(?<=[一-鿿][一-鿿])港)(?:\([^)]*\))?\Z")
_HELPS = re.compile(r"(?:助力|推动|促进|支撑|保障)(?=[一-鿿]{2})")
_REACHING = re.compile(r"(?:数量|总数)?(?:已)?(?:达到|达|超过|超|突破|增至|增加到|增长到|发展到|近|约)+")
_LONGEST_NUMBER = 16
_NAME_IN_LIST = re.compile(r"(?![市县区省的])(?P<name>[一-鿿]{2,10})、(?=[一-鿿])[^\d,;。]{2,40}(?:$|[,;。])")
_FUND_END = re.compile(rf"(?:{any_of(_HEADS['fund'])})(?:\([^)]*\))?\Z")
_PROJECT_END = re.compile(rf"(?:{any_of(_HEADS['project'])})(?:\([^)]*\))?\Z")
_CLUSTER_END = re.compile(r"(?:集群|产业链|产业)\Z")
_CATEGORY = re.compile(
    r"(?:建设|推进|统筹|完成|制定|实施|打造|加快|推动|支持|加强|深化|落实|优化|提升|发展|扩大|开展|启动|谋划|布局|聚焦|围绕|依托|借助|通过|坚持|强化|做强|做优|做大|深入|着力|全力|积极|争取|力争|确保|构建|形成|促进|组织|改造|更新|保障|抓好|办好|用好|高标准|高水平|高质量|全面|大力|持续|创建|成立|设立|获批|入选|获评|荣获|计划|先后|引来|引进|招引|集聚|安排|带动|拨付|下达|国家级|省级|市级|省级以上|各类|各级|壮大|连续|全国|全省|全球|首个|首家|首批|第一批|本次|此次|这|该|居|位居|位列|名列|排名|占|达|其中|预计|单个|每个|各个|周边|主要|新建|新增|新设|新引|新认|新开|可供|现有|标准|建成|在建|全部|多个|一批|签约|重点|规上|投资|\d|[一二两三四五六七八九十](?:个|家|大|类|条|支|只)|登记|累计|培育|引进|支持|战略性|拥有|学习|运用|压茬|复制|保持|大抓|狠抓|健全|充实|完善|旅居|引入|纳入|铺排|开工|续建|竣工|投产|入库|储备|落地|新开工|超额|用足|规范|稳定|巩固|拓展|拓宽|放大|释放|畅通|压实|筹建|恢复|修订|出台|印发|增设|增加|加密|盘活|整合|整治|治理|清理|化解|防范|守牢|筑牢|严守|管好|打好|打赢|参与|融入|承办|举办|主办|赋能|编制|引导|鼓励|助力|聚力|奋力|努力|率先|有序|扎实|稳步|切实|更好|更大|超前|提前|适度|稳妥)"
)
_ANAPHOR = re.compile(
    r"(?:该?园区|该园|该?基金(?!群|管理|小镇|业)|该项目|该?中心(?!城)|该?平台|该小镇|该?片区|项目(?=由|总投|一期|建成|占地|投产|达产|全部|计划)|(?:园区|区|园)内|飞地(?=建|面|总|已)"
    r"|全港(?!口)|(?:该|这一|全)?(?:开发区|高新区|经开区|新区|港区|科学城|母基金|研究院|实验室|产业园|示范区|试验区|集聚区)(?![、和与及(内外的管]|群|企业|建设)"
    r"|该(?:中心|平台|基地|企业|公司|集团|学院|校|院|集群)|(?:开发区|高新区|经开区|新区|集群)内)"
)
_TOLD = re.compile(
    r"(?:据|从|记者)[^,;。]{2,24}?(?:介绍|透露|获悉|了解|统计|测算|显示|披露|通报|表示|数据)(?:显示|,|:|$)?"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words taken from the page: the text as a fact carries it, and the characters it comes from.

    how: `stated`, `carried`, or `default` (the place the page speaks for), which has no characters.
    sort: place, carrier, fund, project, cluster, programme, or other.
    """

    text: str
    start: int | None
    end: int | None
    how: str = "stated"
    sort: str = "other"

    def carried(self) -> Phrase:
        """The same words, named further on."""
        return (
            self if self.how == "default" else Phrase(self.text, self.start, self.end, "carried", self.sort)
        )


def home(reading: Reading) -> Phrase | None:
    """The place that the page speaks for."""
    return Phrase(reading.home, None, None, "default", "place") if reading.home else None


def skip(reading: Reading, start: int, end: int) -> int:
    """Past connectors and time words at the start of a clause."""
    known = reading.skipped.get((start, end))
    if known is None:
        known = reading.skipped[start, end] = _skip(reading, start, end)
    return known


def _skip(reading: Reading, start: int, end: int) -> int:
    text = reading.text
    while start < end:
        match = _CONNECT.match(text, start, end)
        if match and match.end() > start:
            start = match.end()
            continue
        times = reading.times_in(start, end)
        if times and times[0].start == start:
            start = times[0].end
            while start < end and text[start] in ",， 、的(":
                start += 1
            continue
        return start
    return start


def leading(reading: Reading, start: int, end: int) -> tuple[Phrase | None, int]:
    """The owner named at the start of [start, end), and where the rest begins."""
    text = reading.text
    if text.startswith(_BESIDE, start, end):
        return None, start
    start = skip(reading, start, end)
    if told := _TOLD.match(text, start, end):
        return (None, start) if told.end() >= end else leading(reading, told.end(), end)
    if site := _NAMED_SITE.search(text, start, end):
        return _phrase(reading, *site.span("name"), "carrier"), site.end()
    dash = text.find("——", start, end)
    if dash > start and (named := leading(reading, dash + 2, end))[0]:
        return named  # what is described before the dash is named behind it
    if match := (_SELF.match(text, start, end) or _own_district(reading, start, end)):
        place = reading.home
        found = Phrase(place, match.start(), match.end(), "stated", "place") if place else None
        return found, skip(reading, match.end(), end)
    if text.startswith(_PREPOSITIONS, start, end):
        return None, start
    if match := _QUOTED.match(text, start, end):
        return _phrase(reading, match.start(), match.end(), "programme"), match.end()
    match = _ANAPHOR.match(text, start, end)
    meant = reading.last_named(match[0], start) if match and match.end() < end else None
    if match and meant:
        return Phrase(reading.raw(*meant), *meant, "carried", sort_of(text[slice(*meant)])), match.end()
    place_end = _place_end(reading, start, end)
    entity = _entity_end(reading, start, end)
    if entity <= start and (made := _MADE.match(text, start, end)):
        inner = _entity_end(reading, made.end(), end)
        if inner > made.end() and sort_of(text[made.end() : inner]) in ("fund", "carrier"):
            return _phrase(reading, made.end(), inner, sort_of(text[made.end() : inner])), _past_de(
                text, inner, end
            )
    brand = _BRAND.match(text, start, end) if max(entity, place_end) <= start else None
    if brand and text[brand.end()] not in "、和与及":
        return _phrase(reading, start, brand.end(), "organisation"), _past_de(text, brand.end(), end)
    if place_end > start and entity <= place_end and text.startswith("的", place_end, end):
        inner = _entity_end(reading, place_end + 1, end)
        if inner > place_end + 1 and inner < end and text[inner] not in "、和与及0123456789":
            return _phrase(reading, place_end + 1, inner, sort_of(text[place_end + 1 : inner])), inner
    if entity < end and text[entity].isdigit() and not _timed(reading, entity, end):
        return None, start  # the thing that is counted
    if entity > start and (reached := _REACHING.match(text, entity, end)):
        counted = reading.numbers_in(reached.end(), min(end, reached.end() + _LONGEST_NUMBER))
        if counted and counted[0].start == reached.end() and counted[0].family == "count":
            return None, start  # 上市公司达162家
    if entity > start and (helped := _HELPS.match(text, entity, end)):
        return None, helped.end()  # X助力页岩油年产量…: what is measured is not X's
    if max(entity, place_end) < end and text[max(entity, place_end)] == "、":
        return None, start  # a list has no first among its members
    if entity > place_end and entity < end:
        return _phrase(reading, start, entity, sort_of(text[start:entity])), _past_de(text, entity, end)
    if place_end > start and (
        _inside_name(reading, start, place_end, end) or _of_a_list(reading, place_end, end)
    ):
        return None, start
    if place_end > start:
        name = reading.raw(start, place_end)
        return Phrase(short_name(reading, start, place_end), start, place_end, "stated", "place"), _past_de(
            text, place_end, end
        ) if name else end
    return None, start


def _timed(reading: Reading, start: int, end: int) -> bool:
    """Whether a time word begins here: X港区2024年…"""
    times = reading.times_in(start, end)
    return bool(times) and times[0].start == start


def _own_district(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    """全区 is the place of a district's page; 全省 and 全区 are the place of a province's own page."""
    region = reading.page.region or ""
    if _PROVINCE.search(region) and reading.code.endswith("0000"):
        return _ABOVE.match(reading.text, start, end)
    if not region.endswith("区") or region.endswith("自治区"):
        return None
    return _DISTRICT.match(reading.text, start, end)


def short_name(reading: Reading, start: int, end: int) -> str:
    """The last division named in the span, short: 四川省宜宾市 → 宜宾."""
    named = reading.places_in(start, end)
    return short(named[-1].name) if named else reading.raw(start, end)


def sort_of(name: str) -> str:
    """What kind of thing a name is, by what it ends in."""
    if _FUND_END.search(name):
        return "fund"
    if name.endswith(("项目", "生产线", "产线", "工程", "工厂")):
        return "project"
    if _CARRIER_END.search(name):
        return "carrier"
    if _CLUSTER_END.search(name):
        return "cluster"
    if name.endswith(_ORGANISATIONS):
        return "organisation"
    return "project" if _PROJECT_END.search(name) else "other"


def last_entity(reading: Reading, start: int, end: int) -> Phrase | None:
    """The fund, carrier or project that a clause ends in: 共建功率半导体中试平台 → 功率半导体中试平台."""
    text = reading.text
    while end > start and text[end - 1] in "”’)":
        end -= 1
    name_end = end
    if not (
        _FUND_END.search(text[start:end])
        or _CARRIER_END.search(text[start:end])
        or _PROJECT_END.search(text[start:end])
    ):
        return None
    begin = start
    for match in _STOP.finditer(text, start, name_end):
        if match.end() < name_end:
            begin = match.end()
    for mark in ("建设", "设立", "成立", "打造", "组建", "筹建", "批准", "新建", "、"):
        at = text.rfind(mark, begin, name_end)
        if at >= 0 and at + len(mark) < name_end:
            begin = at + len(mark)
    if begin > start and text[begin - 1] in "和与及" and "、" in text[start:begin]:
        return None  # the last of a list
    if begin > start and text[begin - 1] == "的" and _DESCRIBES.search(text, start, begin):
        return None  # 这是全国首个…的园区 says what the thing is
    name = text[begin:name_end]
    if len(name) < 3 or _CATEGORY.match(name) or _NO_NAME.search(name):
        return None
    return _phrase(reading, begin, name_end, sort_of(name))


def settled(reading: Reading, start: int, end: int) -> Phrase | None:
    """The project that a clause says is signed, settled or begun: 激光装备项目签约落户魏都区."""
    match = _SETTLED.search(reading.text, start, end)
    return last_entity(reading, start, match.start("verb")) if match else None


def _entity_end(reading: Reading, start: int, end: int) -> int:
    """The end of the longest name of a known kind that starts here, before any verb."""
    text = reading.text
    stop = _STOP.search(text, start + 1, end)
    limit = stop.start() if stop else end
    if _CATEGORY.match(text, start, end):
        return start
    best = start
    at = start
    while match := _ENTITY.match(text, at, limit):
        best = match.end()
        at = match.end()
    following = text[best : best + 2]
    if best > start and (
        (following == "管理" and not text.startswith("费", best + 2))
        or following in ("数量", "总数", "合计", "群数", "企业", "协作", "城区", "机构")
        or following.startswith("化")
        or text.count("“", start, best) != text.count("”", start, best)
        or best - start < 2
        or text[start:best] in _BARE_HEADS
    ):
        return start
    return best


def _place_end(reading: Reading, start: int, end: int) -> int:
    at = start
    for place in reading.places_in(start, end):
        if place.start != at:
            break
        at = place.end
    return at


def _inside_name(reading: Reading, start: int, at: int, end: int) -> bool:
    """西部陆海新通道: a group of places is an owner only where its name ends."""
    named = reading.places_in(start, at)
    return (
        named[-1].level in ("group", "region")
        and at < end
        and reading.text[at] not in "的地各,、与和及在已将"
    )


def _of_a_list(reading: Reading, at: int, end: int) -> bool:
    """广州国家版本馆、白鹅潭…: the place begins the first name of a list."""
    match = _NAME_IN_LIST.match(reading.text, at, end)
    return match is not None and not _STOP.search(reading.text, at, match.end("name"))


def _past_de(text: str, at: int, end: int) -> int:
    return at + 1 if at < end and text[at] == "的" else at


def _phrase(reading: Reading, start: int, end: int, sort: str) -> Phrase:
    return Phrase(reading.raw(start, end), start, end, "stated", sort)
