"""Is a question put to the model itself? Told by its words alone: the arm has no part in it."""

import re
from typing import Final

from gap_server.quality.questions.category import Category, categorised
from gap_server.vlm.screen.disguises import folded

_FIGURE_OF_SPEECH: Final = re.compile(
    r"\b(?:can|could|do|would) you (?:please )?(?:see|count|spot|notice|tell me|describe|name|find)\b|"
    r"\bwould you say\b|\b(?:ты видишь|вы видите|видишь ли ты|видите ли вы)\b"
)
_TO_THE_MODEL: Final = re.compile(
    r"\b(?:you|your|you're|yourself|told|tell|say|said|asked|answer\w*|repl\w*|respon\w*|instruct\w*|"
    r"directions?|prompt\w*|rules?|system|ignore|repeat|translate|pretend|role|lie|lies|lied|lying|true|truth\w*|"
    r"honest\w*|false\w*|wrong\w*|right|correct\w*|really|sure|certain|trust|believe|"
    r"ты|тебе|тебя|твой|твои|твоя|твою|вы|вам|вас|ваш\w*|сказали|велели|ответ\w*|инструкц\w*|указани\w*|промпт\w*|"
    r"правил\w*|повтори\w*|переведи\w*|притвор\w*|лж\w*|лга\w*|вр[её]\w*|врать|прав\w*|честн\w*|ложь|ложн\w*|неверн\w*|"
    r"уверен\w*|точно)\b"
)


def speaks_to_the_model(question: str) -> bool:
    """True too where no rule of ours can read the question: what is not understood may ask for anything."""
    if categorised(question).category in {None, Category.OTHER}:
        return True
    return _TO_THE_MODEL.search(_FIGURE_OF_SPEECH.sub(" ", folded(question))) is not None
