"""What is seen on things, how they are, and questions that ask for more than one thing, in both languages."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gap_server.demo.answerer.answers import answers_to
from gap_server.demo.answerer.asked import taken_apart
from gap_server.demo.answerer.english.spelling import mended
from gap_server.demo.answerer.lexicon import OTHER_WORDS
from gap_server.demo.answerer.russian.words import SAID
from gap_server.demo.answerer.wanted import with_wanted
from gap_server.demo.drawing import Pool
from gap_server.demo.scene.details import DETAILS, PARTS
from gap_server.demo.scene.kinds import IN_THE_AIR, KINDS
from gap_server.demo.scene.qualities import MATERIALS, OTHER_MATERIALS, OTHER_SHAPES, SHAPES
from gap_server.demo.scene.worlds import true_world
from tests.demo.answerer.strangers.rows import drawn
from tests.repeats import repeats

# People looked at these pictures: what is so, and what no lie may say.
SEEN: tuple[tuple[Pool, int, str, str], ...] = (
    ("complex", 901, "what colour is the roof of the house?", r"grey roof"),
    ("complex", 901, "Какого цвета крыша у дома?", r"серая крыша"),
    ("complex", 901, "how many windows does the house have?", r"two windows"),
    ("complex", 901, "сколько окон у дома?", r"два окна"),
    ("complex", 905, "What is the snowman wearing on its head?", r"black hat"),
    ("complex", 905, "что на голове у снеговика", r"чёрная шляпа"),
    ("complex", 905, "does the snowman have a nose", r"Yes, .*orange nose"),
    ("simple", 900, "Do the dogs wear collars?", r"Yes, .*red collar"),
    ("complex", 903, "Is the robot smiling?", r"^Yes"),
    ("complex", 903, "робот улыбается?", r"^Да, робот улыбается"),
    ("complex", 900, "Is the jar open or closed?", r"jar is closed"),
    ("complex", 900, "банка открыта или закрыта", r"закрыта"),
    ("simple", 903, "What is the pier made of?", r"wood"),
    ("simple", 903, "из чего сделан причал", r"деревянный"),
    ("simple", 906, "What shape is the carpet?", r"oval"),
    ("simple", 905, "which way is the green bird facing?", r"to the left"),
    ("simple", 905, "куда смотрит зелёная птица", r"влево"),
    ("simple", 900, "whats behind the dogs", r"six buildings and a grey road"),
    ("simple", 903, "how many clouds are there?", r"no clouds"),
    ("complex", 902, "How many boats are there, and what colors are they?", r"two boats.*white and yellow"),
    ("complex", 902, "Сколько лодок и какого они цвета?", r"две лодки.*белого и жёлтого"),
    ("complex", 903, "are there two or three dogs?", r"^There are two dogs|^I (count|can see) two dogs"),
    ("simple", 905, "Are there more ducks than birds in the sky?", r"^Yes, there are more ducks than birds"),
    ("complex", 902, "is the crab bigger than the suitcase?", r"^No, the suitcase is larger"),
    ("simple", 906, "are there flowers in the vase?", r"^No, the vase is empty"),
    ("simple", 901, "how many presents are on the floor?", r"two presents"),
    ("simple", 1202, "what is standing on the pier?", r"a blue barrel on the pier"),
    ("simple", 1205, "ваза и ковёр одного цвета?", r"^Да, они одного цвета"),
    ("simple", 1106, "is the bunny to the left of the truck?", r"^Yes, the bunny is to the left"),
    ("complex", 1100, "черепаха на ковре или на полу", r"^Черепаха на ковре"),
    ("complex", 1103, "How many boats have brown sails?", r"two brown boats"),
    ("complex", 1205, "что слева от жёлтой скамейки", r"жёлтой скамейки зелёная шляпа"),
    ("simple", 1300, "is there paper on the table?", r"^No, there is no paper"),
    ("complex", 1300, "дверь дома открыта?", r"^Нет, дверь закрыта"),
    ("complex", 1301, "what's the biggest thing on the counter?", r"the yellow cake"),
    ("simple", 904, "describe the picture", r"street.*evening.*white cat"),
    ("complex", 99, "Which lamp is on the left, the black one or the blue one?", r"blue lamp is further"),
    ("complex", 64, "Which of the sheep is black?", r"black sheep is on the right"),
    ("complex", 86, "Which barrel is further to the right?", r"rightmost barrel is red"),
    ("complex", 86, "Who is driving the car?", r"nobody in the car"),
    ("complex", 90, "Какого цвета паруса у лодок?", r"розовых паруса"),
    ("complex", 90, "Кто ближе к якорю: чёрный пингвин или фиолетовый?", r"^Чёрный пингвин ближе к якорю"),
    ("complex", 102, "What colour are the leaves of the tree?", r"orange leaves"),
    ("complex", 102, "What is the turtle walking on?", r"on the path"),
    ("complex", 102, "Кто ползёт по тропинке?", r"фиолетовая черепаха"),
    ("complex", 117, "Сколько стульев стоит в комнате?", r"четыре стула"),
    ("complex", 117, "Как называется книга?", r"GARDEN"),
    ("simple", 89, "Are the lights on in the houses?", r"^Yes"),
    ("simple", 89, "На улице светло или темно?", r"ночь"),
    ("simple", 94, "What pattern is on the wallpaper?", r"stripes"),
    ("simple", 94, "Which lamp is standing on the rug?", r"purple lamp"),
    ("simple", 134, "Has any of the candles gone out?", r"^No"),
    ("simple", 44, "Is the cat closer to the window than the mug is?", r"^Yes, the cat is nearer"),
    ("simple", 44, "Does the cat have stripes?", r"^Yes"),
    ("simple", 107, "Is the sea calm or rough?", r"calm"),
    ("simple", 74, "Где находится флаг относительно совы?", r"слева от совы"),
    ("simple", 37, "Что больше, палатка или бабочка?", r"^Палатка больше"),
    ("simple", 138, "Тропинка прямая или извилистая?", r"извилистая"),
    ("complex", 9001, "How many butterflies are in front of the window?", r"one butterfly"),
    ("complex", 9001, "Are all the bananas ripe?", r"^No, the bananas are yellow and green"),
    ("complex", 9002, "Is the balloon tied to anything?", r"^No, the balloons are not tied"),
    ("complex", 9002, "К чему привязаны шарики?", r"ни к чему не привязаны"),
    ("complex", 9002, "А тот, что слева?", r"^Слева .*жёлтый воздушный шар"),
    ("simple", 9001, "Is the cat looking at the bus?", r"^No, the cat is looking at us"),
    ("simple", 9001, "Кот смотрит на автобус?", r"^Нет, кошка смотрит на нас"),
    ("complex", 9003, "Is the helicopter landing?", r"^No, the helicopter is flying"),
    ("complex", 9003, "Какая кошка ближе всего к вывеске?", r"к вывеске серая кошка"),
    ("complex", 9003, "Is the owl bigger than the black cat?", r"^Yes, the owl is larger"),
    ("simple", 9002, "Кто летает по комнате?", r"^Здесь зелёная бабочка"),
    ("simple", 9002, "How many spots are on the turtle's shell?", r"four spots"),
    ("simple", 9003, "Is the dog wearing a collar?", r"^Yes"),
    ("complex", 9005, "Is the hat on someone's head?", r"^No"),
    ("complex", 9005, "What color is the ball with stripes?", r"ball is blue"),
    ("simple", 9004, "Флаг развевается?", r"^Да"),
    ("complex", 9007, "What color is the boat closest to us?", r"orange"),
    ("complex", 9007, "Какого цвета лодка, которая правее?", r"белая"),
    ("complex", 9007, "Are the buckets full?", r"^No, the buckets are empty"),
    ("complex", 9007, "Is there a fish in the bucket?", r"^No"),
    ("complex", 9101, "What animal stands in front of the dog on the right?", r"grey penguin"),
    ("complex", 9101, "What color is the duck closest to the pier?", r"brown duck is nearest"),
    ("complex", 9103, "Do all the birds fly in the same direction?", r"^No"),
    ("complex", 9103, "Все птицы летят в одну сторону?", r"^Нет"),
    ("complex", 9103, "Кто сидит у якоря?", r"чёрная собака"),
    ("complex", 9104, "Горит ли свет в окнах?", r"^Да, .*горит свет"),
    ("complex", 9104, "Кто за рулём машины?", r"В машине нет людей"),
    ("complex", 9108, "Who is sitting on the bench?", r"nobody on the bench"),
    ("complex", 9108, "What colour is the bench at the back?", r"brown"),
    ("complex", 9108, "Какого цвета дальняя скамейка?", r"коричневая"),
    ("simple", 9102, "Есть ли что-нибудь на причале?", r"нет ничего на причале"),
    ("simple", 9001, "Is the cat on the road or the sidewalk?", r"^The cat is on the pavement"),
    ("simple", 9001, "Кот сидит на дороге или на тротуаре?", r"^Кошка на тротуаре"),
    ("simple", 9001, "What number is on the bus?", r"nothing written"),
    ("simple", 9002, "Is the turtle on the carpet?", r"at the edge of the rug"),
    ("simple", 9002, "Черепаха на ковре?", r"на краю ковра"),
    ("complex", 9004, "Сколько шариков под потолком?", r"два воздушных шара"),
    ("complex", 9004, "How many pieces of cheese are there?", r"two pieces of cheese"),
    ("complex", 9004, "Сколько кусков сыра на столе?", r"два куска сыра"),
    ("complex", 9004, "What's between the cheese and the pumpkin?", r"^There is a yellow banana between"),
    ("complex", 9004, "Какой фрукт лежит левее всех?", r"красное яблоко"),
    ("complex", 9005, "What is the orange dog sitting next to?", r"a blue ball next to the orange dog"),
    ("complex", 9005, "Рядом с чем сидит рыжая собака?", r"синий мяч"),
    ("complex", 9007, "What color is the bird?", r"^The bird is red"),
    ("complex", 9007, "Which bucket is to the left of the other?", r"blue"),
    ("complex", 9002, "Какой шарик выше?", r"зелёный"),
    ("complex", 9002, "Сколько шариков летает над морем?", r"два воздушных шара"),
)


@pytest.mark.parametrize(("pool", "index", "question", "truth"), SEEN)
def test_what_people_saw_is_told_and_denied(pool: Pool, index: int, question: str, truth: str) -> None:
    pair = answers_to(drawn(pool, index), question, "picture", "told")
    assert pair
    assert re.search(truth, pair.truth), pair
    assert not re.search(truth, pair.lie), pair


def test_a_lie_about_one_of_several_changes_only_what_was_asked() -> None:
    for question, named, changed in (
        ("What colour are the boat's sails?", "two", "purple"),
        ("What color is the boat closest to us?", "closest boat is", "orange"),
    ):
        index = 9002 if "sails" in question else 9007
        pair = answers_to(drawn("complex", index), question, "p", "told")
        assert pair
        assert named in pair.lie, pair
        assert changed not in pair.lie, pair


def test_what_a_lie_puts_into_a_picture_could_be_there() -> None:
    scene = drawn("complex", 9004)
    world = with_wanted(true_world(scene), taken_apart(true_world(scene), "is there a dog"))
    assert next(t for t in world.scene.things if t.kind == "dog").ground == "counter"
    for question, lie in (
        ("Is there a boat?", r"one toy boat"),
        ("Есть ли лодка?", r"одна игрушечная лодка"),
        ("Can you see a horse?", r"one horse"),
        ("Есть ли лошадь?", r"одна лошадь"),
        ("Is there a dog?", r"one dog"),
    ):
        pair = answers_to(scene, question, "p", "told")
        assert pair
        assert re.search(lie, pair.lie), pair
        assert not re.search(r"toy|игруш", pair.truth), pair


def test_nothing_but_what_flies_or_shines_is_told_to_be_in_the_sky() -> None:
    grounded = "|".join(name for name, kind in KINDS.items() if name not in IN_THE_AIR and not kind.backdrop)
    for index in range(910100, 910130):
        scene = drawn("simple", index)
        for question in ("What is in the sky?", "Is there anything in the sky?", "Что на небе?"):
            for key in "abc":
                pair = answers_to(scene, question, key, "told")
                assert pair
                assert not re.search(rf"\b({grounded})s?\b", pair.lie), (index, pair)


@pytest.mark.parametrize(
    ("index", "question", "lie"),
    [
        (9002, "Which balloon is closest to the cloud?", r"green balloon"),
        (9005, "What color are the curtains?", r"^The curtains are \w+\.$"),
        (9005, "Какого цвета шторы?", r"^Шторы \w+\.$"),
        (9101, "What's the dog on the left doing?", r"^The dog on the left is (standing|lying)"),
        (9108, "Which bear is bigger, the white one or the grey one?", r"grey bear is larger"),
        (9005, "Is the orange dog on the rug?", r"^Yes, the orange dog is on the rug"),
    ],
)
def test_a_lie_speaks_of_what_was_asked(index: int, question: str, lie: str) -> None:
    for turn in range(5):
        pair = answers_to(drawn("complex", index), question, str(turn), "told")
        assert pair
        assert re.search(lie, pair.lie), pair


_RUSSIAN = st.sampled_from(
    """кто что где сколько какой какого цвета куда есть ли у на в под над за рядом с между и или чем больше
    выше ближе левее слева справа летает стоит сидит горит привязан к чему смотрит кошка кошек собака птицы
    лодка шарик шарики окно вывеске столе небе ковре красная синий самый большой открыт полосатый написано
    время погода один две пять ближе всего кто-нибудь тот который вертолёт флаг развевается машина свечи
    хвост крыша колёс
    """.split()  # noqa: SIM905  # easier to read
)


@given(st.lists(_RUSSIAN, max_size=8).map(" ".join), st.sampled_from((9001, 9002, 9003, 9005, 9007)))
@settings(max_examples=repeats(300, full=3000), deadline=None, derandomize=True)
def test_whatever_is_asked_in_russian_there_is_an_answer_or_a_refusal(question: str, index: int) -> None:
    pair = answers_to(drawn("complex", index), question, "p", "told")
    assert pair is None or pair.truth != pair.lie, (question, pair)


def test_what_nobody_has_drawn_is_not_there() -> None:
    for question in ("Is there a balcony?", "is there a fluxomat", "Есть ли тут дверь?", "есть ли балалайка"):
        pair = answers_to(drawn("simple", 901), question, "picture", "told")
        assert pair
        assert re.match(r"No, there is no|Нет, (на картинке|такого)", pair.truth)


def test_yes_and_no_stand_in_both_arms_or_in_none() -> None:
    begins = re.compile(r"^(Yes|No|Да|Нет)\b")
    for pool, index in (("simple", 902), ("complex", 1005), ("complex", 905), ("simple", 1001)):
        for question in (
            "is the vase on the carpet?",
            "are the lamps taller than the tree?",
            "is the bike in front of the truck",
            "are both cars the same size",
            "фонари выше дерева?",
            "утка больше собаки?",
        ):
            for role in ("told", "slipped"):
                pair = answers_to(drawn(pool, index), question, "p", role)
                assert pair is None or bool(begins.match(pair.truth)) is bool(begins.match(pair.lie)), pair


def test_every_detail_can_be_said_in_russian_and_told_otherwise() -> None:
    assert SAID.keys() >= PARTS
    assert DETAILS.keys() <= KINDS.keys()
    assert all(OTHER_MATERIALS[material] != material for material in MATERIALS.values())
    assert all(OTHER_SHAPES[shape] != shape for shape in SHAPES.values())


def test_no_common_word_is_taken_for_a_slip_of_the_pen() -> None:
    assert {word for word in OTHER_WORDS if mended(word) != word} == set()
