"""What is done with a thing: the words of a business scope that say it, as bits of a number."""

from __future__ import annotations

import re
from functools import cache, lru_cache

PRODUCE, PROCESS, GROW, BREED, MINE = 1, 2, 4, 8, 16
TRADE, RETAIL, RENT, INSTALL, REPAIR = 32, 64, 128, 256, 512
RESEARCH, SERVE, CARRY, WHOLESALE, BUY = 1024, 2048, 4096, 8192, 16384
MAKE = PRODUCE | PROCESS
GROWING = GROW | BREED

_WORDS: dict[int, str] = {
    PRODUCE: "制造 生产 制作 组装 装配 定制 自产自销 自产 批量生产 印制 冲压 缝制 浇铸 铸造 冶炼",
    PROCESS: "加工 深加工 精加工 粗加工 初加工 代加工 来料加工 精深加工 再加工 分切 分装 烘干 印刷 后整理",
    GROW: "种植 栽培 培育 种植业",
    BREED: "养殖 饲养 放养 繁育 繁殖 养殖业",
    MINE: "开采 采选 采掘 采矿 洗选",
    TRADE: "销售 经销 购销 营销 代销 出售 供应 经营 直销 分销 买卖 总经销 进出口 代购代销 贸易 国内贸易",
    TRADE
    | WHOLESALE: "批发 批销 批零 批发业务 批发兼零售 批兼零 零批 批发零售 零售批发 批零兼营 实物现场批发",
    TRADE | RETAIL: "零售 零售业务",
    TRADE | BUY: "收购 采购 回收 代购 购买",
    RENT: "租赁 出租",
    INSTALL: "安装 施工 承建 铺设 装修 安装调试 调试 改造 承包",
    REPAIR: "维修 修理 维护 保养 维护保养 检修 维修保养",
    RESEARCH: "研发 研制 开发 研究 设计 技术开发 研究开发 技术研发 试验",
    SERVE: "服务 咨询 技术服务 技术咨询 技术转让 售后服务 相关服务 策划 推广 技术推广 技术支持 代理 管理 "
    "培训 检测",
    CARRY: "运输 配送 仓储 储存 存储 储藏 贮藏 冷藏 装卸 储运",
    PRODUCE | TRADE: "产销 制售 生产销售 自产自销",
}
ACTS: dict[str, int] = {word: acts for acts, words in _WORDS.items() for word in words.split()}

NEEDS: dict[str, int] = {
    **dict.fromkeys(("生产", "制造", "制作", "冶炼", "组装"), MAKE),
    **dict.fromkeys(
        ("加工", "纺织", "切割", "切制", "鞣制", "缝制", "防腐", "锯", "锻造", "铸造", "冲压"), PROCESS
    ),
    **dict.fromkeys(("开采", "洗选"), MINE | PROCESS),
    "种植": GROW,
    "养殖": BREED,
    "销售": TRADE,
    "零售": RETAIL,
    "收购": BUY,
    "租赁": RENT,
    "安装": INSTALL,
    "施工": INSTALL,
    "维修": REPAIR,
    "研发": RESEARCH,
    "开发": RESEARCH,
    "设计": RESEARCH,
    **dict.fromkeys(("服务", "咨询", "推广", "技术"), SERVE | RESEARCH),
    "运输": CARRY,
}
"""Activities that a term of the lexicon can ask for, after its plus sign."""

_ANY = "|".join(sorted(map(re.escape, ACTS), key=len, reverse=True))
_AND = r"(?:以及|及其|及|和|与|并|兼|或|/|\\|的)?"
_WORD = re.compile(_ANY)
_AT_END = re.compile(rf"(?:的|之)?((?:{_ANY})(?:{_AND}(?:{_ANY}))*)(?:等|业务|活动|工作|项目|相关)*$")
_AT_START = re.compile(
    rf"(?:主要|专业|专门)?(?:从事|主营|兼营|承接|承揽|提供|负责|组织|为本社成员提供|专营|自营)?"
    rf"((?:{_ANY})(?:{_AND}(?:{_ANY}))*)(?:本企业|本公司|自产|各种|各类|各式|的|:)*"
)
_NOUN_AFTER = re.compile(
    r"资料|中心|线(?![材缆路圈])|场|业(?!务)|厂|型|性|基地|所需|过程|人员|单位|企业|机构|许可|方案|用(?![品具])"
)


_LAST = frozenset(word[-1] for word in ACTS) | frozenset("等务动作目关")
_FIRST = frozenset(word[0] for word in ACTS) | frozenset("主专从兼承提负组为自")
"""How a run of activity words at an end can end, and one at a start begin."""
LONGEST_RUN = 24
"""Characters at the end of a text in which its activity words are looked for."""


@lru_cache(maxsize=65536)
def acts_of(words: str) -> int:
    """All activities that a run of words names."""
    acts = 0
    for found in _WORD.finditer(words):
        acts |= ACTS[found.group()]
    return acts


def acts_at_end(text: str) -> int:
    """What the words at the end of a text say is done; 0 where none does."""
    found = _AT_END.search(text)
    return acts_of(found.group(1)) if found else 0


def ending(text: str, after: int) -> tuple[int, int]:
    """(start, acts) of the activity words at the end of text, not before `after`; (len, 0) without."""
    if text[-1] not in _LAST:
        return len(text), 0
    found = _AT_END.search(text, max(after, len(text) - LONGEST_RUN))
    return (found.start(), acts_of(found.group(1))) if found else (len(text), 0)


def beginning(text: str, before: int) -> tuple[int, int]:
    """(end, acts) of the activity words at the start of text that end before `before`; (0, 0) without."""
    if text[0] not in _FIRST:
        return 0, 0
    found = _AT_START.match(text)
    if not found or found.end(1) > before or _NOUN_AFTER.match(text, found.end(1)):
        return 0, 0
    return found.end(), acts_of(found.group(1))


@cache
def chief(acts: int) -> int:
    """The one activity that decides among several: what comes first in the life of a thing."""
    for group in (GROWING, MINE, MAKE, TRADE, RENT, REPAIR, INSTALL, CARRY, RESEARCH, SERVE):
        if acts & group:
            return acts & group
    return 0
