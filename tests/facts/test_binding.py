"""Whose figure it is, and of what: general causes of error, each in a sentence of our own."""

from liandong.facts import Kind
from tests.facts.test_extract import bound, read, told

PROVINCE = {"published": "2026-02-01", "region": "河南省"}


def test_what_a_change_came_to_is_the_figure():
    """从a提高到b: one fact, of b; what it was before has no time and is left."""
    text = "全省工业投资占全部投资比重从31.2%提高到40.5%,审批时限由20天压减到6天。"
    assert bound(text, **PROVINCE)[0] == ("河南", "工业投资占全部投资比重", "40.5", "%")
    assert "31.2" not in [value for _, _, value, _ in bound(text, **PROVINCE)]


def test_one_value_holds_for_two_rates():
    """A率、B率超过93%: the value is of each."""
    assert sorted(bound("全省小学巩固率、高中毛入学率超过93%。", **PROVINCE)) == [
        ("河南", "小学巩固率", "93", "%"),
        ("河南", "高中毛入学率", "93", "%"),
    ]


def test_one_place_holds_for_two_quantities():
    """A、B均居第2位: each has the rank."""
    ranks = bound("全省高铁里程、农村公路通车里程均居全国第2位。", **PROVINCE)
    assert sorted(ranks) == [
        ("河南", "农村公路通车里程", "2", "位"),
        ("河南", "高铁里程", "2", "位"),
    ]


def test_the_people_of_a_place_are_no_verb_of_ranking():
    """居民收入增速居全国第6位: the first 居 is no verb."""
    assert bound("居民人均收入增速居全国第6位。", **PROVINCE) == [("河南", "居民人均收入增速", "6", "位")]


def test_a_quantity_behind_its_set_is_ranked():
    """蝉联全国推广面积第一: rank of the area, and no title."""
    facts = read("“豫麦8号”连续三年蝉联全国推广面积第一,招商产业企业。", **PROVINCE)
    assert [(f.kind, f.subject, f.indicator, f.value, f.region) for f in facts] == [
        (Kind.RANK, "“豫麦8号”", "推广面积", "1", "全国")
    ]


def test_the_counted_do_not_own_what_follows():
    """上市公司达162家: the firms are counted, the next figure is the place's."""
    text = "上市公司达162家、居中部前列,外贸企业突破9000家。"
    assert bound(text, **PROVINCE) == [
        ("河南", "上市公司", "162", "家"),
        ("河南", "外贸企业", "9000", "家"),
    ]


def test_the_first_name_of_a_list_is_no_owner():
    """郑州图书馆、洛阳艺术中心…建成使用, then a count: it is the province's."""
    text = "郑州图书馆、洛河艺术中心等文化设施建成使用,建成文明实践中心2.8万个。"
    assert bound(text, **PROVINCE) == [("河南", "建成文明实践中心", "28000", "个")]


def test_a_park_that_the_place_begins_owns_what_is_counted_behind():
    """河南自贸试验区43项成果: the park's results."""
    assert bound("河南自贸试验区43项改革创新成果在全国推广。", **PROVINCE) == [
        ("河南自贸试验区", "改革创新成果", "43", "项")
    ]


def test_who_helps_does_not_own_what_is_measured():
    """X实验室助力玉米年产量突破100万吨: the harvest is the place's."""
    text = "小麦全国重点实验室助力玉米年产量突破100万吨。"
    assert bound(text, **PROVINCE) == [("河南", "玉米年产量", "1000000", "吨")]


def test_a_share_stands_before_what_it_is_of():
    """八成以上财政资金用于民生."""
    assert bound("八成以上财政资金用于民生。", **PROVINCE) == [("河南", "财政资金用于民生占比", "80", "%")]


def test_heads_are_counted_without_a_counting_word():
    """参保人数突破5100万: a value without a unit."""
    assert bound("全省职工医保参保人数突破5100万,待遇提升。", **PROVINCE) == [
        ("河南", "职工医保参保人数", "51000000", None)
    ]


def test_two_holders_get_two_titles():
    """分别成为: first with first, with the head that the titles share."""
    text = "安阳、新乡分别成为国家制造业技术改造、中小企业数字化转型试点城市。"
    assert told(text, Kind.RECOGNITION, **PROVINCE) == [
        ("安阳", "成为", "国家制造业技术改造试点城市"),
        ("新乡", "成为", "中小企业数字化转型试点城市"),
    ]


def test_a_title_of_a_batch_is_given_not_described():
    """成为第二批…试点城市 is a recognition, no positioning."""
    text = "焦作成为第二批国家碳达峰试点城市。"
    assert [(f.kind, f.subject, f.value_text) for f in read(text, **PROVINCE)] == [
        (Kind.RECOGNITION, "焦作", "第二批国家碳达峰试点城市")
    ]


def test_a_programme_of_others_is_not_the_places_own():
    """入选国家“双高计划”: no programme of the place."""
    text = "7所高职学校入选国家“双高计划”,实施“铸才”行动,产业企业项目招商创新。"
    assert told(text, Kind.PROGRAM, **PROVINCE) == [("河南", "行动", "“铸才”行动")]


def test_a_plan_orders_what_a_place_is_to_be():
    """打造…桥头堡 in a section of plans is an aim; the same verb in what was done is none."""
    plan = "三、2026年重点工作\n打造我国向西开放重要桥头堡。产业企业项目招商创新。"
    done = "一、2025年工作回顾\n打造我国向西开放重要桥头堡。产业企业项目招商创新。"
    assert told(plan, Kind.POSITIONING, **PROVINCE) == [("河南", "目标定位", "我国向西开放重要桥头堡")]
    assert told(done, Kind.POSITIONING, **PROVINCE) == []


def test_the_office_begins_behind_its_preposition():
    """推介会由副市长…主持: the office is 副市长."""
    text = "推介会由副市长何运平主持,招商产业企业项目签约。"
    assert told(text, Kind.PERSON, region="河南省许昌市") == [("何运平", "职务", "副市长")]


def test_a_county_is_known_by_its_short_name_on_its_prefectures_page():
    """其中鄢陵签约18个项目: the county's, on a page of Xuchang."""
    text = "全市签约33个项目,其中鄢陵签约18个项目。"
    assert [owner for owner, *_ in bound(text)] == ["许昌", "鄢陵"]


REVIEW = (
    "一、2025年和“十四五”时期工作回顾\n"
    "2025年是“十四五”收官之年。一年来,全省上下顶压前行。\n"
    "(一)内需潜力释放\n产业招商签约园区项目,新增限上企业318家。\n"
    "各位代表!2025年目标的完成,标志着“十四五”收官。五年来,我们牢记嘱托。\n"
    "改造农村危房5.2万户。\n"
    "二、一张蓝图绘到底\n"
    "2026年是“十五五”开局之年。\n"
    "新建绿道137公里。\n"
)


def test_the_lead_of_a_review_says_the_year_of_what_follows():
    """2025年是…之年 governs its part, the part of five years has none, and a lead may look ahead."""
    facts = [f for f in read(REVIEW, **PROVINCE) if f.value is not None]
    assert [(f.indicator, f.period, f.modality) for f in facts] == [
        ("新增限上企业", "2025", "actual"),
        ("改造农村危房", None, "actual"),
        ("新建绿道目标", "2026", "planned"),
    ]


def test_both_kinds_of_a_unit_are_one():
    """7.4万套(间)、累计达到61万套(间): what is in the bracket is no indicator."""
    text = "全省建设保障性租赁住房7.4万套(间)、累计达到61万套(间)。"
    assert [number[2:] for number in bound(text, **PROVINCE)] == [("74000", "套"), ("610000", "套")]
    assert bound(text, **PROVINCE)[1][1] == "建设保障性租赁住房"


def test_the_greatest_of_its_kind_needs_no_particle_where_it_appears():
    """全国最大…中心建成投用 is a rank of the place, and no opening."""
    text = "全国最大国产化智算中心建成投用,产业企业项目创新招商。"
    assert [(f.kind, f.subject, f.value_text) for f in read(text, **PROVINCE)] == [
        (Kind.RANK, "河南", "全国最大国产化智算中心")
    ]
