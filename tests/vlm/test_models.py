"""Several models in the field: each session has one, by weight, and keeps it."""

from collections import Counter
from random import Random

import pytest

from gap_server.demo.answerer import DemoModel
from gap_server.errors import NotFound
from gap_server.vlm.answerer import Answerer
from gap_server.vlm.models import FieldedModel, Models, Newcomer
from gap_server.vlm.protocol import ModelId


def fielded(name: str, weight: int, revision: str | None = None) -> FieldedModel:
    model = DemoModel()
    model.id = ModelId(name, revision)
    return FieldedModel(model, Answerer(model), weight)


def test_new_sessions_are_shared_out_by_weight() -> None:
    models = Models([fielded("base", 3), fielded("tuned", 1)])
    random = Random(1)
    drawn = Counter(models.assigned(random).name for _ in range(4_000))
    assert 2_900 < drawn["base"] < 3_100
    assert drawn["base"] + drawn["tuned"] == 4_000


def test_a_model_of_weight_nothing_answers_in_its_old_sessions_only() -> None:
    leaving, staying = fielded("base", 0, "1"), fielded("base", 1, "2")
    models = Models([leaving, staying])
    assert {models.assigned(Random(n)) for n in range(50)} == {ModelId("base", "2")}
    assert models.answerer(ModelId("base", "1")) is leaving.answerer


def test_a_model_that_left_answers_nobody() -> None:
    models = Models([fielded("base", 1, "2")])
    assert models.answerer(ModelId("base", "1")) is None
    assert models.answerer(ModelId("tuned", "2")) is None


def test_a_session_from_before_assignments_is_answered_by_whoever_has_the_most_weight() -> None:
    main = fielded("base", 3)
    assert Models([fielded("tuned", 1), main]).answerer(None) is main.answerer


def test_two_of_one_name_and_revision_or_none_for_new_sessions_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        Models([fielded("base", 1), fielded("base", 2)])
    with pytest.raises(ValueError, match="new sessions"):
        Models([fielded("base", 0)])


def test_a_model_is_found_by_its_name() -> None:
    tuned = fielded("tuned", 0)
    models = Models([fielded("base", 1), tuned])
    assert models.named("tuned") is tuned.model
    assert models.named(None).id.name == "base"
    with pytest.raises(NotFound, match="other"):
        models.named("other")


def joining(name: str) -> Newcomer:
    return Newcomer(ModelId(name, None))


def test_a_newcomer_takes_its_share_and_the_others_what_is_left_by_weight() -> None:
    models = Models([fielded("base", 3), fielded("other", 1)], lambda new: fielded(new.id.name, 1))
    models.join(joining("tuned"))
    random = Random(1)
    assert "tuned" not in {models.assigned(random).name for _ in range(200)}
    models.share_out({ModelId("tuned", None): 20})
    drawn = Counter(models.assigned(random).name for _ in range(4_000))
    assert 720 < drawn["tuned"] < 880
    assert 2_300 < drawn["base"] < 2_500
    models.share_out({})
    assert "tuned" not in {models.assigned(random).name for _ in range(200)}
    assert models.answerer(ModelId("tuned", None)) is not None


def test_a_newcomer_that_nobody_serves_leaves_its_share_to_the_others() -> None:
    models = Models([fielded("base", 1)], lambda _: None)
    models.join(joining("tuned"))
    models.share_out({ModelId("tuned", None): 100})
    assert models.assigned(Random(1)) == ModelId("base", None)


def test_all_sessions_may_go_to_a_newcomer() -> None:
    models = Models([fielded("base", 1)], lambda new: fielded(new.id.name, 0))
    models.join(joining("tuned"))
    models.share_out({ModelId("tuned", None): 100})
    assert {models.assigned(Random(n)).name for n in range(50)} == {"tuned"}
