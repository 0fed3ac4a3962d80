"""The store's change mark changes with every visible change, and with nothing else."""

import pytest

from data.store.database.change_mark import stamp
from data.store.database.store import Store


def mark(store: Store) -> str:
    with store.reading() as c:
        return stamp(c)


def written(store: Store, shown: bool = True) -> str:
    with store.writing(shown):
        pass
    return mark(store)


def test_every_change_that_can_be_shown_gives_another_mark(store: Store) -> None:
    marks = [written(store) for _ in range(5)]
    assert len(set(marks)) == 5
    assert mark(store) == mark(store) == marks[-1]


def test_what_is_never_shown_leaves_the_mark(store: Store) -> None:
    before = written(store)
    assert written(store, shown=False) == before


def test_what_was_not_kept_leaves_the_mark(store: Store) -> None:
    before = written(store)
    with pytest.raises(ZeroDivisionError), store.writing():
        raise ZeroDivisionError
    assert mark(store) == before


def test_before_the_first_change_no_two_marks_are_alike(store: Store) -> None:
    assert mark(store) != mark(store)


def test_another_process_sees_the_change(store: Store) -> None:
    before, other = written(store), Store(store.url)
    assert mark(other) == before
    assert written(other) == mark(store) != before
    other.close()
