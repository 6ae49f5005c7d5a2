"""Other words for the parts of things and for how they are: each turned into one that the readers know."""

_SEAT = r"(\w+ )?(chair|bench)"
_END = r"(?:toes?|tips?|points?|noses?|heads?|snouts?)"
_BOTH, _POINT = r"(?:the |both |all |each )*", r"(?:point|pointing|face|facing)"
_HIS = r"(?:its|his|her|their|the|a)"
_SOMEBODY = r"(?:someone|anyone|somebody|anybody)"
_CUT = r"(?:cut|sliced|eaten|bitten)"
_PIECE = r"(?:slice|piece|bit|bite|part)"

PART_WORDINGS: tuple[tuple[str, str], ...] = (
    (r"\b(?:centre|middle|heart|inside) of (the (?:\w+ )?flower)\b", r"core of \1"),
    (r"\bflower s (?:centre|middle|heart)\b", "flower s core"),
    (r"\bguitar s neck\b", "guitar s fretboard"),
    (r"\bneck of (the (?:\w+ )?guitar)\b", r"fretboard of \1"),
    (r"\b(book) s cover\b", r"\1"),
    (r"\bcover of (the (?:\w+ )?book)\b", r"\1"),
    (rf"\bback of (the {_SEAT})\b", r"backrest of \1"),
    (rf"\b{_SEAT} s back\b", r"\1\2 s backrest"),
    (r"\barm ?rests?\b", "armrests"),
    (r"\b(above|over) the (?:roof of the house|house s roof|roof)\b", r"\1 the house"),
    (r"^what (is|are) (.+?) up to\b.*$", r"what \1 \2 doing"),
    (rf"^(?:do|does|are|is) the {_END} of {_BOTH}(\w+) {_POINT}\b", r"are both \1 pointing"),
    (rf"^(?:do|does) (.+? s) {_END} (?:point|face)\b", r"are \1 pointing"),
    (
        r"^is (?:the|this|that)(?: \w+)? (?:boat|ship) an? (?:sail ?boat|sailing boat|yacht)$",
        "does the boat have sails",
    ),
    (
        r"^where (?:is|are|do|does) (.+?) (?:point|pointing|aiming|aimed)(?: to| at)?$",
        r"which way is \1 pointing",
    ),
    (
        rf"^(?:does|do|is|are|has|have) (the .+?)(?: have| stick| sticking| got)? {_HIS} "
        r"tongue (?:out|sticking out|hanging out|poking out)$",
        r"is the tongue of \1 out",
    ),
    (
        rf"^(?:does|is) (the .+?) (?:stick|sticking|poking) out {_HIS} tongue$",
        r"is the tongue of \1 out",
    ),
    (r"\btongue\b(.*?)\b(?:sticking|hanging|poking|stuck|lolling) out$", r"tongue\1out"),
    (rf"^(?:has|have) (the .+?) (?:already )?been (?:already )?{_CUT}\b.*$", r"is \1 cut"),
    (rf"^(?:has|have) {_SOMEBODY} (?:already )?{_CUT}(?: into)? (the \w+)$", r"is \1 cut"),
    (rf"^is (?:there )?an? {_PIECE} (?:of )?\w+ (?:out )?(?:from|of|out of) (the \w+)$", r"is \1 cut"),
    (rf"^is (the \w+) missing an? {_PIECE}$", r"is \1 cut"),
    (r"^(is|are) (.+?) (?:(?:asleep|sleeping) or awake|awake or (?:asleep|sleeping))$", r"what \1 \2 doing"),
    (r"^(?:is|are) (.+?) awake$", r"are the eyes of \1 open"),
    (
        r"\b(?:zigzag |wavy |squiggly )?(?:line|wave|pulse|squiggle)\b(.*\b(?:robot|screen|chest)\b)",
        r"curve\1",
    ),
)
