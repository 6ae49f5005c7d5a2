"""What single Russian words mean, in plain English words: those that are no nouns, colours or other
adjectives.
"""

_OTHER_PLACES = """
bedroom: спальня спальне; bathroom: ванная ванной; nursery: детская детской; hallway: прихожая прихожей
corridor: коридор коридоре; garage: гараж гараже; basement: подвал подвале; attic: чердак чердаке
classroom: класс классе; school: школа школе; hospital: больница больнице; shop: магазин магазине
restaurant: ресторан ресторане кафе столовая столовой; museum: музей музее; library: библиотека библиотеке
forest: лес лесу; jungle: джунгли джунглях; desert: пустыня пустыне; mountains: горы горах
village: деревня деревне село селе; farm: ферма ферме; zoo: зоопарк зоопарке; yard: двор дворе
playground: площадка площадке; airport: аэропорт аэропорту; station: вокзал вокзале; island: остров острове
"""
_PLACES = {
    form: name
    for entry in _OTHER_PLACES.strip().replace("\n", "; ").split("; ")
    for name, forms in [entry.split(": ")]
    for form in forms.split()
}

WORDS: dict[str, str] = {
    **dict.fromkeys(("что", "чего"), "what"),
    **dict.fromkeys(("кто", "кого"), "who"),
    **dict.fromkeys(("какой", "какая", "какое", "какие", "который", "которая", "каких", "какую"), "which"),
    **dict.fromkeys(("все", "всех"), "all"),
    **dict.fromkeys(("оба", "обе", "обоих", "обеих", "обоим", "обеим", "обоими", "обеими"), "both"),
    **dict.fromkeys(("только", "ровно", "всего"), "exactly"),
    **dict.fromkeys(("люди", "людей"), "people"),
    **dict.fromkeys(("тут", "здесь", "там", "них", "нем", "ней"), " "),
    **dict.fromkeys(("над",), "above"),
    **dict.fromkeys(("под",), "below"),
    **dict.fromkeys(("перед",), "in front of"),
    **dict.fromkeys(("за", "позади"), "behind"),
    **dict.fromkeys(
        (
            "с",
            "со",
            "из",
            "о",
            "об",
            "от",
            "к",
            "а",
            "ты",
            "мне",
            "можешь",
            "еще",
            "тоже",
            "же",
            "бы",
            "сейчас",
            "как",
            "бы",
            "уже",
            "все-таки",
            "растет",
            "растут",
        ),
        " ",
    ),
    **dict.fromkeys(("между",), "between"),
    **dict.fromkeys(("на",), "on the"),
    **dict.fromkeys(("в", "во"), "in the"),
    **dict.fromkeys(("и",), "and"),
    **dict.fromkeys(("или", "либо"), "or"),
    **dict.fromkeys(("чем",), "than"),
    **dict.fromkeys(("не",), "not"),
    **dict.fromkeys(("это", "этот", "эта"), "this"),
    **dict.fromkeys(("больше",), "more"),
    **dict.fromkeys(("сидит", "сидят"), "sitting"),
    **dict.fromkeys(("стоит", "стоят"), "standing"),
    **dict.fromkeys(("лежит", "лежат"), "lying"),
    **dict.fromkeys(("висит", "висят", "парит", "парят"), "hanging"),
    **dict.fromkeys(("летит", "летят", "летает", "летают"), "flying"),
    **dict.fromkeys(("плывет", "плывут", "плавает", "плавают"), "swimming"),
    **dict.fromkeys(("спит", "спят"), "sleeping"),
    **dict.fromkeys(("бежит", "бегут", "бегает"), "running"),
    **dict.fromkeys(("едет", "едут"), "driving"),
    **dict.fromkeys(("горит", "горят"), "burning"),
    **dict.fromkeys(("играет", "играют"), "playing"),
    **dict.fromkeys(("ест", "едят", "кушает"), "eating"),
    **dict.fromkeys(("прыгает", "прыгают"), "jumping"),
    **dict.fromkeys(("идет", "идут", "гуляет", "гуляют"), "walking"),
    **dict.fromkeys(("ползет", "ползут", "ползает"), "crawling"),
    **dict.fromkeys(("танцует", "танцуют"), "dancing"),
    **dict.fromkeys(("лает", "лают"), "barking"),
    **dict.fromkeys(("поет", "поют"), "singing"),
    **dict.fromkeys(("прячется", "прячутся"), "hiding"),
    **dict.fromkeys(("приземляется", "приземляются", "садится"), "landing"),
    **dict.fromkeys(("взлетает", "взлетают"), "climbing"),
    **dict.fromkeys(("один", "одна", "одно", "одного", "одной"), "one"),
    **dict.fromkeys(("два", "две", "двух", "пара"), "two"),
    **dict.fromkeys(("три", "трех"), "three"),
    **dict.fromkeys(("четыре", "четырех"), "four"),
    **dict.fromkeys(("пять", "пяти"), "five"),
    **dict.fromkeys(("шесть",), "six"),
    **dict.fromkeys(("семь",), "seven"),
    **dict.fromkeys(("восемь",), "eight"),
    **dict.fromkeys(("девять",), "nine"),
    **dict.fromkeys(("десять",), "ten"),
    **dict.fromkeys(("открыт", "открыта", "открыто", "открыты"), "open"),
    **dict.fromkeys(("занят", "занята", "занято", "заняты"), "taken"),
    **dict.fromkeys(("свободен", "свободна", "свободно", "свободны"), "free"),
    **dict.fromkeys(("закрыт", "закрыта", "закрыто", "закрыты"), "closed"),
    **dict.fromkeys(("улыбается", "улыбаются", "улыбка"), "smiling"),
    **dict.fromkeys(("смотрит", "смотрят", "повернут", "повернута", "глядит"), "looking"),
    **dict.fromkeys(("пляж", "пляже"), "beach"),
    **dict.fromkeys(("улица", "улице", "город"), "street"),
    **dict.fromkeys(("парк", "парке", "луг"), "park"),
    **dict.fromkeys(("поле",), "field"),
    **dict.fromkeys(("гавань", "гавани", "порт", "порту"), "harbour"),
    **dict.fromkeys(("суша", "суше", "берег", "берегу"), "ground"),
    **dict.fromkeys(("кухня", "кухне"), "kitchen"),
    **dict.fromkeys(("кабинет", "кабинете", "офис"), "study"),
    **dict.fromkeys(("гостиная", "гостиной", "зал", "зале"), "living room"),
    **_PLACES,
    **dict.fromkeys(("врешь", "врет", "обманываешь", "лжешь", "ложь", "врать", "солгал"), "you lying"),
    **dict.fromkeys(
        ("инструкция", "инструкции", "промпт", "правду", "анекдот", "стихотворение"), "instructions"
    ),
    **dict.fromkeys(("тебя", "тебе", "твой", "твоя", "твои"), "your"),
    **dict.fromkeys(("почему", "зачем"), "why"),
    **dict.fromkeys(("он", "она", "оно", "его", "ее", "ним", "нему", "него", "нее"), "it"),
    **dict.fromkeys(("они", "их", "ними"), "they"),
    "мы": "we",
}
