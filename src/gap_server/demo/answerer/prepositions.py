"""How things are said to stand to one another: which relation a few words between two nouns name."""


def relation_in(words: str) -> str | None:
    """The relation that a few words between two nouns name."""
    padded = f" {words} "
    patterns = (
        ("off", (" off the ", " off of the ", " not on the ", " not in the ", " outside the ")),
        ("between", (" between ",)),
        ("left of", ("left of", "left from", "left side of", "left hand side of")),
        ("right of", ("right of", "right from", "right side of", "right hand side of")),
        ("in front of", ("in front of", "closer than", "nearer than")),
        ("behind", (" behind ", "in back of", "further away than")),
        ("above", (" above ", " over ", "on top of", "higher than", "higher up than")),
        ("below", (" below ", " under ", "underneath", "beneath", "lower than")),
        (
            "beside",
            (
                "next to",
                " beside ",
                " near ",
                "close to",
                "nearest to",
                "closest to",
                "closer to",
                "nearer to",
                " by ",
                "adjacent to",
            ),
        ),
        ("on", (" on the ", " on a ", " in the ", " on ", " in ", " at the ", " across the ")),
    )
    for relation, forms in patterns:
        if any(form in padded for form in forms):
            return relation
    return None
