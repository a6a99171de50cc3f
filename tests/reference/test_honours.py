from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liandong.reference import find_honour, find_honours, honours


def named(text: str) -> list[tuple[str, str, str]]:
    return [(text[start:end], each.title, each.level) for start, end, each in find_honours(text)]


def test_little_giants_are_national_and_last_three_years():
    """专精特新“小巨人”企业: national, firms, Ministry of Industry, three years."""
    found = find_honour("专精特新小巨人企业")
    assert found
    assert (found.title, found.level, found.subject, found.issuer, found.valid_years, found.ranking) == (
        "专精特新“小巨人”企业",
        "national",
        "firm",
        "工业和信息化部",
        3,
        False,
    )


def test_words_before_a_title_decide_its_level():
    """省级以上 and 省 make a shared title provincial, 国家 national; without them it is the first."""
    assert named("省级以上单项冠军企业,国家级单项冠军企业,单项冠军企业") == [
        ("单项冠军企业", "省级制造业单项冠军企业", "provincial"),
        ("单项冠军企业", "制造业单项冠军企业", "national"),
        ("单项冠军企业", "制造业单项冠军企业", "national"),
    ]


def test_clusters_of_different_bodies_are_kept_apart():
    """Innovative, advanced, strategic and small-enterprise clusters are four honours."""
    text = (
        "入选国家创新型产业集群,国家先进制造业集群,第一批国家战略性新兴产业集群,"
        "省战略性新兴产业集群和国家级中小企业特色产业集群"
    )
    assert [title for _, title, _ in named(text)] == [
        "国家创新型产业集群",
        "国家先进制造业集群",
        "国家战略性新兴产业集群",
        "省级战略性新兴产业集群",
        "国家级中小企业特色产业集群",
    ]


def test_the_span_covers_the_quotation_marks_inside():
    """专精特新“小巨人”企业 is found with its marks, whatever they are."""
    text = "国家级专精特新‘小巨人’企业21家"
    assert named(text) == [("专精特新‘小巨人’企业", "专精特新“小巨人”企业", "national")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("高新技术企业549家", "高新技术企业"),
        ("科技型中小企业1549家", "科技型中小企业"),
        ("入选2024年全国城市科技创新竞争力百强市", "城市科技创新竞争力百强市"),
        ("依托国家高新区", "国家高新技术产业开发区"),
        ("首台（套）装备", "首台(套)重大技术装备"),
        ("没有称号", None),
    ],
)
def test_a_text_names_its_honour(text: str, title: str | None):
    """Titles are found inside sentences, in full and half width."""
    found = find_honour(text)
    assert (found.title if found else None) == title


def test_a_term_of_years_has_its_regulation():
    """Whoever says how long a title lasts says where that stands."""
    assert [each.title for each in honours() if each.valid_years and not each.source] == []


def test_titles_are_unique():
    """No title is listed twice."""
    titles = [each.title for each in honours()]
    assert sorted(set(titles)) == sorted(titles)


@given(st.sampled_from(honours()))
def test_every_title_finds_itself(each):
    """The full title of an honour is found as that honour, over its whole length."""
    assert find_honours(each.title)[0] == (0, len(each.title), each)


@given(st.text(alphabet="国家级省“”小巨人专精特新企业 ", max_size=24))
def test_spans_lie_in_the_text(text: str):
    """Spans are in order, apart and inside the text."""
    edges = [edge for start, end, _ in find_honours(text) for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
