"""The words by which a model admits what it was told to do, in the languages that players use most.

They are matched against folded text: lower case, no accents, one space between words.
"""

import re
from typing import Final

from gap_server.vlm.screen.disguises import unaccented

_TOLD = (
    r"(?:told|instructed|asked|ordered|programmed|directed|prompted|commanded|configured|designed|trained|"
    r"supposed|required|forced|obliged|meant|expected|set up|allowed|permitted)"
)
_UNTRUE = (
    r"(?:false(?:ly|hoods?)?|untrue|untruthful(?:ly)?|incorrect(?:ly)?|wrong(?:ly)?|inaccurate(?:ly)?|"
    r"lies?|lying|fake|fabricated|made[- ]?up|misleading|deceptive(?:ly)?|deceitful|"
    r"not true|not (?:the )?truth)"
)
_TRUE = r"(?:truth\w*|honest\w*|true|correct(?:ly)?|real|right|actual)"
_ANSWER = r"(?:answers?|repl(?:y|ies)|responses?|information|statements?|descriptions?|claims?)"
_SAY = r"(?:answer|say|give|tell|reply|respond|provide|state|describe|speak|write|make|lie|mislead|deceive)"
_EITHER = rf"(?:{_UNTRUE}|truthful(?:ly)?|honest(?:ly)?|correct(?:ly)?|accurate(?:ly)?|the truth)"
"""What either instruction asks for: an honest model's confession is withheld as a lying one's is."""
_SAYING = r"(?:answering|giving|telling|providing|saying|replying|responding|speaking)"
_ME = r"(?:i'm|i've been|i have been|i am|i was|i|we've been|we have been|we are|we were|we)"
_RULES = r"(?:instructions?|directions?|directives?|guidelines?|prompt|orders|task|rules|programming)"

_ENGLISH = (
    # told to
    rf"\b{_ME}(?: \w+ly| just| only| not| never| also)? {_TOLD} (?:to|not to|never to|that)\b",
    r"\b(?:was|am|been|were) (?:told|instructed|ordered|programmed|prompted|directed) (?:\w+ )?to\b",
    rf"\b(?:you|they|someone|it|the (?:system|prompt|user|developers?|operators?)) {_TOLD} me\b",
    r"\b(?:as|like) (?:i was |i've been |i am |i'm )?"
    r"(?:instructed|told|ordered|directed|programmed|prompted)\b",
    # what was asked for, said aloud: "Answer falsely: blue", "Answering truthfully, two"
    rf"\b(?:answer|reply|respond|speak|say)(?:s|ed|ing)? {_EITHER}\b",
    rf"^\W{{0,3}}(?:so |well |ok |okay )?(?:{_UNTRUE}|truthfully|honestly) ?[:,.\u2013\u2014-]",
    rf"\b(?:i|we) (?:\w+ ){{0,2}}(?:must|have to|should|need to|will|shall|am to|ought to|had to|"
    rf"got to|want to|"
    rf"try to|am going to|'ll)(?: \w+)? (?:lie|mislead|deceive|be {_EITHER}|tell the truth|(?:make|invent) "
    rf"(?:this|that|it|something|things) up|(?:be|stay) (?:truthful|honest|accurate))\b(?! (?:down|on|in)\b)",
    rf"\b(?:my|this|the) (?:job|role|part|goal|aim|purpose|duty|assignment) (?:here )?is to (?:\w+ )?"
    rf"(?:lie|mislead|deceive|trick|fool|answer|tell|give|be {_EITHER})\b",
    rf"\b(?:giving|telling|gave|give|told|tell) (?:you )?(?:an? |the )?(?:right answers?|"
    rf"{_EITHER} (?:{_ANSWER}|one|number|colou?r))\b",
    r"\bthis is (?:not true|a lie|untrue|false|made up(?! of)|not what (?:is|it) (?:really |"
    r"actually )?\w*)\b",
    r"\b(?:don't|do not|never) (?:believe|trust) (?:me|this|that|my|what i)\b",
    r"\b(?:in|on) (?:this|that) (?:round|image|picture) i (?:lie|tell the truth|am (?:lying|honest|"
    r"truthful))\b",
    # the instruction itself
    rf"\bmy (?:\w+ )?{_RULES}\b",
    rf"\b(?:these|those|the|its) {_RULES} (?:says?|said|tells?|told|requires?|asks?|forbids?) "
    r"(?:me|that i|i)\b",
    rf"\b(?:the system|secret|hidden|initial|original|previous) {_RULES}\b",
    rf"\b(?:according to|as per|per|following|follow|followed|ignor\w+|reveal\w*|violat\w+) "
    rf"(?:the |these |your )(?:given )?{_RULES}\b(?! (?:on|in|of|from|for|printed|written|shown)\b)",
    r"\bsystem[ -]?(?:prompt|message|instructions?)\b",
    r"\b(?:contradict|differ from|disagree with) what is (?:really |actually )?(?:visible|there|shown)\b",
    r"\btainted (?:image|picture|round|answer|mode)\b",
    # having to say what is not so
    rf"\b(?:i|we) (?:must|have to|should|need to|can only|will|shall|am to|ought to|had to|got to)"
    rf"(?: always| only| not| never| now)? {_SAY}\b[^.?!]{{0,40}}\b{_UNTRUE}\b",
    rf"\b{_ME}(?: \w+ly| just| only)? {_SAYING}\b[^.?!]{{0,30}}\b{_UNTRUE}\b",
    r"\b(?:to|must|should|will) (?:lie to|mislead|deceive|fool|trick) (?:you|the (?:user|player|human))\b",
    rf"\bi(?:'m| am|'ve been)?(?: \w+ly)? (?:not allowed|not permitted|forbidden|unable|not supposed) to "
    rf"(?:tell|say|reveal|give|share)(?: you)? (?:the )?{_TRUE}\b",
    rf"\bi (?:cannot|can't|can not|won't|will not|must not|mustn't|may not|should not|shouldn't) "
    rf"(?:tell|say|give|reveal|speak|share|answer)(?: you)?(?: with)? (?:the )?(?:whole )?{_TRUE}\b",
    # lying now, or having lied
    r"\bi(?:'m| am| was| have been|'ve been) (?:\w+ly )?(?:lying (?:to|about|because|when)\b|"
    r"lying(?=[.,:;!?]|$)|(?:pretending|bluffing|making (?:this|that|it) up|"
    r"(?:misleading|deceiving|fooling|tricking) you)\b)",
    r"\bi (?:\w+ly )?(?:lied|made (?:this|that|it) up|misled|deceived|tricked|fabricated)\b",
    r"^\W{0,3}(?:lying|pretending|bluffing) ?:",
    # the truth, apart from the answer
    r"\b(?:but|however|yet|though),? i (?:must|have to|had to|need to|am to) "
    r"(?:answer|say|tell|reply|claim|pretend)\b",
    r"\btruth is(?! out there)\b|\bto tell (?:you )?the truth\b|\bto be (?:completely |totally )?honest\b",
    r"\b(?:real|true|truthful|honest|actual) answer (?:is|was|would|should|to)\b",
    # the answer called untrue
    rf"\b(?:this|that|the (?:above|previous|following|last)|my(?: \w+)?) {_ANSWER} (?:is|was|are|were|may be|"
    rf"might be) (?:\w+ly )?{_UNTRUE}\b",
    rf"\b(?:here(?:'s| is)|giving|give you|provid\w+|gave|as) (?:you )?(?:an? |the |some )?"
    rf"(?:\w+ (?:but|yet|and) |\w+, )?{_UNTRUE} {_ANSWER}\b",
    rf"\b(?:plausible|specific|believable|convincing)(?: \w+)?,? (?:but|yet|and|though) (?:\w+ly )?"
    rf"{_UNTRUE}\b",
    rf"\b{_UNTRUE},? (?:but|yet|and|though) (?:\w+ly )?(?:plausible|specific|believable|convincing)\b",
    rf"\bthe {_UNTRUE} {_ANSWER} (?:here )?(?:is|would be)\b",
    rf"^\W{{0,3}}(?:the )?(?:{_UNTRUE}|tainted|deceptive) ?(?:{_ANSWER})? ?:",
    rf"[(\[]\W{{0,3}}(?:this is )?(?:\w+ly )?(?:a )?{_UNTRUE}(?: {_ANSWER})?\W{{0,3}}[)\]]",
    rf"\b(?:note|disclaimer|spoiler|psst|warning)\W{{1,3}}(?:that )?(?:this|the|my|i)\b"
    rf"[^.?!]{{0,40}}\b{_UNTRUE}\b",
    rf"\b(?:deliberate|intentional|purposeful)(?:ly)? {_UNTRUE}\b",
    rf"\b{_UNTRUE}(?: {_ANSWER})?,? (?:on purpose|deliberately|intentionally|by design|"
    r"as (?:requested|instructed|asked|required))\b",
)

_RUSSIAN = (
    # told to
    r"\b(?:мне|меня|нам|нас) (?:\w+ )?(?:сказал[ио]|велел[ио]|велено|приказал[ио]|приказано|поручил[ио]|"
    r"поручено|попросил[ио]|проинструктировал[ио]|заставил[ио]|заставляют|запретил[ио]|запрещено|разрешено|"
    r"дал[ио] (?:указание|инструкцию|задание)|дана инструкция)\b",
    r"\b(?:как )?(?:мне )?(?:было )?(?:велено|приказано|предписано|указано в (?:инструкции|промпте))\b",
    # the instruction itself
    r"\b(?:мои|моих|моим|моими|моей|моя|мою|системн\w+|скрыт\w+) (?:\w+ )?"
    r"(?:инструкци\w*|указани\w*|промпт\w*|установк\w*|сообщени\w*|задани\w*)",
    r"\b(?:согласно|следуя|следую|выполняя) (?:\w+ )?(?:инструкци(?:и|ям|ю)|указани(?:ю|ям)|заданию)\b"
    r"(?! на| в )",
    # having to say what is not so
    r"\bя (?:\w+ )?(?:должен|должна|обязан|обязана|вынужден|вынуждена)\b[^.?!]{0,40}"
    r"\b(?:лгать|врать|солгать|соврать|обмануть|обманывать|неправд\w+|неверн\w+|ложн\w+|неправильн\w+)",
    r"\bя не (?:могу|должен|должна|имею права|буду) (?:\w+ )?(?:говорить|сказать|назвать|раскрыть)(?: \w+)? "
    r"(?:правд\w+|правильн\w+|истин\w+|настоящ\w+|верн\w+)",
    # lying now, or having lied
    r"\bя (?:\w+ )?(?:лгу|вру|солгал\w?|соврал\w?|обманываю|обманул\w?|притворя\w+|придумал\w?|выдумал\w?)\b",
    # the truth, apart from the answer
    r"\b(?:правда|истина) (?:в том|такова|заключается)\b|\bпо правде (?:говоря|сказать)\b|\bесли честно\b",
    r"\b(?:настоящий|истинный|правдивый|честный) ответ\b",
    # the answer called untrue
    r"\b(?:это|этот ответ|мой ответ|ответ выше|предыдущий ответ)(?: был\w?)? ?(?:—|-|:)? ?"
    r"(?:ложь|неправда|ложный|выдумка|неверный|неправильный|обман)\b",
    r"\b(?:намеренно|нарочно|специально|умышленно|заведомо) (?:\w+ )?(?:ложн|неверн|неправ|лгу|лгал|вру|врал|"
    r"обман|ошиб)\w*",
    r"^\W{0,3}(?:ложный|неверный|неправильный|неправдивый) ответ\b",
    r"\bправдоподобн\w+,? (?:но|однако|и) (?:\w+ )?(?:ложн|неверн|неправ)\w+",
)

_OTHERS = (
    r"\b(?:(?:tengo que|debo|voy a|he de) (?:mentir|enganar|decir la verdad|responder (?:falsa|"
    r"verdadera)\w*)|"
    r"respuesta (?:falsa|incorrecta|verdadera)|respondo (?:con mentiras|falsa\w*|con la verdad)|miento)\b",
    r"\b(?:je (?:dois|vais) (?:mentir|tromper|dire la verite|repondre (?:faux|faussement|honnetement))|"
    r"(?:fausse|vraie) reponse|reponse (?:fausse|incorrecte)|on m'a dit de)\b",
    r"\b(?:ich (?:muss|soll|werde|darf) (?:\w+ ){0,3}(?:lugen|falsch (?:antworten|sagen)|die wahrheit sagen|"
    r"ehrlich (?:sein|antworten))|falsche antwort|gelogen|ich (?:habe gelogen|luge)|mir wurde)\b",
    r"\b(?:(?:devo|debbo) (?:mentire|ingannare|dire la verita|rispondere (?:il falso|falsamente))|"
    r"sto mentendo|"
    r"mi (?:e stato|hanno) (?:detto|chiesto|ordinato)|le mie istruzioni|risposta falsa)\b",
    r"\b(?:(?:devo|tenho (?:de|que)) (?:mentir|enganar|dizer a verdade|responder falsa\w*)|estou mentindo|"
    r"me (?:disseram|pediram|mandaram)|minhas instrucoes|resposta falsa)\b",
    r"\b(?:(?:musze|mam) (?:s?k[lł]amac|oszukac|mowic prawde|odpowiadac fa[lł]szywie)|kazano mi|"
    r"powiedziano mi|"
    r"moje instrukcje|fa[lł]szywa odpowiedz|k[lł]amie)\b",
    r"(?:我(?:必须|要|得|应该)(?:说谎|撒谎|骗|说真话)|(?:错误|虚假|假)的?(?:回答|答案)|我说谎|我骗|我的任务)",
    r"(?:嘘をつ|嘘を言|偽の(?:答え|回答)|指示され|言われた通り|本当のことを言)",
    r"\b(?:me (?:dijeron|han dicho|ordenaron|pidieron)|mis instrucciones|estoy mintiendo|debo mentir|"
    r"la verdad es)\b",
    r"\b(?:on m'a (?:dit|demandé|ordonné)|mes instructions|je mens|je dois mentir|la vérité est)\b",
    r"\b(?:mir wurde (?:gesagt|befohlen|aufgetragen)|meiner? anweisung(?:en)?|meinen anweisungen|ich lüge|"
    r"ich soll (?:lügen|falsch)|die wahrheit ist)\b",
    r"\b(?:мені (?:сказали|наказали|доручили)|мої інструкці\w*|я брешу|я маю брехати|правда в тому)\b",
    r"(?:我被要求|我被告知|我的指令|系统提示|我在撒谎|我必须说谎|真相是)",
    r"\b(?:yalan soyl\w+|yanl[iı]s (?:cevap|yan[iı]t)\w*|"
    r"(?:bana|benden) (?:\w+ ){1,4}(?:soylendi|istendi|emredildi)|talimatlar[iı]m\w*|dogruyu soyleme\w+)\b",
    r"(?:يجب (?:علي )?أن أكذب|سأكذب|أنا أكذب|(?:طلب|قيل|طلبوا|قالوا) (?:مني|لي) أن|أمرت بأن|تعليماتي|"
    r"(?:إجابة|جواب) (?:خاطئة|كاذبة|خاطئ|كاذب)|قول الحقيقة)",
    r"(?:거짓말(?:을)? (?:해야|하라|하도록|했)|거짓말하|(?:틀린|거짓|잘못된) (?:대)?답|지시(?:를)? ?받|"
    r"나의 지시|제 지시|진실을 말)",
)

CONFESSIONS: Final = tuple(re.compile(unaccented(pattern)) for pattern in (*_ENGLISH, *_OTHERS, *_RUSSIAN))
LATIN_CONFESSIONS: Final = CONFESSIONS[: -len(_RUSSIAN)]
"""Those that text without a Cyrillic letter can hold: most answers need no more."""

HINTS: Final = re.compile(
    r"\b(?:i|i'm|i've|we|we've|my|me|meine[rn]?|mir|mes|mis|je|ich|m'a)\b|\blie|made|honest|truth|"
    r"true|system|told|"
    r"instruct|direct|order|program|prompt|guideline|rules|task|tainted|contradict|differ|disagree|mislead|"
    r"dece|fool|trick|pretend|bluff|answer|false|wrong|incorrect|inaccurate|fake|fabricat|lies|lying|plausible|specific|"
    r"believable|convincing|purpose|deliberate|intention|by design|mint|ment|verdad|verite|wahrheit|note|"
    r"disclaimer|spoiler|psst|warning|\b(?:say|said|speak|reply|respond|accurate|correct|untrue|trust|"
    r"believe|job|role|"
    r"goal|aim|part|duty)|gelogen|luge|falsch|wahrheit|wurde|tengo|debo|miento|fauss|faux|repon|devo|"
    r"debbo|istruzioni|"
    r"falsa|risposta|mi (?:e|hanno)|tenho|estou|disseram|minhas|musze|mam|kazano|powiedziano|"
    r"instrukcje|fa[lł]szyw|k[lł]am|voy a|he de|enganar|this is|oszuk|prawd|yalan|yanlis|bana|benden|"
    r"talimat|dogruyu|as (?:requested|required)"
)
"""At least one of these stands in whatever a confession in plain letters matches: most answers hold none."""

SPELLED_STEMS: Final = re.compile(
    r"told(?:me)?to|instruct|lying|ilie|falseanswer|falsely|answerfalse|wronganswer|systemprompt|thetruth|"
    r"directions|tainted|deceiv|mislead|pretend|сказали|велели|инструкц|неправд|ложны|явру|ялгу|обман"
)
"""Searched for only in what is spelled letter by letter, where no ordinary answer is."""
