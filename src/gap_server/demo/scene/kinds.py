"""The kinds of things a scene can show, and every noun by which a person may ask for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`synonyms` are singular. `groups` are wider words (a dog is an animal). `pose` is how it is always
    drawn.

    `mass`: said without an article and never counted (grass, sky). `backdrop`: part of the place.
    """

    name: str
    plural: str
    synonyms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    pose: str = ""
    mass: bool = False
    backdrop: bool = False


_THINGS = (
    Kind("car", "cars", ("automobile", "auto", "sedan", "hatchback"), ("vehicle",), "parked"),
    Kind("bus", "buses", ("coach", "minibus"), ("vehicle",), "parked"),
    Kind("truck", "trucks", ("lorry", "van"), ("vehicle",), "parked"),
    Kind("bicycle", "bicycles", ("bike", "cycle", "pushbike"), ("vehicle",), "parked"),
    Kind(
        "boat",
        "boats",
        ("sailboat", "ship", "sailing boat", "sailing ship", "yacht"),
        ("vehicle",),
        "floating",
    ),
    Kind("plane", "planes", ("airplane", "aeroplane", "aircraft", "jet"), ("vehicle",), "flying"),
    Kind("tree", "trees", (), ("plant",)),
    Kind("flower", "flowers", ("blossom", "daisy"), ("plant",)),
    Kind("mushroom", "mushrooms", ("toadstool", "fungus")),
    Kind("dog", "dogs", ("puppy", "doggy", "doggie", "hound", "pup"), ("animal", "pet", "mammal"), "sitting"),
    Kind("cat", "cats", ("kitten", "kitty", "pussycat"), ("animal", "pet", "mammal"), "sitting"),
    Kind("rabbit", "rabbits", ("bunny", "hare", "bunny rabbit"), ("animal", "pet", "mammal"), "sitting"),
    Kind("duck", "ducks", ("duckling",), ("animal", "bird")),
    Kind("bird", "birds", ("seagull", "gull"), ("animal", "bird"), "flying"),
    Kind("butterfly", "butterflies", ("moth",), ("animal", "insect", "bug"), "flying"),
    Kind("penguin", "penguins", (), ("animal", "bird"), "standing"),
    Kind("umbrella", "umbrellas", ("parasol", "sunshade", "beach umbrella")),
    Kind("bench", "benches", (), ("furniture", "seat")),
    Kind("lamp", "lamps", ("street lamp", "streetlight", "street light", "lamp post", "lamppost", "lantern")),
    Kind("sign", "signs", ("signboard", "signpost", "billboard", "noticeboard")),
    Kind("bucket", "buckets", ("pail",), ("container",)),
    Kind("house", "houses", ("cottage", "hut", "cabin"), ("building",)),
    Kind("snowman", "snowmen"),
    Kind("kite", "kites", (), ("toy",), "flying"),
    Kind("balloon", "balloons", (), (), "floating"),
    Kind("ball", "balls", ("football", "beach ball", "soccer ball"), ("toy",)),
    Kind("cup", "cups", ("mug", "teacup", "coffee cup", "coffee mug"), ("container",)),
    Kind("bottle", "bottles", ("flask",), ("container",)),
    Kind("book", "books", ("novel", "textbook")),
    Kind("apple", "apples", (), ("fruit", "food")),
    Kind("pear", "pears", (), ("fruit", "food")),
    Kind("banana", "bananas", (), ("fruit", "food")),
    Kind("teapot", "teapots", ("kettle", "tea pot")),
    Kind("cake", "cakes", ("gateau", "birthday cake"), ("food", "dessert")),
    Kind("candle", "candles", (), (), "burning"),
    Kind("clock", "clocks", ("alarm clock", "timepiece")),
    Kind("gift", "gifts", ("present", "gift box", "parcel", "box")),
    Kind("hat", "hats", ("top hat", "cap"), ("clothing",)),
    Kind("teddy bear", "teddy bears", ("teddy", "bear", "plush bear", "stuffed bear"), ("toy",), "sitting"),
    Kind("robot", "robots", ("android", "droid"), ("toy",), "standing"),
    Kind("chair", "chairs", (), ("furniture", "seat")),
    Kind("pencil", "pencils", ("crayon", "pen")),
    Kind("guitar", "guitars", (), ("instrument", "musical instrument")),
    Kind("turtle", "turtles", ("tortoise",), ("animal",), "standing"),
    Kind("frog", "frogs", ("toad",), ("animal",), "sitting"),
    Kind("crab", "crabs", (), ("animal",), "standing"),
    Kind("snail", "snails", (), ("animal",), "crawling"),
    Kind("owl", "owls", (), ("animal", "bird"), "sitting"),
    Kind("sheep", "sheep", ("lamb",), ("animal", "mammal"), "standing"),
    Kind("tent", "tents"),
    Kind("flag", "flags", ("banner",)),
    Kind("barrel", "barrels", ("cask", "keg"), ("container",)),
    Kind("mailbox", "mailboxes", ("letterbox", "post box", "postbox", "letter box")),
    Kind("traffic cone", "traffic cones", ("cone", "pylon")),
    Kind("suitcase", "suitcases", ("case", "trunk", "luggage", "bag"), ("container",)),
    Kind("basket", "baskets", ("hamper",), ("container",)),
    Kind("boot", "boots", ("shoe", "wellington")),
    Kind("pumpkin", "pumpkins", (), ("food", "vegetable")),
    Kind("carrot", "carrots", (), ("food", "vegetable")),
    Kind("lemon", "lemons", (), ("fruit", "food")),
    Kind("strawberry", "strawberries", ("berry",), ("fruit", "food")),
    Kind("cheese", "cheeses", (), ("food",)),
    Kind("bread", "breads", ("loaf", "baguette"), ("food",)),
    Kind("jar", "jars", ("jam jar",), ("container",)),
    Kind("vase", "vases", (), ("container",)),
    Kind("drum", "drums", (), ("instrument", "musical instrument", "toy")),
    Kind("anchor", "anchors"),
    Kind("scooter", "scooters", ("kick scooter",), ("vehicle",), "parked"),
    Kind("helicopter", "helicopters", ("chopper",), ("vehicle",), "flying"),
    Kind("starfish", "starfish", ("sea star",), ("animal",), "lying"),
)

_BACKDROP = (
    Kind("sky", "skies", mass=True, backdrop=True),
    Kind("sea", "seas", ("water", "ocean"), mass=True, backdrop=True),
    Kind("sand", "sand", mass=True, backdrop=True),
    Kind("grass", "grass", ("lawn", "meadow", "turf"), mass=True, backdrop=True),
    Kind("snow", "snow", mass=True, backdrop=True),
    Kind("road", "roads", ("asphalt", "tarmac"), backdrop=True),
    Kind("pavement", "pavements", ("sidewalk",), backdrop=True),
    Kind("quay", "quays", ("pier", "dock", "jetty", "wharf"), backdrop=True),
    Kind("path", "paths", ("footpath", "trail"), backdrop=True),
    Kind("wall", "walls", ("wallpaper",), backdrop=True),
    Kind("floor", "floors", mass=False, backdrop=True),
    Kind("rug", "rugs", ("carpet",), backdrop=True),
    Kind("table", "tables", ("desk", "tabletop", "desktop"), backdrop=True),
    Kind("counter", "counters", ("worktop", "countertop", "kitchen counter"), backdrop=True),
    Kind("window", "windows", backdrop=True),
    Kind("sun", "suns", backdrop=True),
    Kind("moon", "moons", backdrop=True),
    Kind("cloud", "clouds", backdrop=True),
    Kind("hill", "hills", ("mountain",), backdrop=True),
    Kind("building", "buildings", ("skyscraper", "tower", "tower block"), backdrop=True),
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in (*_THINGS, *_BACKDROP)}
THINGS: tuple[str, ...] = tuple(kind.name for kind in _THINGS)
BACKDROP: tuple[str, ...] = tuple(kind.name for kind in _BACKDROP)

# Nouns that a person may ask for and that no scene ever shows: to be denied by name. Who lies claims what
# might be met in such places; of the rest everybody knows without a look that it is not there, and who told
# of it would be known by that alone.
_MIGHT_BE_MET: tuple[str, ...] = tuple(
    """
    person man woman child boy girl baby human kid lady guy horse cow pig goat chicken snake spider
    bee fish mouse squirrel swan parrot tram motorcycle motorbike tractor phone telephone laptop
    computer keyboard tv television camera radio spoon fork knife plate bowl pan pizza sandwich
    burger tomato potato grape cherry melon pineapple egg cookie bed sofa couch cupboard fridge oven
    sink shelf mirror sock shirt dress coat glove scarf bridge church fence gate doll piano violin
    trumpet key backpack ladder hammer shovel wheelchair skateboard surfboard sled ski campfire
    statue fountain swing slide cactus rose palm cyclist driver microwave towel pillow blanket
    curtain painting poster calendar newspaper scissors smoke seashell hedge bush pond puddle
    wardrobe candlestick rock pebble track footprint reflection napkin rope net sailor fisherman
    passenger star motorboat rowboat speedboat canoe
""".split()  # noqa: SIM905  # a hundred quotation marks say nothing
)
_OUT_OF_PLACE: tuple[str, ...] = tuple(
    noun.replace("-", " ")
    for noun in """
    polar-bear brown-bear panda elephant giraffe zebra lion tiger monkey shark whale dolphin fox
    wolf deer camel train rocket spaceship submarine castle lighthouse river lake waterfall volcano
    rainbow dinosaur dragon unicorn ghost alien monster pirate clown king queen princess sword crown
    traffic-light crayfish police toilet bathtub lightning planet airship ceiling captain pilot
    crowd
""".split()  # noqa: SIM905  # a hundred quotation marks say nothing
)
NEVER_DRAWN: tuple[str, ...] = (*_MIGHT_BE_MET, *_OUT_OF_PLACE)
_MET_THOUGH_NOT_KNOWN = frozenset(
    {"paper", "stone", "shell", "stick", "log", "leaf", "box", "hole", "ring", "door"}
)

_IRREGULAR = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "sheep": "sheep",
    "loaf": "loaves",
    "luggage": "luggage",
    "starfish": "starfish",
    "fish": "fish",
    "mouse": "mice",
    "knife": "knives",
    "wolf": "wolves",
    "police": "police",
    "deer": "deer",
    "scissors": "scissors",
    "shelf": "shelves",
    "aircraft": "aircraft",
    "furniture": "furniture",
    "clothing": "clothing",
    "food": "food",
    "snowman": "snowmen",
    "asphalt": "asphalt",
    "tarmac": "tarmac",
    "water": "water",
    "grass": "grass",
    "sand": "sand",
    "snow": "snow",
    "fungus": "fungi",
    "leaf": "leaves",
    "tooth": "teeth",
    "foot": "feet",
    "antenna": "antennae",
    "smoke": "smoke",
    "hair": "hair",
    "jewellery": "jewellery",
}

UNCOUNTED: frozenset[str] = frozenset(
    {"furniture", "clothing", "luggage", "food", "water", "smoke", "cheese", "bread"}
)
"""Said in pieces, where they are counted at all."""


def plural_of(noun: str) -> str:
    """The English plural of a singular noun."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


LETTERED: frozenset[str] = frozenset({"sign", "book", "cup", "bus", "truck"})
IN_THE_AIR = frozenset(
    {"kite", "balloon", "bird", "butterfly", "plane", "helicopter", "sun", "moon", "cloud"}
)


# What is too large for a room: where it is told of, it is a toy.
_TOO_LARGE = frozenset({"car", "bus", "truck", "boat", "plane", "helicopter", "house", "tree", "penguin"})


def may_be_told_of(noun: str, kinds: frozenset[str]) -> bool:
    """Whether a lie may put such a thing into a picture."""
    return bool(kinds) or noun in _MIGHT_BE_MET or noun in _MET_THOUGH_NOT_KNOWN


def is_toy(kinds: frozenset[str], *, outdoors: bool) -> bool:
    """Whether a thing of such kinds could only be a toy there."""
    return not outdoors and bool(kinds) and kinds <= _TOO_LARGE


def article_of(noun: str) -> str:
    """`a` or `an`, by the sound of the first letter."""
    return "an" if noun[0] in "aeiou" and not noun.startswith("uni") else "a"


def members_of(group: str) -> frozenset[str]:
    """The kinds that a wider word covers; empty where it is no such word."""
    return frozenset(kind.name for kind in KINDS.values() if group in kind.groups)


GROUPS: tuple[str, ...] = tuple(sorted({group for kind in KINDS.values() for group in kind.groups}))
