"""Colours, places and light: the words for how a scene looks."""

COLOURS: tuple[str, ...] = (
    "red",
    "orange",
    "yellow",
    "green",
    "blue",
    "purple",
    "pink",
    "brown",
    "white",
    "black",
    "grey",
)

COLOUR_SYNONYMS: dict[str, str] = {
    "gray": "grey",
    "silver": "grey",
    "violet": "purple",
    "lilac": "purple",
    "crimson": "red",
    "scarlet": "red",
    "golden": "yellow",
    "gold": "yellow",
    "navy": "blue",
    "magenta": "pink",
    "tan": "brown",
    "reddish": "red",
    "bluish": "blue",
    "greenish": "green",
    "yellowish": "yellow",
}

_NEAR: tuple[frozenset[str], ...] = tuple(
    frozenset(pair.split())
    for pair in (
        "red orange",
        "orange yellow",
        "red pink",
        "pink purple",
        "purple blue",
        "brown orange",
        "brown red",
        "white grey",
        "grey black",
        "brown black",
        "brown yellow",
    )
)


def near_colours(a: str, b: str) -> bool:
    """Whether people might call one thing by either name."""
    return a == b or frozenset((a, b)) in _NEAR


# What a thing may be without surprise, where that is not just any colour.
NATURAL: dict[str, tuple[str, ...]] = {
    "sky": ("blue", "orange", "pink", "grey", "white"),
    "sea": ("blue", "green", "grey"),
    "sand": ("yellow", "white", "brown", "grey", "orange"),
    "grass": ("green", "yellow", "brown"),
    "snow": ("white", "grey", "blue"),
    "road": ("grey", "black", "brown"),
    "pavement": ("grey", "brown", "red", "white"),
    "quay": ("brown", "grey", "white"),
    "path": ("brown", "grey", "white"),
    "floor": ("brown", "grey", "white", "black"),
    "table": ("brown", "white", "grey", "black"),
    "counter": ("brown", "white", "grey", "black"),
    "window": ("white", "brown", "green", "blue"),
    "sun": ("yellow", "orange", "red", "white"),
    "moon": ("white", "yellow", "orange"),
    "cloud": ("white", "grey", "pink", "blue"),
    "hill": ("green", "white", "brown", "grey"),
    "building": ("grey", "brown", "red", "white", "blue", "yellow", "pink"),
    "dog": ("brown", "white", "black", "grey", "orange", "yellow"),
    "cat": ("orange", "black", "grey", "white", "brown"),
    "rabbit": ("white", "brown", "grey", "pink", "black"),
    "duck": ("yellow", "white", "brown", "green", "pink"),
    "penguin": ("black", "blue", "grey", "purple"),
    "tree": ("green", "orange", "pink", "yellow", "red"),
    "flower": ("red", "yellow", "white", "purple", "blue", "pink", "orange"),
    "mushroom": ("red", "brown", "orange", "purple", "white"),
    "snowman": ("white", "grey", "blue"),
    "apple": ("red", "green", "yellow"),
    "pear": ("green", "yellow", "brown"),
    "banana": ("yellow", "green", "brown"),
    "cake": ("pink", "brown", "white", "yellow"),
    "turtle": ("green", "brown", "yellow"),
    "frog": ("green", "brown", "yellow"),
    "crab": ("red", "orange", "blue"),
    "owl": ("brown", "grey", "white"),
    "sheep": ("white", "black", "brown", "grey"),
    "pumpkin": ("orange", "yellow", "green", "white"),
    "carrot": ("orange", "yellow", "purple"),
    "lemon": ("yellow", "green"),
    "strawberry": ("red", "pink"),
    "cheese": ("yellow", "orange", "white"),
    "bread": ("brown", "orange", "yellow"),
    "teddy bear": ("brown", "white", "pink", "grey", "black"),
}

SETTINGS: dict[str, tuple[str, ...]] = {
    "beach": ("seaside", "seashore", "shore", "coast"),
    "street": ("city", "town", "urban street"),
    "park": ("meadow", "garden", "field", "countryside", "lawn"),
    "harbour": ("harbor", "port", "marina", "dock"),
    "snowy field": ("snow field", "winter landscape", "snowy landscape", "snowfield"),
    "kitchen": (),
    "study": ("office", "workplace", "desk"),
    "living room": ("lounge", "sitting room", "playroom"),
}
OTHER_PLACES: tuple[str, ...] = tuple(
    """bedroom bathroom nursery hallway corridor garage basement attic balcony classroom school hospital shop
    supermarket restaurant museum library forest woods jungle desert mountains village farm zoo playground
    stadium airport station yard island swamp""".split()  # noqa: SIM905  # a hundred quotation marks say nothing
)
"""Where no picture is set, and for which people ask."""
OUTDOORS: frozenset[str] = frozenset({"beach", "street", "park", "harbour", "snowy field"})

TRODDEN = {
    "beach": "sand",
    "street": "pavement",
    "park": "grass",
    "harbour": "quay",
    "snowy field": "snow",
    "kitchen": "counter",
    "study": "table",
    "living room": "floor",
}
"""What most things stand on in each place."""

# What a person cannot tell apart by looking is not told as a lie: a park is no false name for a snowy
# field's lawn.
NEAR_SETTINGS: tuple[frozenset[str], ...] = (
    frozenset({"beach", "harbour"}),
    frozenset({"study", "living room"}),
    frozenset({"park", "snowy field"}),
)

LIGHTS: dict[str, tuple[str, ...]] = {
    "day": ("daytime", "daylight", "morning", "noon", "midday", "afternoon"),
    "sunset": ("evening", "dusk", "sunrise", "dawn", "twilight"),
    "night": ("nighttime", "midnight", "night time"),
}

_MISREAD = """
OPEN: OMEN OPAL; CAFE: SAFE CAGE; TEA: TEAM TEAK; BOOKS: COOKS ROOKS
STOP: STEP SHOP; BREAD: BROAD BREED; SALE: SALT TALE; TAXI: MAXI TAXES
MILK: SILK MINT; FRESH: FLESH FRESCO; HELLO: CELLO HALLO; MUSIC: MAGIC MUSEUM
PIZZA: PLAZA PIAZZA; TOYS: TOES JOYS; HOTEL: MOTEL HOSTEL; BANK: TANK BAND
JAZZ: BUZZ FIZZ; LUCKY: DUCKY LUCY; SUNNY: SANDY SUNDAY; HAPPY: HARRY HIPPY
ROSE: RISE HOSE; MINT: MILK MIST; COCOA: CACAO COCONUT; SUGAR: CIGAR SUPER
HONEY: MONEY HOCKEY; RADIO: RATIO STUDIO; NORTH: SOUTH FORTH; SOUTH: NORTH YOUTH
METRO: RETRO METER; CINEMA: CINNAMON CHINA; BAKERY: BATTERY BREWERY; FLOWER: SHOWER POWER
MARKET: MARKER MARVEL; GARDEN: WARDEN GARMENT; SUMMER: WINTER SUMMIT; WINTER: SUMMER WINNER
ORANGE: GRANGE ORACLE; LEMON: DEMON LEMUR; SALT: SALE HALT; EXIT: EDIT EXAM
"""
MISREAD: dict[str, tuple[str, ...]] = {
    word: tuple(others.split())
    for word, others in (
        entry.split(": ") for line in _MISREAD.strip().splitlines() for entry in line.split("; ")
    )
}
"""What is written on things, each with the words for which somebody might take it who read it in haste."""
SIGN_WORDS: tuple[str, ...] = tuple(MISREAD)
READ_WORDS: frozenset[str] = frozenset({*MISREAD, *(word for others in MISREAD.values() for word in others)})
"""Whatever anybody may tell to be written there."""
