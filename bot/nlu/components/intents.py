"""What a parent does with a message: a linear classifier on n-grams and the sentence vector
together.

The vector comes with the message (`metadata`), so that one message is encoded once.
"""

from __future__ import annotations

import pickle
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder import VectorCache, encode_many, unpack
from bot.nlu.intents import IntentModel
from bot.nlu.textfeatures import MARKED, read_views

RANKING = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Trains and keeps a bot.nlu.intents.IntentModel."""

    def __init__(
        self, storage: ModelStorage, resource: Resource, model: IntentModel | None = None
    ) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        with model_storage.read_from(resource) as folder:
            model = pickle.loads((folder / "intents.pickle").read_bytes())  # noqa: S301 - made by train()
        return cls(model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        rows = [(e.get(TEXT), e.get(INTENT)) for e in training_data.intent_examples if e.get(TEXT)]
        texts = [text for text, _ in rows]
        views = read_views(texts)
        vectors = encode_many(views[MARKED], VectorCache())
        self._model = IntentModel.fit(texts, [intent for _, intent in rows], vectors, views)
        with self._storage.write_to(self._resource) as folder:
            (folder / "intents.pickle").write_bytes(pickle.dumps(self._model))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                # A button: Rasa reads its intent itself at the end; the components between want
                # one now.
                entry = {"name": text[1:].partition("{")[0], "confidence": 1.0}
                message.set(INTENT, entry, add_to_output=True)
                message.set("intent_ranking", [entry], add_to_output=True)
                continue
            if self._model is None or not text.strip():
                continue
            packed = (message.get("metadata") or {}).get("vector")
            ranking = self._model.rank(text, unpack(packed) if packed else None)
            entries = [{"name": name, "confidence": chance} for name, chance in ranking]
            message.set(INTENT, entries[0], add_to_output=True)
            message.set("intent_ranking", entries[:RANKING], add_to_output=True)
        return messages
