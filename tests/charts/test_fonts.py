import io

import vl_convert
from fontTools.ttLib import TTFont

from liandong.charts import fonts, theme
from liandong.charts.picture import Picture, to_png


def _drawn(text: str) -> bytes:
    """A picture of nothing but the text."""
    definition = {
        "data": {"values": [{"text": text}]},
        "mark": {"type": "text", "fontSize": 40, "font": fonts.FAMILY},
        "encoding": {"text": {"field": "text"}},
        "width": 80,
        "height": 60,
    }
    return to_png(Picture(definition, ""), scale=1)


def test_font_covers_signs_and_punctuation_of_the_house():
    """Status signs, arrows and Chinese punctuation all have a glyph."""
    signs = "".join(theme.STATUS_SIGNS.values())
    assert fonts.missing(signs + "许昌链动，。；：“”（）—…·→%㎡℃亿元2025") == ""


def test_missing_names_each_character_that_would_print_as_a_box():
    """A character outside the font is named once."""
    assert fonts.missing("许昌\U0001f600ᚠ\U0001f600") == "ᚠ\U0001f600"


def test_chinese_characters_are_drawn_and_not_boxes():
    """Two characters and a code point without a glyph give three different pictures."""
    assert len({_drawn("许"), _drawn("昌"), _drawn("\u0378")}) == 3


def test_registering_twice_changes_nothing():
    """The font can be registered again."""
    fonts.register()
    before = _drawn("许")
    fonts.register.cache_clear()
    fonts.register()
    assert _drawn("许") == before
    assert vl_convert.get_vegalite_versions()[-1] == "6.4"


def test_subset_is_a_small_embeddable_truetype_font_with_exactly_the_glyphs():
    """The subset holds the text's characters, quadratic outlines, the licence and no ban on embedding."""
    data = fonts.subset("许昌◔许", family="Test Sans")
    font = TTFont(io.BytesIO(data))
    assert sorted(font.getBestCmap()) == sorted(ord(c) for c in "许昌◔")
    assert "glyf" in font
    assert font["OS/2"].fsType == 0
    assert font["name"].getDebugName(1) == "Test Sans"
    assert "Open Font License" in font["name"].getDebugName(13)
    assert len(data) < 6000


def test_subset_keeps_widths_and_heights_of_the_source():
    """A line set in the subset is as wide and high as in the font it came from."""
    source, cut = TTFont(fonts.path()), TTFont(io.BytesIO(fonts.subset("许a·")))
    for c in "许a·":
        wide = source["hmtx"][source.getBestCmap()[ord(c)]][0]
        assert cut["hmtx"][cut.getBestCmap()[ord(c)]][0] == wide
    assert (cut["hhea"].ascent, cut["hhea"].descent) == (source["hhea"].ascent, source["hhea"].descent)


def test_quarter_circle_is_the_ring_with_its_upper_right_quarter():
    """◔, which the font lacks, has the box of ○ and one contour more."""
    font = TTFont(io.BytesIO(fonts.subset("○◔")))
    ring, quarter = (font["glyf"][font.getBestCmap()[ord(c)]] for c in "○◔")
    boxes = [(g.xMin, g.yMin, g.xMax, g.yMax) for g in (ring, quarter)]
    assert boxes[0] == boxes[1]
    assert quarter.numberOfContours == ring.numberOfContours + 1


def test_web_font_is_woff():
    """For web pages the same glyphs come compressed as WOFF."""
    data = fonts.subset("许昌", woff=True)
    assert data[:4] == b"wOFF"
    assert sorted(TTFont(io.BytesIO(data)).getBestCmap()) == [ord("昌"), ord("许")]
