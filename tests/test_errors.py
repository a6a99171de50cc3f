from liandong.errors import InputError, InputErrors, Text

FAULT = InputError(
    Text("“约5000”不是数字。", '"约5000" is not a number.'),
    file="parks.xlsx",
    sheet="parcels",
    row=7,
    field="free power",
)


def test_an_error_names_its_place_in_chinese():
    """File, sheet, row and field stand before the problem, in the reader's language."""
    assert FAULT.text("zh") == "parks.xlsx › parcels › 第 7 行 › free power: “约5000”不是数字。"


def test_an_error_names_its_place_in_english():
    """English has row where Chinese has 第…行."""
    assert FAULT.text("en") == 'parks.xlsx › parcels › row 7 › free power: "约5000" is not a number.'


def test_an_error_without_a_place_is_its_problem():
    """No separators are left where nothing is known of the place."""
    assert InputError(Text("没有登记库", "there is no registry")).text("en") == "there is no registry"


def test_several_faults_are_told_line_by_line():
    """People mend a file in one go."""
    assert InputErrors((FAULT, FAULT)).text("zh").splitlines() == [FAULT.text("zh")] * 2
