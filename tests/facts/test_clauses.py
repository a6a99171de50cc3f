"""Sentences, clauses and lists."""

from hypothesis import given
from hypothesis import strategies as st

from liandong.documents import Span, fold
from liandong.facts.clauses import sentences
from liandong.facts.lists import coordination, split


def pieces(text: str) -> list[list[str]]:
    folded = fold(text)
    return [
        [text[c.start : c.end] for c in sentence.clauses]
        for sentence in sentences(folded, (Span(0, len(text)),))
    ]


def test_a_comma_in_a_number_or_a_bracket_cuts_nothing():
    """Digits, brackets and short quotations are one piece."""
    assert pieces("全市有3,142家企业(含省级,市级),签约“4+6+N”项目。") == [
        ["全市有3,142家企业(含省级,市级)", "签约“4+6+N”项目"]
    ]


def test_full_width_marks_cut_like_half_width_ones():
    """The same clauses in either width."""
    assert pieces("地区生产总值3330亿元，增长6.2%；投资下降。") == [
        ["地区生产总值3330亿元", "增长6.2%", "投资下降"]
    ]


def test_speech_is_cut_like_other_text():
    """A long quotation has sentences of its own."""
    assert pieces("“许昌是潜力股。期待合作。”市长说。") == [["许昌是潜力股"], ["期待合作"], ["市长说"]]


def test_a_short_line_without_an_end_is_a_heading():
    """Headings are told apart from sentences."""
    text = "一、2024年工作回顾\n全市生产总值3330亿元。"
    assert [s.heading for s in sentences(text, (Span(0, len(text)),))] == [True, False]


def test_a_list_shares_its_tail():
    """第一、第二、第三产业增加值 are three indicators."""
    text = "第一、第二、第三产业增加值"
    found = coordination(text, 0, len(text), 3)
    assert found is not None
    assert [found.text(text, i) for i in range(3)] == ["第一产业增加值", "第二产业增加值", "第三产业增加值"]


def test_whole_indicators_share_nothing():
    """固定资产投资、社会消费品零售总额 stand each for itself."""
    text = "固定资产投资、社会消费品零售总额"
    found = coordination(text, 0, len(text), 2)
    assert found is not None
    assert [found.text(text, i) for i in range(2)] == ["固定资产投资", "社会消费品零售总额"]


def test_a_joint_inside_a_member_is_kept():
    """化工及新材料 is one of three members."""
    text = "医药制造业、高技术船舶与海工装备、化工及新材料产值"
    found = coordination(text, 0, len(text), 3)
    assert found is not None
    assert [found.text(text, i) for i in range(3)] == [
        "医药制造业产值",
        "高技术船舶与海工装备产值",
        "化工及新材料产值",
    ]


@given(st.text(alphabet="甲乙丙，,。;；:：!？“”‘’()（）《》、\n 12", max_size=60))
def test_clauses_are_ascending_and_inside_their_sentence(text):
    """Whatever the marks, every clause lies in its sentence and no two overlap."""
    at = 0
    for sentence in sentences(fold(text), (Span(0, len(text)),)):
        for clause in sentence.clauses:
            assert at <= clause.start < clause.end <= len(text)
            at = clause.end
    assert split(fold(text), 0, len(text)) == sorted(split(fold(text), 0, len(text)))
