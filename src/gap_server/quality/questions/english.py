"""The categories of English questions, as patterns in the order in which they are tried."""

from typing import Final

_COLOURS: Final = (
    "red|blue|green|yellow|orange|purple|violet|pink|brown"
    "|black|white|gr[ae]y|beige|gold(?:en)?|silver|turquoise"
)
_BE: Final = "(?:is|are|was|were|'s|does|do)"
_ASKED_IF: Final = (
    r"^(?:so |and |ok |hey |well )?(?:is|are|was|were|does|do|did|can|could|has|have|will|would)\b"
)

ENGLISH: Final = (
    (
        "reasoning",
        r"\bwhy\b|\bhow come\b|\bwhat (?:will|would|could|might|happen\w*)\b|\bhow (?:do|can"
        r"|could) (?:you|we)\b",
    ),
    (
        "reasoning",
        r"\b(?:more|fewer|less|bigger|smaller|taller|larger|longer|older|younger|closer|higher"
        r"|heavier) (?:\w+ ){0,4}than\b",
    ),
    (
        "reasoning",
        r"\b(?:what|which) (?:is|are|of|\w+ is) (?:there )?more\b|\bthe same (?:number|colou?r|size|kind"
        r"|shape|height) as\b",
    ),
    (
        "reasoning",
        r"\bprobably\b|\blikely\b|\bhow (?:is|are) \w+ related\b|\bpurpose\b|\bwhat is the relation",
    ),
    (
        "text",
        r"\bnumber (?:is |are |'s )?(?:written|on|plate|shown|displayed|printed)\b|\b(?:what"
        r"|which) number\b|\blicen[cs]e plate\b",
    ),
    (
        "counting",
        r"\bhow many\b|\bhow much\b(?! (?:is|does|time))|\bnumber of\b|\bnumbers of\b|\bcount\b"
        r"|\bno\.? of\b|\btotal\b|\bamount of\b",
    ),
    (
        "existence",
        r"^(?:so |and |ok )?(?:is|are|was|were) there\b|^(?:is|are) (?:any|some)\b|^any\b"
        r"|^do you see (?:a|an|any|some)\b"
        r"|^can (?:you|we|i) see (?:a|an|any|some)\b|^does (?:the|this) (?:image|picture|photo) (?:show"
        r"|contain|have)\b"
        r"|^(?:is|are) (?:a|an) [\w ]+ (?:visible|in the (?:image|picture|photo))\b"
        r"|^(?:do|can) you (?:notice|spot|find) (?:a|an|any)\b|\b(?:exist|exists)\b",
    ),
    (
        "text",
        r"\bwritten\b|\bwriting\b|\bwrites?\b|\bsays?\b|\bsaying\b|\btext\b|\bread(?:s|ing)? on\b"
        r"|\bwords?\b|\bletters?\b"
        r"|\blogo\b|\bbrand\b|\blabel\b|\bslogan\b|\binscription\b|\btitle\b"
        r"|\bname (?:of the )?(?:\w+ )?(?:on|street|company|shop|store|team|airline|bus)\b"
        r"|\bcan you read\b|\bsign read\b|\bwhat time\b|\btime (?:is|on|does|visible|shown)\b"
        r"|\bwhat year\b|\byear\b|\bspell"
        r"|\bspelled\b|\bcaption\b|\bdigits?\b|\bprinted\b|\bwhat is the (?:\w+ )?(?:street )?name\b"
        r"|\bwhich airline\b|\bprice\b",
    ),
    ("colour", rf"\bcolou?r(?:s|ed)?\b|{_ASKED_IF}(?: \w+){{1,6}} (?:{_COLOURS})\b[?.! ]*$"),
    (
        "position",
        r"^where(?! (?:was|were) (?:this|the (?:photo|picture|image)))|\b(?:which|what) (?:side"
        r"|direction|way|corner|end|hand|foot|leg|arm|ear|eye|part of the (?:image|picture))\b"
        r"|\bin which (?:hand|ear|foot|corner|direction)\b|\bfac(?:e|es|ing)\b|\bposition\b|\blocated\b"
        r"|\blocation of\b"
        rf"|{_ASKED_IF}.*\b(?:left|right|behind|above|below|under|beneath|in front|next to|beside|between"
        rf"|inside|outside|near|on top|at the (?:top|bottom)|in the (?:middle|centre|center|corner"
        rf"|background|foreground)|on the (?:\w+))\b"
        r"|\b(?:first|last|second|third) from (?:the )?(?:left|right)\b",
    ),
    (
        "scene",
        r"\bdescri(?:be|ption)\b|\bwhat (?:do|can) you see\b|\bwhat(?:'s| is) (?:going on|happening)\b"
        r"|\bweather\b|\bseason\b"
        r"|\bindoors?\b|\boutdoors?\b|\b(?:day|night)(?:time)?\b|\btime of (?:the )?day\b|\bwhere (?:was"
        r"|were) (?:this|the)\b"
        r"|\bwhat (?:is|'s|does) (?:in )?(?:this|the) (?:image|picture|photo|scene)\b"
        r"|\bwhat kind of (?:place|room|scene)\b"
        r"|\btell me about\b|\bwhat(?:'s| is) (?:shown|depicted)\b|\bsunny\b|\brain(?:y|ing)\b"
        r"|\bsnowing\b|\b(?:which|what) (?:room|city|country|place)\b",
    ),
    (
        "attribute",
        r"\bwear(?:s|ing)?\b|\bdressed\b|\bmade (?:of|from|out)\b|\bmaterial\b|\bshape\b|\bsize\b"
        r"|\bpattern\b|\bgender\b|\bsex\b"
        r"|\bhow (?:old|big|tall|large|long|wide|high|small|full|far|deep|fast|heavy|clean)\b|\bage\b"
        r"|\bhair(?:style)?\b|\bheight\b"
        r"|\bstriped?\b|\bmood\b|\bexpression\b|\bemotion\b|\bfeel(?:ing|s)?\b|\bempty\b|\bfull\b"
        r"|\bbroken\b|\bwet\b|\bdry\b|\bdirty\b|\bclean\b"
        r"|\b(?:is|are)\b.*\b(?:open|closed|shut|turned o(?:n|ff)|lit|on or off|smiling|happy|sad|male"
        r"|female|wooden|metal|plastic|big|small|tall|old|young|round|square)\b"
        r"|\bwhat(?:'s| is| are) .+ like\b|\bbald\b|\bbeard\b",
    ),
    (
        "action",
        rf"\bwhat {_BE} .*\bdo(?:ing)?\b|\bhold(?:s|ing)?\b|\bcarry(?:ing)?\b|\blooking at\b|\blook at\b"
        rf"|{_ASKED_IF}.*\b(?!(?:ceil|build|morn|even|th|noth|anyth|someth|r|k|str|w|spr|cloth|light"
        rf"|paint|draw|wr|mean|miss)ing\b)\w{{2,}}ing\b"
        r"|^who(?:'s| is| are) \w+ing\b|\bplay(?:s|ing)?\b|\beat(?:s|ing)?\b|\braised?\b|\bsport\b"
        r"|^(?:which|what) \w+ (?:is|are) (?:\w+ )?(?:\w+ing)\b|^what (?:is|are) .*\b(?:riding|eating"
        r"|drinking|pushing|pulling|throwing|using|reading)\b",
    ),
    (
        "kind",
        r"\b(?:what|which) (?:kinds?|types?|sorts?|breeds?|species|models?|make|variety)\b|^(?:what"
        r"|which) (?:\w+ )?(?:animal|fruit|vegetable|food|vehicle|object|thing|bird|flower|instrument"
        r"|item|tool|dish|sport|game|drink|building|toy|device)s?\b"
        r"|^(?:what|which)(?:'s| is| are)\b|^who\b|^what (?:lies|stands|sits|hangs)\b|^name\b"
        r"|^identify\b|^what does\b"
        r"|^(?:is|are) (?:it|this|that|these|they|he|she) (?:a|an)\b|^is the \w+ an? \w+",
    ),
    ("attribute", rf"{_ASKED_IF}|^which\b|^how\b"),
    ("existence", r"^(?:the |some |an? )?\w+(?: \w+)?\?$"),
)
