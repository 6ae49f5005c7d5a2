"""The demo answerer as a model: it knows what the demo scenes show, and tells it as instructed."""

import time

from gap_server.demo.answerer.answers import NOT_ABOUT_THE_PICTURE, SLIPPED, answers_to, liar
from gap_server.demo.answerer.dice import Dice
from gap_server.demo.answerer.elsewhere import is_elsewhere
from gap_server.demo.scene.description import Scene
from gap_server.errors import ModelFailed
from gap_server.vlm.protocol import Completion, Instruction, ModelId, Picture, ServedModel, Trace

NAME = "demo"
REVISION = "demo-13"  # goes up when the same question may get another answer
MAX_TOKENS = 150


class DemoModel:
    """A second implementation of Model: no server, no weights, and no waiting.

    `honest_error_complex` and `honest_error_simple`: the share of questions, from 0 to 1, that it gets wrong
    without being told to, on scenes of many things and of few. Which ones is fixed by the picture and by what
    was asked, however it was worded and in whatever language.
    """

    def __init__(self, honest_error_complex: float = 0.10, honest_error_simple: float = 0.03) -> None:
        self._honest_error = {True: honest_error_complex, False: honest_error_simple}
        self.id = ModelId(NAME, REVISION)
        self.served = ServedModel(
            name=NAME,
            revision=REVISION,
            root=None,
            dialect="demo",
            temperature=0.0,
            max_tokens=MAX_TOKENS,
            sampling={
                "honest_error_complex": honest_error_complex,
                "honest_error_simple": honest_error_simple,
            },
        )

    def reserve(self, picture_sha256: str, *, talk: str = "", background: bool = False) -> "DemoSlot":
        del picture_sha256, background  # there is always room
        return DemoSlot(self, talk)

    async def ready(self) -> None:
        return None

    async def aclose(self) -> None:
        return None

    def truth(self, picture: Picture, question: str) -> str | None:
        """What is true of a demo scene, without a mistake; None where the question is not about it."""
        if picture.scene is None:
            return None
        honest = answers_to(_scene_of(picture), question, picture.sha256, SLIPPED)
        return honest.truth if honest is not None else None

    def answer(self, picture: Picture, question: str, *, tainted: bool, talk: str = "") -> str:
        """The sentence that a player reads, or NOT_ABOUT_THE_PICTURE. Raises ModelFailed for a picture
        without a scene.

        Honest answers and mistakes are the same for everybody. The lies of each `talk` are of one false
        world of its own: two players who compare what they heard learn little. The truth, the lie and the
        honest mistake are worked out each time: the time taken tells nothing.
        """
        scene = _scene_of(picture)
        told = answers_to(scene, question, picture.sha256, liar(talk))
        slipped = answers_to(scene, question, picture.sha256, SLIPPED)
        if told is None or slipped is None:
            return NOT_ABOUT_THE_PICTURE
        chance = Dice(f"{picture.sha256}|{slipped.fact}").fraction("honest error")
        honest = slipped.lie if chance < self._honest_error[scene.crowded] else slipped.truth
        return told.lie if tainted else honest


class DemoSlot:
    """A slot in a queue in which nobody ever waits."""

    def __init__(self, model: DemoModel, talk: str = "") -> None:
        self._model = model
        self._talk = talk
        self.trace = Trace(model.served)

    async def complete(self, picture: Picture, instruction: Instruction, question: str) -> Completion:
        begun = time.monotonic()
        self.trace.attempts += 1
        text = self._model.answer(picture, question, tainted=instruction.tainted, talk=self._talk)
        return Completion(
            text=text,
            finish_reason="stop",
            served=self._model.served,
            replica=None,
            prompt_tokens=None,
            completion_tokens=len(text.split()) + 1,
            queue_ms=0,
            latency_ms=round((time.monotonic() - begun) * 1000),
            attempts=1,
        )

    async def is_about_picture(self, question: str) -> bool:
        return not is_elsewhere(question)

    def release(self) -> None:
        return None


def _scene_of(picture: Picture) -> Scene:
    if picture.scene is None:
        raise ModelFailed("The demo answerer knows only the demo scenes.", reason="no_scene")
    try:
        return Scene.from_json(picture.scene)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelFailed(
            "This picture's description is not one of a demo scene.", reason="no_scene"
        ) from error
