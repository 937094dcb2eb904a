"""In which order tests run, where two processes share them."""

from __future__ import annotations

import pytest


def test_nothing_that_empties_the_database_is_in_the_group_that_goes_first(
    request: pytest.FixtureRequest,
) -> None:
    """The process of that group goes on with tests that need the library. (Says something only
    when other tests are collected too, as `make test` does.)
    """
    group = [i for i in request.session.items if i.get_closest_marker("xdist_group")]
    emptying = [
        item.nodeid
        for item in group
        if {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))
        or getattr(item.get_closest_marker("django_db"), "kwargs", {}).get("transaction")
    ]
    assert emptying == []
