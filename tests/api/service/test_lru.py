"""The least recently used value is dropped first."""

from api.service.lru import LruCache


def test_a_value_is_made_once_while_it_is_kept() -> None:
    recent = LruCache[str, int](2)
    assert (recent.of("a", lambda: 1), recent.of("a", lambda: 2)) == (1, 1)


def test_the_one_used_longest_ago_goes() -> None:
    recent = LruCache[str, int](2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert [recent.get(key) for key in "abc"] == [1, None, 3]
