from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.workspace.configuration import Configuration, load, save


def test_a_configuration_is_read_back_equal(tmp_path: Path):
    """What is written is what is read."""
    configuration = Configuration("许昌", "spark", "postgresql://db/xuchang", ("administrator", "security"))
    save(tmp_path, configuration)
    assert load(tmp_path) == configuration


def test_nothing_else_is_left_behind(tmp_path: Path):
    """The file appears in one step."""
    save(tmp_path, Configuration("许昌"))
    assert [path.name for path in tmp_path.iterdir()] == ["liandong.toml"]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('engine = "abacus"', "engine"),
        ("city = 1\nsize = 3", "size"),
        ('second_factor = ["root"]', "second_factor"),
        ("city", None),
        ("\ufeff[", None),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, field: str | None):
    """The setting that is wrong stands in the error."""
    (tmp_path / "liandong.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        load(tmp_path)
    assert raised.value.field == field


def test_a_plain_folder_is_no_workspace(tmp_path: Path):
    """The error says how to make one."""
    with pytest.raises(InputError, match="liandong init"):
        load(tmp_path)
