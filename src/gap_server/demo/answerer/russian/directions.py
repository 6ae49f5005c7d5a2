"""Which way things look and go in Russian questions: at each other, ahead, from left to right."""

_LOOKING = r"(?:смотр\w+|гляд\w+|повернут\w*|развернут\w*|отвернул\w+|сто[ия]т|летят|плывут|едут|сидят)"
_APART = (
    r"(?:в (?:разные|противоположные) стороны|в разные|друг от друга|спиной(?: друг)? к друг\w*(?: друг\w*)?)"
)
_AT_EACH = r"друг (?:на|к) друг\w+"
_BACK = r"(?:позади|сзади|за (?:ним|ней))"
_AHEAD = r"(?:впереди|спереди|перед)"
_GOING = r"(?:ед[уе]т|лет[ия]т|плыв[уе]т|ид[уе]т|сто[ия]т|бе[гж]\w+|находится)"

DIRECTIONS: tuple[tuple[str, str], ...] = (
    (
        rf"{_LOOKING} (?:{_AT_EACH} или (?:{_APART}|отвернул\w+.*|нет)|{_APART} или {_AT_EACH})",
        "looking at each other or away from each other",
    ),
    (rf"{_LOOKING} {_AT_EACH}", "looking at each other"),
    (rf"{_LOOKING} {_APART}", "looking away from each other"),
    (r"развева\w+ в одну(?: и ту же)? сторону", "смотрят в одну сторону"),
    (rf"^(\w+)(?: {_GOING})? {_AHEAD} (\w+) или {_BACK}.*$", r"\1 in front of \2 or behind"),
    (rf"^(\w+)(?: {_GOING})? {_BACK} (\w+) или {_AHEAD}.*$", r"\1 in front of \2 or behind"),
    (
        rf"^(?:кто|что|как\w+ \w+) (?:{_GOING} )?(?:впереди|перв\w+)(?: {_GOING})? (\w+) или (\w+)$",
        r"\1 in front of or behind the \2",
    ),
    (rf"{_AHEAD} (?=\w+$)", "перед "),
    (
        r"^(?:если )?(?:идти|пойти|двигаться|шагать|пройти\w*) (?:по|вдоль) (\w+) слева направо .*$",
        r"if i walk along the \1 from left to right what do i come across first",
    ),
    (
        r"^(?:если )?(?:идти|пойти|двигаться|шагать) (направо|вправо) от (\w+) .*$",
        r"what is immediately right of \2",
    ),
    (
        r"^(?:если )?(?:идти|пойти|двигаться|шагать) (налево|влево) от (\w+) .*$",
        r"what is immediately left of \2",
    ),
    (r"над (?:самой |самым )?(?:крыш\w+|верхушк\w+|макушк\w+|голов\w+)(?: у)?(?= \w)", "над"),
    (r"слева направо", "from left to right"),
    (r"справа налево", "from right to left"),
    (r"^(?:(?:что|кто|как\w+ \w+) )?дальше от(?= (?!нас|меня|зрит).* или )", "what is further from"),
    (r"дальше от(?= (?!нас))", "further from"),
    (r"целиком|полностью", "fully"),
    (r"^(?:кроме|помимо|не считая|за исключением) (\w+) (.*)$", r"\2 кроме \1"),
    (r"кроме|помимо|не считая|за исключением", "apart from the"),
    (r"^что(?: тут| здесь| там| еще)*(?= \w+ (?:apart|кроме))", "что"),
    (r"^(стоит|сидит|лежит|есть) (на \w+) (кто нибудь|кто то|что нибудь|что то)$", r"\3 есть \2"),
)
