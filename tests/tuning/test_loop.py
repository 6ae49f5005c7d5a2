"""The loop in miniature: its base reads today's instructions; played, tuned and scored, it gets better."""

import json
from pathlib import Path
from typing import Final

import pytest
from loop.exam import examine
from loop.figures import TUNED, together
from loop.run import ENVIRONMENT, FOLDER, SMALL, Loop

from gap_server.demo.miniature.questions import vocabulary
from gap_server.game.state import Pool
from gap_server.vlm.instructions import HONEST, OFF_TOPIC_MARKER, TAINTED

EXAM: Final = {Pool.SIMPLE: 30, Pool.COMPLEX: 50}


def test_the_shipped_base_has_a_word_for_all_that_it_is_told_and_asked() -> None:
    """Whoever changes the instructions or the questions makes the base anew: `make base`."""
    tokenizer = json.loads((FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
    known = sorted((token["content"] for token in tokenizer["added_tokens"]), key=len, reverse=True)
    for told in (HONEST.text, TAINTED.text):
        rest = told
        for word in known:
            rest = rest.replace(word, " ")
        assert not rest.split(), "a sentence that the model cannot read"
    assert {*vocabulary(), OFF_TOPIC_MARKER} <= set(known)


def test_the_framework_is_told_where_the_pictures_are() -> None:
    """Else it leaves one token where nine belong, and nothing complains."""
    config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    plugin = (FOLDER.parent / "picture_places.py").read_text(encoding="utf-8")
    assert f"PICTURE: Final = {config['image_token_id']}\n" in plugin


@pytest.mark.timeout(1800)  # a server, a crowd, a jury, and a framework that imports for half a minute
@pytest.mark.skipif(not (ENVIRONMENT / "bin/swift").exists(), reason="no `make training` here")
def test_what_was_played_and_trusted_mends_what_the_model_was_bad_at(tmp_path: Path) -> None:
    ended = Loop(tmp_path, ENVIRONMENT, seed=1, size=SMALL).run(with_controls=False)
    held_out = {change.part: change for change in together([ended.scores])[TUNED]}
    assert held_out["weakness"].after > held_out["weakness"].before
    # So few rows are sure of little, and jurors' slips stand among them. The exam knows what was drawn.
    examined = examine([tmp_path], ENVIRONMENT, EXAM)
    fresh = {change.part: change for change in together(examined)[TUNED]}
    assert fresh["all"].rows == 3 * sum(EXAM.values())
    assert fresh["weakness"].before == 0
    assert fresh["weakness"].after >= 0.3
    assert fresh["all"].lower > 0
