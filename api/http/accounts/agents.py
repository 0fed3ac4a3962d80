"""What a browser says that it is, in few words."""

LONGEST_READ, LONGEST = 500, 60


def agent_words(told: str) -> str:
    """Return browser and system of a header `User-Agent`, empty where it names neither."""
    from ua_parser import parse

    found = parse(told[:LONGEST_READ])
    parts = (found.user_agent and found.user_agent.family, found.os and found.os.family)
    return ", ".join(part for part in parts if part)[:LONGEST]
