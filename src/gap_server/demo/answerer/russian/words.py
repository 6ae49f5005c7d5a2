"""The table of Russian nouns: for each English word that a picture may call for, its Russian noun."""

from gap_server.demo.answerer.russian.diminutives import DIMINUTIVES
from gap_server.demo.answerer.russian.forms import Word, noun
from gap_server.demo.answerer.russian.part_words import PARTS

# English: the noun as `forms.noun` takes it; after a slash, other words by which people ask for it.
_TABLE = """
car: машина f машин / автомобиль m автомобилей, авто m авто, легковушка f легковушек
bus: автобус m автобусов
truck: грузовик m грузовиков / фургон m фургонов
bicycle: велосипед m велосипедов / велик m великов
boat: лодка f лодок
spaceship: космический+корабль m кораблей ins=кораблём
ship: корабль m кораблей ins=кораблём / кораблик m корабликов
sailboat: парусник m парусников
yacht: яхта f яхт
plane: самолёт m самолётов
tree: дерево n деревьев pl=деревья / ёлка f ёлок
flower: цветок m цветов stem=цветк pl=цветы / ромашка f ромашек, цветочек m цветочков stem=цветочк
mushroom: гриб m грибов / мухомор m мухоморов
dog: собака f! собак / пёс m! псов stem=пс, щенок m! щенков stem=щенк, собачка f! собачек
cat: кошка f! кошек / кот m! котов, котёнок m! котят stem=котёнк pl=котята, котик m! котиков
rabbit: кролик m! кроликов
hare: заяц m! зайцев stem=зайц / зайчик m! зайчиков, зайка f! заек
duck: утка f! уток / уточка f! уточек, утёнок m! утят stem=утёнк pl=утята
bird: птица f! птиц / чайка f! чаек, птичка f! птичек, голубь m! голубей, воробей m! воробьёв stem=воробь
butterfly: бабочка f! бабочек
penguin: пингвин m! пингвинов
umbrella: зонт m зонтов / зонтик m зонтиков
bench: скамейка f скамеек / лавка f лавок, скамья f скамей, лавочка f лавочек
lamp: лампа f ламп / светильник m светильников
street+light: фонарь m фонарей ins=фонарём / фонарик m фонариков
sign: вывеска f вывесок / табличка f табличек, знак m знаков, щит m щитов
bucket: ведро n вёдер pl=вёдра / ведёрко n ведёрок
house: дом m домов pl=дома / домик m домиков
snowman: снеговик m! снеговиков
kite: воздушный+змей m змеев / змей m змеев
balloon: воздушный+шар m шаров / шарик m шариков, шар m шаров
ball: мяч m мячей / мячик m мячиков
cup: чашка f чашек
mug: кружка f кружек / кружечка f кружечек
bottle: бутылка f бутылок
book: книга f книг / книжка f книжек
apple: яблоко n яблок pl=яблоки
pear: груша f груш
banana: банан m бананов
teapot: чайник m чайников
cake: торт m тортов / пирог m пирогов
candle: свеча f свечей ins=свечой / свечка f свечек
clock: будильник m будильников / часы m часов
gift: подарок m подарков stem=подарк / коробка f коробок
hat: шляпа f шляп
teddy+bear: плюшевый+мишка m! мишек / мишка m! мишек, медведь m! медведей, медвежонок m! медвежат
robot: робот m! роботов
chair: стул m стульев pl=стулья
pencil: карандаш m карандашей
guitar: гитара f гитар
turtle: черепаха f! черепах / черепашка f! черепашек
frog: лягушка f! лягушек
crab: краб m! крабов
snail: улитка f! улиток
owl: сова f! сов
sheep: овца f! овец pl=овцы ins=овцой / овечка f! овечек, баран m! баранов
tent: палатка f палаток / шатёр m шатров stem=шатр
flag: флаг m флагов / флажок m флажков stem=флажк
barrel: бочка f бочек
mailbox: почтовый+ящик m ящиков
traffic+cone: дорожный+конус m конусов / конус m конусов
suitcase: чемодан m чемоданов
basket: корзина f корзин / корзинка f корзинок
boot: сапог m сапог / ботинок m ботинок stem=ботинк
pumpkin: тыква f тыкв
carrot: морковка f морковок / морковь f морковей
lemon: лимон m лимонов
strawberry: клубника f клубник / ягода f ягод
cheese: сыр m сыров
bread: хлеб m хлебов / батон m батонов, буханка f буханок
drum: барабан m барабанов
vase: ваза f ваз
jar: банка f банок
scooter: самокат m самокатов
helicopter: вертолёт m вертолётов
anchor: якорь m якорей pl=якоря
starfish: морская+звезда f звёзд pl=звёзды
sky: небо n небес
sea: море n морей pl=моря
water: вода f вод
sand: песок m песков stem=песк
grass: трава f трав / лужайка f лужаек
snow: снег m снегов
road: дорога f дорог / шоссе n шоссе
pavement: тротуар m тротуаров
quay: причал m причалов / пирс m пирсов, пристань f пристаней, набережная f набережных
path: дорожка f дорожек / тропинка f тропинок
wall: стена f стен
floor: пол m полов
rug: ковёр m ковров stem=ковр / коврик m ковриков
table: стол m столов / столик m столиков
counter: столешница f столешниц
window: окно n окон
sun: солнце n солнц
moon: луна f лун / месяц m месяцев
cloud: облако n облаков pl=облака / туча f туч, облачко n облачков pl=облачка
hill: холм m холмов / гора f гор
building: здание n зданий / небоскрёб m небоскрёбов
ground: земля f земель ins=землёй
thing: предмет m предметов / вещь f вещей, объект m объектов, штука f штук
animal: животное n! животных pl=животные / зверь m! зверей
vehicle: транспортное+средство n средств / транспорт m транспортов
fruit: фрукт m фруктов
food: продукт m продуктов / еда f еды
toy: игрушка f игрушек
plant: растение n растений
furniture: мебель f мебели
seat: сиденье n сидений stem=сидень
container: ёмкость f ёмкостей
insect: насекомое n! насекомых pl=насекомые
person: человек m! людей pl=люди
man: мужчина m! мужчин / дядя m! дядей
woman: женщина f! женщин
child: ребёнок m! детей stem=ребёнк pl=дети
boy: мальчик m! мальчиков
girl: девочка f! девочек / девушка f! девушек
horse: лошадь f! лошадей / конь m! коней ins=конём
cow: корова f! коров
pig: свинья f! свиней
goat: коза f! коз
chicken: курица f! кур pl=куры
elephant: слон m! слонов
giraffe: жираф m! жирафов
zebra: зебра f! зебр
lion: лев m! львов stem=льв
tiger: тигр m! тигров
monkey: обезьяна f! обезьян
snake: змея f! змей ins=змеёй
shark: акула f! акул
whale: кит m! китов
dolphin: дельфин m! дельфинов
spider: паук m! пауков
bee: пчела f! пчёл pl=пчёлы
fish: рыба f! рыб / рыбка f! рыбок
mouse: мышь f! мышей / мышка f! мышек
fox: лиса f! лис
wolf: волк m! волков
train: поезд m поездов pl=поезда
motorcycle: мотоцикл m мотоциклов
rocket: ракета f ракет
motorboat: моторка f моторок
speedboat: катер m катеров
rowboat: шлюпка f шлюпок
canoe: каноэ n каноэ
phone: телефон m телефонов
computer: компьютер m компьютеров / ноутбук m ноутбуков
tv: телевизор m телевизоров
spoon: ложка f ложек
fork: вилка f вилок
knife: нож m ножей
plate: тарелка f тарелок
pizza: пицца f пицц
tomato: помидор m помидоров
potato: картошка f картошек
grape: виноград m виноградов
egg: яйцо n яиц pl=яйца
bed: кровать f кроватей
sofa: диван m диванов
fridge: холодильник m холодильников
mirror: зеркало n зеркал
shelf: полка f полок
shoe: туфля f туфель
bag: сумка f сумок
bridge: мост m мостов
castle: замок m замков stem=замк
fence: забор m заборов
river: река f рек
rainbow: радуга f радуг
dragon: дракон m! драконов
dinosaur: динозавр m! динозавров
unicorn: единорог m! единорогов
piano: пианино n пианино
key: ключ m ключей
ladder: лестница f лестниц
fountain: фонтан m фонтанов
painting: картина f картин
curtain: штора f штор
cactus: кактус m кактусов
vegetable: овощ m овощей ins=овощем
instrument: музыкальный+инструмент m инструментов / инструмент m инструментов
clothing: одежда f одежд
pet: питомец m! питомцев stem=питомц
mammal: млекопитающее n! млекопитающих pl=млекопитающие
dessert: десерт m десертов
bush: куст m кустов
pond: пруд m прудов
lake: озеро n озёр pl=озёра
seashell: ракушка f ракушек
reflection: отражение n отражений
footprint: след m следов
rock: камень m камней stem=камн / булыжник m булыжников
pebble: камешек m камешков stem=камешк
star: звезда f звёзд pl=звёзды
smoke: дым m дымов
ceiling: потолок m потолков stem=потолк
crowd: толпа f толп
tractor: трактор m тракторов
tram: трамвай m трамваев
submarine: подлодка f подлодок
squirrel: белка f белок
polar+bear: белый+медведь m! медведей
parrot: попугай m! попугаев
cupboard: шкаф m шкафов / комод m комодов, тумбочка f тумбочек
oven: плита f плит / духовка f духовок
camera: фотоаппарат m фотоаппаратов
bowl: миска f мисок
pan: кастрюля f кастрюль / сковорода f сковород pl=сковороды
sandwich: бутерброд m бутербродов
cherry: вишня f вишен
melon: арбуз m арбузов / дыня f дынь
pineapple: ананас m ананасов
cookie: печенье n печений
sock: носок m носков stem=носк
shirt: рубашка f рубашек / футболка f футболок
coat: куртка f курток
church: храм m храмов
doll: кукла f кукол
violin: скрипка f скрипок
backpack: рюкзак m рюкзаков
shovel: лопата f лопат / лопатка f лопаток
skateboard: скейтборд m скейтбордов
campfire: костёр m костров stem=костр
statue: памятник m памятников / статуя f статуй
slide: горка f горок
rose: роза f роз
palm: пальма f пальм
cyclist: велосипедист m! велосипедистов
driver: водитель m! водителей
towel: полотенце n полотенец
pillow: подушка f подушек
blanket: одеяло n одеял
poster: плакат m плакатов
calendar: календарь m календарей
newspaper: газета f газет / журнал m журналов
rope: канат m канатов
sailor: моряк m! моряков / матрос m! матросов
fisherman: рыбак m! рыбаков
passenger: пассажир m! пассажиров / пешеход m! пешеходов
swan: лебедь m! лебедей
lighthouse: маяк m маяков
traffic+light: светофор m светофоров
deer: олень m! оленей
crown: корона f корон
king: король m! королей ins=королём
ghost: привидение n привидений
"""


def _read() -> tuple[dict[str, Word], list[tuple[str, Word]]]:
    """By its English name, each first noun; and all of them, to be understood."""
    said: dict[str, Word] = {}
    heard: list[tuple[str, Word]] = []
    for line in (PARTS.strip() + _TABLE).splitlines():
        english, entries = line.split(": ")
        first, _, others = entries.partition(" / ")
        name = english.replace("+", " ")
        said[name] = _noun(first)
        heard += [(name, said[name]), *((name, _noun(other)) for other in others.split(", ") if other)]
    for line in DIMINUTIVES.strip().splitlines():
        english, entries = line.split(": ")
        heard += [(english.replace("+", " "), _noun(entry)) for entry in entries.split(", ")]
    return said, heard


def _noun(entry: str) -> Word:
    if entry.startswith("часы"):  # there is no singular
        hours = noun(entry.replace("часы", "час"))
        return Word("pl", hours.many, hours.many)
    return noun(entry)


SAID, HEARD = _read()
