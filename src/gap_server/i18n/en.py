"""English."""

from gap_server.i18n.words import ORIGINAL_NAME, Words


def category(n: int) -> str:
    return "one" if n == 1 else "other"


WORDS = Words(
    category=category,
    letters="a-z",
    name=ORIGINAL_NAME,
    refusal=(
        "I can only talk about this picture. I take each question by itself: "
        "ask in full about something you can see in it."
    ),
    card_caught={"one": "{n} lie of {lies} caught", "other": "{n} lies of {lies} caught"},
    card_sharpness="sharpness {n}",
    card_streak={"one": "{n} day in a row", "other": "{n} days in a row"},
    card_invitation="On {lies} of {rounds} pictures the AI lies. Can you catch it?",
    points={"one": "{n} point", "other": "{n} points"},
    days={"one": "{n} day", "other": "{n} days"},
    play_button="▶️ Play",
    welcome=(
        "Welcome to {game}!\n\n"
        "{rounds} pictures against the clock. Ask the AI whatever you like about them. "
        "On {lies} of the {rounds} it has been told to lie to you. Catch it: {points} points a lie.\n\n"
        "A game takes about ten minutes. Ready?"
    ),
    ready="{rounds} pictures, {lies} of them with lies. Press Play when you are ready.",
    help=(
        "{game}: ask the AI about a picture, and catch it when it lies.\n\n"
        "/play – start a game, or go on with yours\n"
        "/top – this week's best\n"
        "/me – your points, your streak, your invitation link\n"
        "/privacy – what is kept, and why\n"
        "/forgetme – delete your data"
    ),
    not_a_command="I am better at games than at talking. Press Play, or see /help.",
    banned=(
        "This account cannot play. If you think that is a mistake, please write to whoever runs this game. "
        "Your data you can have deleted all the same: /forgetme."
    ),
    trouble="Something is not working on our side. Nothing is lost: please try again in a minute.",
    top_title="🏆 The best of this week",
    top_line="{rank}. {name}: 🎯 {sharpness}, {points}",
    top_mine="You are at {rank}: 🎯 {sharpness} of 100 sharpness, {points}.",
    top_hidden="You are not on the board. To be on it, play to the end and show yourself in your profile.",
    top_empty="Nobody is here yet this week. The first game takes the top.",
    me_title="{name}, here is how you are doing:",
    me_games="Games: {n}",
    me_points="Points: {n}",
    me_sharpness="Sharpness: {n} of 100",
    me_finds="Confirmed finds: {n}",
    me_best="Best game: {n} of {max}",
    me_streak="Streak: {days}",
    me_rank="Place: {n}",
    me_nobody="You have not played yet. Your points will stand here after the first game.",
    invite_button="Invite a friend",
    invite_text="On {lies} of {rounds} pictures the AI lies. Can you catch it?",
    messages_on=(
        "I write to you when a friend whom you invited or challenged has played, or when others confirm a "
        "find of yours. Rarely, and never anything else."
    ),
    messages_off="I write to you only when you write to me.",
    messages_allow="🔔 Tell me about friends and finds",
    messages_stop="🔕 Do not write to me",
    messages_allowed="All right, I will tell you.",
    messages_stopped="All right, I will not write to you.",
    challenge=(
        "{name} challenges you: the same pictures, but the traps are drawn anew for you. "
        "{score} of {max} points to beat. Press Play to take it up."
    ),
    challenge_played=(
        "⚔️ Your challenge was taken up and played to the end: {theirs} points to your {yours}. "
        "Both cards stand on your result."
    ),
    friend_played="A friend whom you invited has just finished a first game. Thank you! Up for another one?",
    find_confirmed={
        "one": "🔎 Your find was confirmed: {n} person looked, and you were right. "
        "The AI made a real mistake, and you caught it.",
        "other": "🔎 Your find was confirmed: {n} people looked, and you were right. "
        "The AI made a real mistake, and you caught it.",
    },
    privacy=(
        "How your data is used\n\n"
        "What is kept of your play\n"
        "The pictures you were shown, your questions, the answers, your judgements and each change of them, "
        "the right answers you typed, and what you said of other players' answers, each with its time; your "
        "points, games and streak, the boards of the days and the week's quests. How sharp you are, how "
        "far your judgements can be relied on and how common your questions are is "
        "computed from these alone.\n\n"
        "What is kept of you\n"
        "From Telegram: your id, your first name (you may call yourself otherwise), your language, and "
        "whether our bot may write to you. From your device: its time zone, for the days of your streak. "
        "The code of the invitation you came by, and your own. A card that you share lies for a day where "
        "Telegram can fetch it. Your challenge links, and whose you took up: "
        "whoever plays your pictures, and whoever came by your invitation, are your friends here; they "
        "see your name and what you made of those pictures, as you see theirs. "
        "When you joined, agreed and withdrew; "
        "sign-ins, for as long as they are good (12 hours at most); the bot's messages to you (30 days), "
        "and yours to it until they are answered; what operators did about your account. No last name, no "
        "phone number, no contacts, no tracking.\n\n"
        "How long\n"
        "Until you delete yourself. So that nobody takes too much, sign-ins and the like are counted for 24 "
        "hours at most under a code made from your Telegram id, and from your network address, which nobody "
        "can read back without our key. If you delete yourself, that code stays for 24 hours with when you "
        "began games and checked answers and which pictures you saw, so that coming back resets no limit. A "
        "ban stays under it for as long as the ban does.\n\n"
        "What for\n"
        "To run the game, and, because you agreed, to research and train AI models that make fewer "
        "mistakes. Researchers get your games under a random code, never your name or Telegram id, and only "
        "while your consent stands. Data sets may be published; copies made until then cannot be called "
        "back. Of each set a list of its answers' random codes stays, without any text, so that the next one "
        "can say which of them to take out.\n\n"
        "You are lied to\n"
        "On half of the pictures the AI answers wrongly on purpose. After every game you are told "
        "on which.\n\n"
        "Your rights\n"
        "In your profile you can download everything, withdraw your consent (from then on nothing of yours "
        "is in any new data set), or delete yourself at once: everything, or all but your games that are "
        "over, which then stay for research under new codes, without times of day, and lead to nobody. The "
        "bot deletes you as well: /forgetme. All of this is also for who is banned from playing. Please "
        "type nothing personal into a question."
    ),
    privacy_button="Read it in the game",
    forget_ask=(
        "Shall I forget you? Either way your name, points and history are gone for good.\n\n"
        "You may leave your questions and answers to research, under a random name that leads nowhere, "
        "or have everything deleted."
    ),
    forget_erase="Delete everything",
    forget_keep="Keep my questions, without my name",
    forget_cancel="Cancel",
    forget_erased="It is done: nothing of you remains. Thank you for having played.",
    forget_kept=(
        "It is done: your name is gone, your questions stay without it. Thank you, they help research."
    ),
    forget_cancelled="Good, everything stays as it was.",
    forget_nobody="There is nothing to forget: I know nothing about you.",
    command_play="Play",
    command_top="This week's best",
    command_me="Your points, streak and invitation link",
    command_privacy="What is kept, and why",
    command_forgetme="Delete your data",
    command_help="What I can do",
)
