"""How each kind of thing is: what it is made of, its shape, whether it is open, lit, whole."""

MATERIALS: dict[str, str] = {
    **dict.fromkeys(("bench", "barrel", "chair", "quay", "table", "counter", "floor", "guitar"), "wood"),
    **dict.fromkeys(("boat", "drum", "pencil", "sign"), "wood"),
    **dict.fromkeys(("anchor", "bicycle", "car", "robot", "bucket"), "metal"),
    **dict.fromkeys(("bus", "truck", "plane", "helicopter", "scooter", "clock"), "metal"),
    **dict.fromkeys(("hat", "umbrella"), "cloth"),
    "ball": "rubber",
    **dict.fromkeys(("bottle", "jar", "window"), "glass"),
    **dict.fromkeys(("flag", "tent"), "cloth"),
    "book": "paper",
    "kite": "paper",
    "basket": "wicker",
    "snowman": "snow",
    "vase": "ceramic",
    "cup": "ceramic",
    "teapot": "ceramic",
    "candle": "wax",
    "balloon": "rubber",
}
OTHER_MATERIALS: dict[str, str] = {
    "wood": "metal",
    "metal": "wood",
    "glass": "ceramic",
    "cloth": "paper",
    "paper": "cloth",
    "wicker": "metal",
    "snow": "ceramic",
    "ceramic": "glass",
    "wax": "ceramic",
    "rubber": "paper",
}
SHAPES: dict[str, str] = {
    **dict.fromkeys(("ball", "clock", "sun", "pumpkin"), "round"),
    **dict.fromkeys(("rug", "balloon", "lemon"), "oval"),
    **dict.fromkeys(("gift", "window"), "square"),
    **dict.fromkeys(("sign", "book", "suitcase", "bread"), "rectangular"),
    **dict.fromkeys(("tent", "cheese", "traffic cone"), "triangular"),
    "kite": "diamond-shaped",
    "path": "winding",
}
OTHER_SHAPES: dict[str, str] = {
    "round": "square",
    "oval": "rectangular",
    "square": "round",
    "rectangular": "round",
    "triangular": "rectangular",
    "diamond-shaped": "triangular",
    "winding": "straight",
}

STATES: dict[str, dict[str, bool]] = {
    **{kind: {"smiling": True} for kind in ("dog", "frog", "crab", "robot", "teddy bear")},
    **{kind: {"smiling": False} for kind in ("snowman", "owl", "penguin", "duck", "bird", "turtle", "sheep")},
    **{kind: {"open": True} for kind in ("umbrella", "bucket", "tent", "cup", "basket", "vase")},
    **{
        kind: {"open": False}
        for kind in (
            "jar",
            "suitcase",
            "book",
            "window",
            "gift",
            "mailbox",
            "door",
            "bottle",
            "barrel",
            "teapot",
        )
    },
    "candle": {"lit": True},
    "house": {"lit": False},
    "sea": {"calm": True},
    "sky": {"clear": True},
    **{kind: {"shining": True} for kind in ("sun", "moon")},
    "flag": {"waving": True},
    "moon": {"full": True},
    **{kind: {"whole": True} for kind in ("cake", "bread", "pumpkin", "apple", "pear", "lemon", "carrot")},
    "strawberry": {"whole": True},
    "cheese": {"whole": False},
    "banana": {"peeled": False},
    "pencil": {"sharp": True},
    "eye": {"open": True},
    "tongue": {"out": True},
}
"""How each kind always is drawn: whether it smiles, is open, is lit. What is missing here is told by no
picture."""
