"""A cell as a sentence about it shows it."""

LONGEST_SHOWN = 40


def short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
