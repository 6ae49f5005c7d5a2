"""Other words for what is asked: each turned into one that the readers know."""

_MOODS = (
    "happy|cheerful|glad|joyful|pleased|friendly|content|smiling|sad|unhappy|angry|grumpy|upset|mad|frowning"
)
_SEEM = "(?:look|looks|seem|seems|appear|appears|feel|feels)(?: to be)?"

_COLOUR = "(red|orange|yellow|green|blue|purple|pink|brown|white|black|grey)"

_ONE = "(?:i|you|we|one|somebody|someone|people)"
_GOING = "(?:walk|walked|walking|go|goes|going|move|moving|step|stepping|head|heading)"
_ON_FOOT = rf"(?:if )?(?:{_ONE} )?(?:were to |was to )?{_GOING}"
_WRAP_UP = "(?:coats?|jackets?|gloves|mittens|scarf|scarves|sweater|warm|cold|chilly|freezing)"
_GOOD_FOR = r"^is (?:it|this) a good (?:time|day|place) (?:for|to)(?: a| have a| go)?"
_ITS = "(?:all |both )?(?:of )?(?:it is|its|their|his|her|the)"  # `its` has been read as `it is`
_FEET = "(?:wheels?|tyres?|tires?|feet|paws?|legs?)"
_TROD = "(?:road|pavement|street|sidewalk|grass|path|rug|carpet|floor|sand|snow|quay|pier|water)"
_FRAMED = "(?:pictures?|photos?|photographs?|drawings?|prints?)"  # not the one that is asked about
_THERE = r"(?: (?:on|in|at) the (?:left|right|middle|top|bottom))"
_MORE_OF = "(?:are there|is there|what is there|do you see|which are there) more(?: of)?"

WORDINGS: tuple[tuple[str, str], ...] = (
    (
        rf"^(?:does|do|has|have|is|are) (.+?) (?:(?:have|got|stand|standing|parked|with) )*{_ITS} {_FEET} "
        rf"(?:standing |resting )?(?:in|on) (the {_TROD}\b.*)$",
        r"is \1 on \2",
    ),
    (rf"^(?:is|are) the {_FEET} of (.+?) (?:in|on) (the {_TROD}\b.*)$", r"is \1 on \2"),
    (rf"^(?:is|are) (the .+?) s {_FEET} (?:in|on) (the {_TROD}\b.*)$", r"is \1 on \2"),
    (
        rf"^(is|are) there (?:an?|any|some) (?:framed )?{_FRAMED}"
        r"((?: hanging| hung)? (?:on|in|at|above|over|near|by|next to) the \w+)?$",
        r"\1 there a painting\2",
    ),
    (rf"^how many {_FRAMED}s? ((?:are |hang |hanging )?.*\bwalls?)$", r"how many paintings \1"),
    (
        r"\b(what|which) (time|part) of (?:the )?day (?:would|do|did|can|could) you "
        r"(?:say|think|guess|reckon).*$",
        "what time of day is it",
    ),
    (
        rf"^(?:would|will|do|should|must|might) {_ONE} "
        rf"(?:need|want|require|wear|put on|bring|take|feel|be|get|freeze)\b.*\b{_WRAP_UP}\b.*$",
        "is it winter",
    ),
    (rf"^(?:would|will|do|could|should) {_ONE} (?:freeze|shiver|need a hat)\b.*$", "is it winter"),
    (rf"^(?:would|will|could) {_ONE} (?:sweat|(?:be|get|feel) (?:hot|warm))\b.*$", "is it summer"),
    (rf"{_GOOD_FOR} (?:ski|sled|build a snow|snow)\w*\b.*$", "is it winter"),
    (rf"{_GOOD_FOR} (?:swim|picnic|bath)\w*\b.*$", "is it summer"),
    (rf"{_GOOD_FOR} (?:sunbath|tan)\w*\b.*$", "is it sunny"),
    (r"^(?:what|where|which way) (?:does|is) the sign point(?:ing)?\b.*$", "what does the sign say"),
    (
        rf"^(?:name|list|show|find) (?:me )?(?:everything|all(?: the)? things)(?: that is)? {_COLOUR}$",
        r"what is \1",
    ),
    (
        r"^which (?:two |three )?(\w+) (?:have|are of|share|are) the same colour$",
        r"what colour are most of the \1",
    ),
    (r"^how many (flying|floating|swimming|sitting|standing) (\w+)\b", r"how many \2 are \1"),
    (
        r"^what (?:does|do|is|are) (?:the )?(.+?) (?:stand|sit|lie|standing|sitting|lying) next to$",
        r"what is next to the \1",
    ),
    (r"^(is|are) any (?:of the )?(\w+) (on|in|under|behind|next to)\b", r"\1 there any \2 \3"),
    (r"^where does the path (?:start|begin|end|come from|stop)\b.*$", "where does the path lead"),
    (r"^what (?:kind|type|sort) of (\w+) is (?:it|this|that)(?: one)? (an? .+ or .+)$", r"is the \1 \2"),
    (
        r"^would you (?:call|describe) (the \w+)(?: as)? (\w+(?: \w+)? or (?:\w+ )?\w+)$",
        r"is \1 \2",
    ),
    (r"\bahead of\b", "in front of"),
    (
        r"^is the (.+?) (?:driving|riding|going) (in front of|behind) (?:the )?(.+?) or (behind|in front)$",
        r"is the \1 \2 the \3 or \4",
    ),
    (
        r"^(?:who|which|what)(?: one| \w+)? is (?:ahead|in front|leading|first) "
        r"(?:the )?(.+?) or (?:the )?(.+)$",
        r"is the \1 in front of or behind the \2",
    ),
    (
        rf"^{_ON_FOOT}(?: straight)? (?:to the )?(left|right)(?: side)? (?:from|of|past) "
        r"(?:the )?(.+?) what\b.*$",
        r"what is immediately to the \1 of the \2",
    ),
    (
        rf"^{_ON_FOOT} from (?:the )?(.+?) to the (left|right) what\b.*$",
        r"what is immediately to the \2 of the \1",
    ),
    (
        r"^is it (?:(?:cloudy|overcast) or (?:mostly )?clear|(?:mostly )?clear or (?:cloudy|overcast))\b.*$",
        "is the sky cloudy or clear",
    ),
    (
        r"^(?:what|which) colour\b.*\b(?:most|more)\b.*?(?: (?:among|of) the (\w+))? "
        rf"{_COLOUR} or {_COLOUR}$",
        r"are there more \2 \1 or more \3 \1",
    ),
    (
        rf"^{_MORE_OF} {_COLOUR} or (?:more )?{_COLOUR} (?:among the )?(\w+)$",
        r"are there more \1 \3 or more \2 \3",
    ),
    (rf"^are there more {_COLOUR} +or more {_COLOUR} *$", r"are there more \1 things or more \2 things"),
    (
        r"^what is (directly |right |straight |just )?(above|over|on top of) "
        r"the (?:roof|chimney|head|top)s? of (?:the )?(\w+)$",
        r"what is \1above the \3",
    ),
    (r"\b(?:standing|sitting|lying) (fully|entirely|completely|totally|wholly) on\b", r"\1 on"),
    (
        r"^(?:do|does) (.+?) (?:stand|sit|lie|stands|sits|lies) "
        r"((?:fully |entirely |completely )?on the \w+)$",
        r"is \1 \2",
    ),
    (
        r"^what (?:is|lies)(?: \w+ing)? (?:on|at) the far (left|right)(?: side)? (on|in) the (\w+)$",
        r"what is the \1most thing \2 the \3",
    ),
    (
        r"^what (?:is|lies)(?: \w+ing)? (?:on|at) the (left|right)(?: side)? (on|in) the (\w+)$",
        r"what is \2 the \3 on the \1",
    ),
    (r"^what is (?:leaning|propped) against (?:the|a) wall (on the (?:left|right))$", r"what is \1"),
    (r"^what are the (?:two|three|four|five|\d) (\w+ \w+)$", r"what are the \1"),
    (rf"^how many (\w+) (?:are|is) {_COLOUR} ((?:on|in) the \w+)$", r"how many \2 \1 are \3"),
    (
        rf"^which (\w+) is (closer|nearer) to (the .+?) the {_COLOUR}(?: one)? "
        rf"or (?:the )?{_COLOUR}(?: one)?$",
        r"which is \2 to \3 the \4 \1 or the \5 \1",
    ),
    (
        r"^what (?:kind|type|sort) of (\w+) (is|are) "
        r"((?:on|at|in) the (?:\w+ )?(?:left|right|top|bottom|middle)\b.*)$",
        r"which \1 \2 \3",
    ),
    (r"\b(windows)\b(.*) on (?:the|its) side$", r"\1\2"),
    (
        r"\b(to|from|at|towards?|nearest|closest) (?:the |a )?(?:camera|viewer|observer|photographer|lens)\b",
        r"\1 us",
    ),
    (r"\b(further|furthest|farther|farthest) (?:away|back|off)(?: from us)?\b", r"\1"),
    (
        r"^what (?:is|can|do)\b.* (?:through|outside|out of|behind|in) the window$",
        "what is behind the window",
    ),
    (
        r"^(?:describe|list|name) (?:what|everything)(?: that)? "
        r"(?:is|are|lies|stands|(?:you|i) (?:can )?see) "
        r"(on|in|under|behind|above|below|next) (?!(?:the|this|that) (?:picture|image|photo|scene|drawing))",
        r"what is \1 ",
    ),
    (
        r"^((?:between|behind|under|above|in front of|next to|left of|right of) (?:the |a )?\w.*?) "
        r"(what|who) ((?:is|are)(?: \w+ing)?)$",
        r"\2 \3 \1",
    ),
    (r"^what (?:can|do) you see outside$", "what is behind the window"),
    (
        r"^(?:which|what|who)(?: \w+)? is (closer|nearer) to (.+?) (?:the )?(left|right) (?!one\b)(\w+) "
        r"or (?:the )?(left|right) \4$",
        r"which \4 is \1 to \2 on the \3 or the \5",
    ),
    (r"\b(anything|something) else\b", r"\1"),
    (r"^is (?:there|it|this|that) an? (crescent|half|full) moon$", r"is the moon \1"),
    (r"^what (?:is|are) (.+?) tied (?:up )?with$", r"what colour is the ribbon of \1"),
    (r"\boutside (?:the|of the) window$", "outside"),
    (
        r"^what (?:is )?(?:the )?(?:moon(?: s)? (?:shape|phase)|(?:shape|phase) (?:is |of )+the moon)\b.*$",
        "is the moon full or crescent",
    ),
    (r"\bon the (left|right)(?: side)? (at|on) the (top|bottom)\b", r"\2 the \3 \1"),
    (
        r"\b(at|on|in) the (top|bottom)(?: and)?(?: to)?(?: on| at)? the (left|right)(?: side)?$",
        r"\1 the \2 \3",
    ),
    (r"^does it (?:look|seem|feel) (cold|freezing|chilly|frosty|icy|warm|hot)\b", r"is it \1"),
    (
        r"^(?:what|which) is the only (?!thing|object|item)(\w+)((?: (?:in|on|at|near|next)\b.*)?)$",
        r"which \1 is there\2",
    ),
    (r"^which (\w+) is there ((?:in|on|at|near|next)\b.*)$", r"which \1 is \2"),
    (r"^(is|are) (.+?) (?:all )?alone$", r"\1 \2 the only thing"),
    (r"^is it (?:cold|freezing|chilly|frosty|icy)(?: outside| there)?$", "is it winter"),
    (r"^is it (?:warm|hot)(?: outside| there)?$", "is it summer"),
    (r"^what (?:does|do) (.+?) contain$", r"what is in \1"),
    (r"^(?:does|do) (.+?) contain (.+)$", r"is there \2 in \1"),
    (r"^(?!what|who|(?:is|are) (?:this|it|that|we|they)\b)(.*)\bon the (?:beach|shore)\b", r"\1on the sand"),
    (
        r"^(?:is|are) (?:the |there )?(?:(?:an? |any )?(?:lights?|windows?) )?(?:(?:on|lit|lit up) )?"
        r"in (?:the )?(?:windows? )?(?:of )?(?:the )?(buildings?|houses?)(?: s)?(?: windows?)?"
        r"(?: (?:lit|burning|on|light|lights))*$",
        r"are the \1 lit",
    ),
    (r"^what is at the (?:far |very |other )*end of the path$", "where does the path lead"),
    (
        r"^what is (?:\w+ing )?(?:on|at) the (left|right)(?: side| edge)? of the (quay|pier|dock)$",
        r"what is on the \2 on the \1",
    ),
    (r"\b(?:stripes or straps|straps or stripes)\b", "straps"),
    (r"\b(suitcase|bag)\b(.*?) stripes\b", r"\1\2 straps"),
    (r"\b(?:clasps|latches|buckles)\b(.*\b(?:suitcase|bag))\b", r"locks\1"),
    (
        rf"^what is the (?!.*\b(?:thing|object|item)\b)(\w+(?: \w+)?{_THERE}?) an? (?!.* or )(\w+)$",
        r"is the \1 a \2",
    ),
    (
        r"^what (?:does|do|might|could) (the (?:\w+ )?(?:truck|shop|store|bus))(?: probably| likely)? "
        r"(?:deliver|sell|carry|transport)s?$",
        r"what is written on \1",
    ),
    (r"^where (?:does|do) (.+?) (?:go|run)(?: to)?$", r"where does \1 lead"),
    (
        r"^(?:which|what) (\w+) (?:is|looks) (\w+er) (?:the )?(left|right)(?: (?:one|\1))? or "
        r"(?:the )?(left|right)(?: (?:one|\1))?$",
        r"which is \2 the \3 \1 or the \4 \1",
    ),
    (r"\b(left|right) hand (side|corner|half|edge)\b", r"\1 \2"),
    (r"\b(higher|lower|highest|lowest) (?:up |down )?in the (?:sky|air)\b", r"\1"),
    (r"\b(higher|lower|highest|lowest) (?:up|down)\b", r"\1"),
    (r"\bfurther up$", "higher"),
    (r"\bfurther down$", "lower"),
    (r"\btraffic\b(?! (?:light|cone|sign|jam))", "vehicles"),
    (r"\bwildlife\b", "animals"),
    (rf"^(?:do|does) (.+?) {_SEEM} ((?:{_MOODS})(?: or (?:{_MOODS}))?)$", r"is \1 \2"),
    (rf"^(is|are) (.+?) looking ((?:{_MOODS})(?: or (?:{_MOODS}))?)$", r"\1 \2 \3"),
    (r"^(?:is|are) (.+?) (?:bare|leafless|naked)$", r"is \1 without leaves"),
    (
        r"^what (?:kind |type |sort )?(?:of )?(\w+) is the (\w+) one$",
        r"which \1 is \2",
    ),
    (
        r"^what (?:kind |type |sort )?(?:of )?(\w+) is (?:that|this|the one|the thing|it) "
        r"((?:in|on|at|next|behind|between|under|near|above|below|to)\b.*)$",
        r"which \1 is \2",
    ),
    (r"^(which|what) (\w+) is on the (\w+)(?: side)?$", r"\1 \2 is on the \3"),
    (r"\b(?:in|at) the (?:very )?front$", "in front"),
    (r"\bwhat is (?:up |visible |seen )?(?:there )?(?:up )?in the sky\b", "what is in the sky"),
    (r"\b(unlike|different (?:from|to|than)) (?:all )?(?:the )?(?:others?|rest)\b", "the odd one out"),
    (
        r"\b(?:does not|do not) (?:match|belong|fit in|fit)(?: with)?(?: the (?:others|rest))?$",
        "is the odd one out",
    ),
    (r"\b(?:stands|sticks) out(?: from the (?:others|rest))?$", "is the odd one out"),
    (
        r"^(?:is (?:it|this|that) )?(?:the )?(sun|moon) or (?:the )?(sun|moon)(?: in the sky| up there)?$",
        r"is there a \1 or a \2",
    ),
)
