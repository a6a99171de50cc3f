"""A reader chooses the columns of a list: in the page, in its address, in what is exported and saved."""

from __future__ import annotations

import re

from tests.office.conftest import Office

CHOSEN = "/library/facts/?kind=indicator&column=subject&column=period"


def heads(page: str) -> list[str]:
    """The column heads of the list."""
    return [re.sub(r"<[^>]*>", "", each).strip(" ▴▾") for each in re.findall(r"<th scope.*?</th>", page)]


def test_a_list_shows_the_chosen_columns_and_the_first(office: Office):
    """In the list's own order; an unknown name changes nothing."""
    client = office.enter(language="en")
    every = heads(client.get("/library/facts/").content.decode())
    chosen = heads(client.get(CHOSEN).content.decode())
    unknown = heads(client.get("/library/facts/?column=nothing").content.decode())
    assert (chosen, unknown) == ([every[0], "subject", "period"], every)


def test_the_choice_stays_with_filters_order_and_pages(office: Office):
    """The forms and links of the page carry it on."""
    page = office.enter().get(CHOSEN).content.decode()
    carried = page.count('<input type="hidden" name="column"')
    sorting = re.findall(r'<th scope.*?href="([^"]*)"', page)
    assert (carried, all("column=subject&amp;column=period" in each for each in sorting)) == (2, True)


def test_what_is_exported_has_the_chosen_columns(office: Office):
    """The file has those heads and no others."""
    answer = office.enter(language="en").get(f"{CHOSEN}&export=csv")
    first = answer.content.decode("utf-8-sig").splitlines()[0]
    assert len(first.split(",")) == 3
