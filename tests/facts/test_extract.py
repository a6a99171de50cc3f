"""What the grammar reads, kind by kind, in sentences of our own."""

import pytest

from liandong.documents import Span
from liandong.facts import Fact, Kind, extract
from tests.facts.sample import page


def read(text: str, **given) -> list[Fact]:
    return [fact for fact in extract(page(text, **given)) if fact.kind is not Kind.META]


def bound(text: str, **given) -> list[tuple]:
    """Subject, indicator, value and unit of the numbers."""
    return [(f.subject, f.indicator, f.value, f.unit) for f in read(text, **given) if f.value is not None]


def told(text: str, kind: Kind, **given) -> list[tuple]:
    """Subject, indicator and object of the facts of a kind without a number."""
    return [
        (f.subject, f.indicator, f.value_text)
        for f in read(text, **given)
        if f.kind is kind and f.value is None
    ]


def test_one_verb_has_many_objects():
    """已拥有 counts each of the firms that follow."""
    assert bound("许昌已拥有单项冠军企业19家,专精特新“小巨人”企业21家,高新技术企业549家。") == [
        ("许昌", "单项冠军企业", "19", "家"),
        ("许昌", "专精特新“小巨人”企业", "21", "家"),
        ("许昌", "高新技术企业", "549", "家"),
    ]


def test_a_count_stands_before_its_noun_too():
    """引进了92个…项目、1181名高层次人才: verb, count, noun."""
    assert bound("许昌引进了92个创新创业人才项目、1181名高层次人才。") == [
        ("许昌", "引进创新创业人才项目", "92", "个"),
        ("许昌", "高层次人才", "1181", "名"),
    ]


def test_growth_carries_the_indicator_before_it():
    """增长6.2% is the growth of what was measured last; a fall is negative."""
    assert bound("2024年,全市地区生产总值3330.1亿元,增长6.2%;房地产开发投资下降7.6%。") == [
        ("许昌", "地区生产总值", "333010000000", "元"),
        ("许昌", "地区生产总值增速", "6.2", "%"),
        ("许昌", "房地产开发投资增速", "-7.6", "%"),
    ]


def test_members_and_values_go_in_one_order():
    """分别: first with first, second with second, over both verbs."""
    text = "上半年,第一、第二产业增加值分别为118.2亿元、1627.5亿元,同比分别增长3.7%、7.9%。"
    assert bound(text) == [
        ("许昌", "第一产业增加值", "11820000000", "元"),
        ("许昌", "第二产业增加值", "162750000000", "元"),
        ("许昌", "第一产业增加值增速", "3.7", "%"),
        ("许昌", "第二产业增加值增速", "7.9", "%"),
    ]


def test_places_of_a_list_own_their_values():
    """禹州市、长葛市的…分别为: each place has its own."""
    assert bound("禹州市、长葛市的“小巨人”企业分别为9家和12家。") == [
        ("禹州", "“小巨人”企业", "9", "家"),
        ("长葛", "“小巨人”企业", "12", "家"),
    ]


def test_a_share_names_its_whole():
    """占全国的15.8% stays with its owner."""
    assert bound("许昌发制品产量占全国的15.8%。") == [("许昌", "发制品产量占全国比重", "15.8", "%")]


def test_a_comparison_names_what_it_is_above():
    """高于全省2.4个百分点 is a gap of the growth before it."""
    assert bound("规上工业增加值增长5.7%,高于全省2.4个百分点。")[1] == (
        "许昌",
        "规上工业增加值增速高于全省",
        "2.4",
        "个百分点",
    )


def test_years_of_a_range_take_a_value_each():
    """2020年至2022年依次新增14、21、23家 are three years."""
    facts = read("2020年至2022年,全市省级单项冠军依次新增14、21、23家。")
    assert [(f.value, f.period) for f in facts] == [("14", "2020"), ("21", "2021"), ("23", "2022")]


def test_a_time_word_governs_up_to_the_full_stop():
    """去年 holds past the semicolon and not past the stop."""
    facts = read("去年,全市工业产值1387亿元;外贸进出口总额167亿元。高新技术企业549家。")
    assert [f.period for f in facts] == ["2024", "2024", None]


def test_the_modality_follows_the_words():
    """力争 and 到2027年 are plans, 已 is not."""
    facts = read("已开工项目188个,力争全年到位资金突破560亿元。")
    assert [(f.value, f.modality) for f in facts] == [("188", "actual"), ("56000000000", "planned")]


def test_a_plan_word_in_a_name_plans_nothing():
    """“许昌英才计划” is a name."""
    assert [f.modality for f in read("升级“许昌英才计划”,引进高层次人才1181名。") if f.value] == ["actual"]


def test_a_rank_takes_the_quantity_before_it():
    """总量居全省第3位 ranks the funds; its region is the province."""
    facts = read("上半年到位资金418.45亿元,总量居全省第3位。")
    assert [(f.kind, f.indicator, f.value, f.unit, f.region) for f in facts] == [
        (Kind.INDICATOR, "到位资金", "41845000000", "元", "许昌"),
        (Kind.RANK, "到位资金总量", "3", "位", "河南"),
    ]


def test_shared_head_gives_each_base_its_rank():
    """全国重要的A、B生产基地 ranks A and B alike."""
    facts = read("许昌是全国重要的电力装备、汽车零部件生产基地。")
    assert [(f.value_text, f.qualifier) for f in facts if f.kind is Kind.RANK] == [
        ("电力装备生产基地", "全国重要"),
        ("汽车零部件生产基地", "全国重要"),
    ]


def test_each_holder_has_each_title():
    """先后获批A、B: two titles; X、Y获评Z: two holders."""
    assert told("许昌先后获批国家碳达峰试点城市、国家创新型城市。", Kind.RECOGNITION) == [
        ("许昌", "获批", "国家碳达峰试点城市"),
        ("许昌", "获批", "国家创新型城市"),
    ]
    assert {s for s, _, _ in told("森源电气、远东传动获评国家级单项冠军。", Kind.RECOGNITION)} == {
        "森源电气",
        "远东传动",
    }


def test_partners_are_paired_with_what_they_build():
    """分别与A、B共建X、Y: first with first, own side first."""
    text = "许昌分别与西安交通大学、郑州大学共建光电研究院、绿色化工研究院。"
    assert set(told(text, Kind.COOPERATION)) == {
        ("许昌–西安交通大学", "共建", "光电研究院"),
        ("许昌–郑州大学", "共建", "绿色化工研究院"),
    }


def test_the_own_side_comes_first_whoever_is_named_first():
    """上海交通大学与许昌共建 is a tie of 许昌."""
    assert told("上海交通大学与许昌共建联合实验室。", Kind.COOPERATION) == [
        ("许昌–上海交通大学", "共建", "联合实验室")
    ]


def test_an_investor_builds_somewhere():
    """A投资N亿元,在Z建设P gives the amount and the investor of P in Z."""
    facts = read("湘江复材投资9.2亿元,在建安区建设碳陶制动盘生产线。")
    assert {(f.subject, f.indicator, f.value or f.value_text, f.region) for f in facts} == {
        ("碳陶制动盘生产线", "投资", "920000000", "建安区"),
        ("碳陶制动盘生产线", "投资方", "湘江复材", "建安区"),
    }


def test_investors_amounts_and_projects_of_three_lists_belong_together():
    """A、B分别投资a、b亿元,建设P(Y)、Q(Z)项目."""
    facts = read("隆泰能源、晶辉科技分别投资58.3、41.5亿元,建设切片(建安区)、电池片(魏都区)项目。")
    assert [(f.subject, f.value, f.region) for f in facts if f.value] == [
        ("切片项目", "5830000000", "建安区"),
        ("电池片项目", "4150000000", "魏都区"),
    ]


def test_a_park_keeps_its_figures():
    """Area and tenants of the park named at the head of the sentence."""
    assert bound("许昌高新区规划面积52平方公里,入驻企业860多家,其中规上企业96家。") == [
        ("许昌高新区", "规划面积", "52", "平方公里"),
        ("许昌高新区", "入驻企业", "860", "家"),
        ("许昌高新区", "规上企业", "96", "家"),
    ]


def test_payers_belong_to_their_fund():
    """市财政、社会资本分别出资 are facts of the fund."""
    assert bound("许昌产业投资基金总规模50亿元,市财政、社会资本分别出资20亿元和30亿元。") == [
        ("许昌产业投资基金", "总规模", "5000000000", "元"),
        ("许昌产业投资基金", "市财政出资", "2000000000", "元"),
        ("许昌产业投资基金", "社会资本出资", "3000000000", "元"),
    ]


def test_a_grant_belongs_to_whom_it_is_given():
    """博士、硕士、本科毕业生 have one allowance each."""
    text = "来许工作的博士、硕士、本科毕业生分别可享受每月3000元、1500元、800元的生活补贴。"
    assert [(f.subject[-5:], f.indicator, f.value) for f in read(text)] == [
        ("博士毕业生", "生活补贴", "3000"),
        ("硕士毕业生", "生活补贴", "1500"),
        ("本科毕业生", "生活补贴", "800"),
    ]


def test_an_event_has_its_day_and_its_host():
    """What is signed there has its date."""
    facts = read("5月16日,2025许昌产业对接会在上海市举行,由许昌市人民政府主办,现场签约项目28个。")
    assert [(f.kind, f.indicator, f.value or f.value_text, f.period) for f in facts] == [
        (Kind.EVENT, "举行", None, "2025-05-16"),
        (Kind.EVENT, "主办", "许昌市人民政府", "2025-05-16"),
        (Kind.PROJECT, "签约项目", "28", "2025-05-16"),
    ]


def test_names_take_the_office_before_them():
    """副市长王伟、张晓东 are two vice-mayors."""
    assert set(told("许昌市市长李明主持,副市长王伟、张晓东参加。", Kind.PERSON)) == {
        ("李明", "职务", "许昌市市长"),
        ("王伟", "职务", "副市长"),
        ("张晓东", "职务", "副市长"),
    }


def test_a_slogan_is_expanded():
    """“5”即…: the parts of the system named before."""
    text = "许昌构建“5+2”产业体系,“5”即电力装备、新材料、新能源,“2”即大数据和康养。"
    assert told(text, Kind.PROGRAM) == [
        ("许昌", "产业体系", "“5+2”产业体系"),
        ("“5+2”产业体系", "“5”包括", "电力装备;新材料;新能源"),
        ("“5+2”产业体系", "“2”包括", "大数据;康养"),
    ]


def test_a_place_says_what_it_is_and_wants_to_be():
    """地处…, 是…, 全力建设…"""
    text = "许昌地处河南中部,是中原城市群核心城市之一,全力建设智能制造名城。"
    assert [(i, v) for _, i, v in told(text, Kind.POSITIONING)] == [
        ("区位", "地处河南中部"),
        ("城市地位", "中原城市群核心城市之一"),
        ("目标定位", "智能制造名城"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "早上7点,1.2万名跑者出发,冠军用时63分48秒,比上届快27秒。女子组前三名依次跑出72分、73分和74分,赛事设4个补给站。"
        * 3,
        "申报时间为3月6日至4月28日,每日限号80个,办理时限5个工作日,表格一式2份,费率分别为16%、8%,咨询电话12333。"
        * 3,
    ],
)
def test_other_genres_give_no_facts(text):
    """A sports report or a notice has numbers, and none of them is a fact of a place's economy."""
    assert read(text) == []


def test_nothing_is_read_outside_the_body():
    """Teasers around the article are noise."""
    article = "许昌高新技术企业549家,产业项目36个,投资增长5%,创新平台12个。"
    given = page(article + "\n热门:某地签约项目17个,总投资62亿元,产业基金10只")
    short = type(given)(
        **{f: getattr(given, f) for f in given.__slots__} | {"body": (Span(0, len(article)),)}
    )
    assert {f.value for f in extract(short)} == {"549", "36", "5", "12"}


def test_width_of_marks_does_not_matter():
    """Full- and half-width pages say the same."""
    half = "2024年,全市生产总值3330.1亿元,增长6.2%;总量居全省第4位。"
    full = half.replace(",", "，").replace(";", "；").replace("%", "％")
    assert bound(half) == bound(full)


REPORT = (
    "一、2025年工作回顾\n(一)着力扩大内需。新增高新技术企业120家,争取中央资金35亿元。\n"
    "二、“十四五”时期发展成就和“十五五”时期主要目标\n过去五年,我们建成产业园区12个。\n"
    "今后五年,培育上市企业30家。\n三、2026年重点工作\n(一)加快产业升级\n引进龙头企业8家。\n"
    "四、加强政府自身建设\n办理建议提案210件。"
)


def test_a_lower_heading_inherits_the_plan_of_the_higher_one():
    """一、 > (一): done and planned follow the stack of headings; one that looks both ways waits."""
    assert [(f.value, f.modality, f.period) for f in read(REPORT, published="2026-01-20")] == [
        ("120", "actual", "2025"),
        ("3500000000", "actual", "2025"),
        ("12", "actual", None),
        ("30", "planned", None),
        ("8", "planned", "2026"),
        ("210", "planned", None),
    ]


def test_new_ones_of_a_list_are_all_new():
    """净增A 34家、B 14家: the verb that says they are new holds for every member."""
    assert bound("许昌净增经营主体3460户、企业1400户,新增省级园区2家、7个国家级平台。") == [
        ("许昌", "净增经营主体", "3460", "户"),
        ("许昌", "净增企业", "1400", "户"),
        ("许昌", "新增省级园区", "2", "家"),
        ("许昌", "新增国家级平台", "7", "个"),
    ]


def test_a_verb_before_a_count_takes_the_noun_behind_it():
    """推动7个X、4个Y: what is moved stands behind the number."""
    assert bound("许昌推动7个物流枢纽、4个冷链物流基地提质升级。")[0][1:] == ("推动物流枢纽", "7", "个")


def test_a_total_is_no_addition():
    """新增公园27座,累计达到110座: all parks, not the new ones."""
    assert bound("许昌新增公园27座,累计达到110座。")[1] == ("许昌", "公园", "110", "座")


def test_a_project_has_no_inhabitants():
    """What only a place has is not carried to the project named before it."""
    assert bound("城西引水工程试通水,居民人均可支配收入增长5.4%。") == [
        ("许昌", "居民人均可支配收入增速", "5.4", "%")
    ]


def test_half_a_quotation_is_no_name():
    """学习运用“千万工程”经验: neither the verb nor an open quotation mark makes an owner."""
    assert bound("学习运用“千万工程”经验,建设300个精品示范村。") == [("许昌", "建设精品示范村", "300", "个")]


def test_adverbs_are_no_part_of_an_indicator():
    """客运量双双突破, 比例首次突破."""
    assert [b[1] for b in bound("许昌铁路客运量双双突破1000万人次,优良天数比例首次突破80%。")] == [
        "铁路客运量",
        "优良天数比例",
    ]


def test_a_scale_belongs_to_the_value():
    """1.3万件 is 13000 件; 26.3微克/立方米 has a unit."""
    assert bound("许昌发明专利有效量1.3万件,PM2.5平均浓度为26.3微克/立方米、下降7.4%。") == [
        ("许昌", "发明专利有效量", "13000", "件"),
        ("许昌", "PM2.5平均浓度", "26.3", "微克/立方米"),
        ("许昌", "PM2.5平均浓度增速", "-7.4", "%"),
    ]


def test_town_and_county_take_their_values_in_order():
    """城乡居民…分别: the first value is of the towns, the second of the countryside."""
    assert bound("财政支出增长3%,城乡居民人均可支配收入分别增长4.4%、5.8%。")[1:] == [
        ("许昌", "城镇居民人均可支配收入增速", "4.4", "%"),
        ("许昌", "农村居民人均可支配收入增速", "5.8", "%"),
    ]
    listed = bound("城乡居民基础养老金、低保标准分别提高25元、50元。")
    assert not any("农村" in indicator for _, indicator, _, _ in listed)  # the list has members of its own


def test_the_whole_province_is_the_place_of_its_own_page():
    """全省 and 我省 on a province's page, 全区 on that of an autonomous region."""
    assert bound("全省常住人口城镇化率达到62%。", region="河南省") == [
        ("河南", "常住人口城镇化率", "62", "%")
    ]
    assert bound("全区5G用户普及率达到62%。", region="宁夏回族自治区")[0][0] == "宁夏"


def test_a_bound_may_stand_between_a_count_and_its_noun():
    """培育12家左右X, 建设8万亩X."""
    assert bound("许昌培育12家左右领军企业,打造20个以上典型案例,建设8万亩高标准农田。") == [
        ("许昌", "培育领军企业", "12", "家"),
        ("许昌", "打造典型案例", "20", "个"),
        ("许昌", "建设高标准农田", "80000", "亩"),
    ]


def test_a_fund_owns_what_funds_have():
    """A fund named earlier has a size and investors, no listed companies or grain."""
    text = "许昌设立智造产业基金,总规模20亿元,新增上市公司2家。"
    assert [(f.subject, f.indicator) for f in read(text) if f.value] == [
        ("智造产业基金", "总规模"),
        ("许昌", "新增上市公司"),
    ]


def test_tasks_are_no_parties_of_a_tie():
    """高水平共建通道和深度融入共建…: 和 joins two tasks, not two parties."""
    assert told("许昌高水平建设陆海新通道和深度融入共建“一带一路”。", Kind.COOPERATION) == []


def test_words_behind_a_named_office_are_no_name():
    """A function word is no surname where an office stands before it."""
    assert told("全市产业发展会议上,市委书记和党中央派出的企业招商干部都到场。", Kind.PERSON) == []


def test_the_number_of_an_item_is_no_word_of_it():
    """2.新建…: the list's own number stays out of the indicator."""
    assert bound("1.为困难家庭实施免费手术2000例。\n2.新建养老服务站36个。")[1] == (
        "许昌",
        "新建养老服务站",
        "36",
        "个",
    )


def test_a_row_of_cells_is_read():
    """Indicator, value and unit in cells parted by tabs."""
    assert bound("高新技术企业\t549\t家\n地区生产总值\t3330.1\t亿元\n") == [
        ("许昌", "高新技术企业", "549", "家"),
        ("许昌", "地区生产总值", "333010000000", "元"),
    ]


def test_new_firms_are_the_places_own():
    """A firm honoured in the clause before does not own the firms that are newly counted."""
    text = "远景动力公司入选国家绿色工厂名单,新培育专精特新企业12家。"
    assert bound(text) == [("许昌", "新培育专精特新企业", "12", "家")]


def test_every_grade_is_no_list_of_owners():
    """各级 and 各类 are words of the indicator; 增幅 is growth already; 创成率 is no verb."""
    assert bound("许昌建成博物馆、图书馆,新增各类平台12个。") == [("许昌", "新增各类平台", "12", "个")]
    assert bound("许昌工业投资增幅高于全国3.2个百分点。")[0][1] == "工业投资增幅高于全国"
    assert told("许昌示范地区创成率居全省首位。", Kind.RECOGNITION) == []


def test_a_condition_is_no_value():
    """营收过百亿元的企业 says which firms are meant."""
    assert bound("许昌培育一批营收超100亿元的企业,现有年产值超过50亿元企业8家。") == [
        ("许昌", "年产值超过50亿元企业", "8", "家")
    ]


def test_a_programme_in_a_section_of_plans_is_planned():
    """开展“…”行动 under 重点工作 is yet to come."""
    text = (
        "一、2025年工作回顾\n实施“链长引航”行动,新增企业12家。\n"
        "二、2026年重点工作\n(一)加快升级\n深入开展“银龄关爱行动”。"
    )
    assert [f.modality for f in read(text, published="2026-01-20") if f.kind is Kind.PROGRAM][-1] == "planned"
