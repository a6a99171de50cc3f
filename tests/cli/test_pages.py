from pathlib import Path

import pytest

from liandong.examples import xuchang


def test_read_says_what_the_page_says_of_itself(run):
    """Title, time and source, and how much of the text is the article."""
    done = run("read", xuchang.PAGE, "--json")
    (page,) = done.json
    assert (done.code, page["published"], page["source"], page["encoding"]) == (
        0,
        "2025-06-19T21:58:42",
        "链动示例",
        "utf-8",
    )


def test_facts_print_json_and_nothing_else(run):
    """Every quote is the page's own characters, and the figures of the page are among the facts."""
    done = run("facts", xuchang.PAGE, "--region", "许昌", "--json")
    (found,) = done.json
    text = xuchang.PAGE.read_text("utf-8")
    values = {fact["value"] for fact in found["facts"]}
    assert (done.code, done.err) == (0, "")
    assert [fact for fact in found["facts"] if text[fact["start"] : fact["end"]] != fact["quote"]] == []
    assert {"19", "21", "549", "1549", "92", "1181", "481", "71", "30", "100000000000"} <= values


def test_the_contract_names_the_page(run):
    """path, sha256, title and published stand beside the facts of each page."""
    (found,) = run("facts", xuchang.PAGE, "--json").json
    assert sorted(found) == ["facts", "page"]
    assert sorted(found["page"]) == ["path", "published", "sha256", "title"]


def test_the_review_page_is_written(run, tmp_path: Path):
    """One self-contained file with the page's sentences in it."""
    target = tmp_path / "facts.html"
    done = run("facts", xuchang.PAGE, "--html", target, "--json")
    assert (done.code, "1549家" in target.read_text("utf-8")) == (0, True)


@pytest.mark.parametrize("command", ["read", "facts"])
@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02\xff" * 400, None], ids=["empty", "binary", "missing"]
)
def test_a_bad_page_is_named_and_nothing_is_printed(run, tmp_path: Path, command: str, content: bytes | None):
    """Exit code 1, the file's name on stderr, nothing on stdout."""
    page = tmp_path / "page.txt"
    if content is not None:
        page.write_bytes(content)
    done = run(command, page, "--json")
    assert (done.code, done.out, str(page) in done.err) == (1, "", True)


def test_errors_speak_english_when_asked(run, tmp_path: Path):
    """--lang en, without a Chinese character in the sentence."""
    done = run("read", tmp_path / "nothing.txt", "--lang", "en")
    assert done.code == 1
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in done.err)


def test_an_unknown_command_is_a_usage_error(run):
    """Exit code 2, as the contract has it."""
    assert run("dance").code == 2
