"""One question as the bytes of a chat completion request."""

import hashlib
import json
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from gap_server.vlm.client.player_text import neutralised
from gap_server.vlm.instructions import GATE
from gap_server.vlm.protocol import Instruction, Picture

Dialect = Literal["vllm", "llamacpp", "ollama"]

LLAMA_3_STOPS = (128001, 128009)
"""<|end_of_text|> and <|eot_id|>. Without them vLLM lets MiniCPM-Llama3-V run on to max_tokens, wordless."""


@dataclass(slots=True)
class RequestBody:
    """The parts of a request that stay the same, and recent pictures ready encoded.

    `extra_body` is merged into every request, for options of the operator's own server. Encoding a picture of
    200 kB costs most of a millisecond of the event loop, so `pictures_bytes` of encoded ones are kept.
    """

    model: str
    dialect: Dialect = "vllm"
    temperature: float = 0.7
    max_tokens: int = 150
    stop_token_ids: Sequence[int] = LLAMA_3_STOPS
    extra_body: Mapping[str, Any] = field(default_factory=dict)
    pictures_bytes: int = 16 * 2**20
    _pictures: "OrderedDict[str, bytes]" = field(default_factory=OrderedDict, init=False, repr=False)
    _held: int = field(default=0, init=False)

    def question(self, picture: Picture, instruction: Instruction, question: str) -> bytes:
        """System, image, question: in this order every question on an image reuses the work of the first."""
        return self._body(self._picture(picture), instruction.text, neutralised(question), self.max_tokens)

    def ping(self, picture: Picture) -> bytes:
        """The shortest real question: one token about a small picture."""
        return self._body(self._picture(picture), "Answer in one word.", "Which colour is this?", 1)

    def gate(self, question: str) -> bytes:
        """Is it about a picture? Text alone, one token, and the likeliest one."""
        stops = {"stop_token_ids": list(self.stop_token_ids)} if self.dialect == "vllm" else {}
        messages = [
            {"role": "system", "content": GATE.text},
            {"role": "user", "content": f"Question: {neutralised(question)}"},
        ]
        fixed = {
            "model": self.model,
            "temperature": 0,
            "max_tokens": 1,
            "stream": False,
            "messages": messages,
        }
        return json.dumps(dict(self.extra_body) | fixed | stops).encode()

    def as_served(self) -> dict[str, Any]:
        """What of a request decides how the model answers, by the names that ServedModel has for it."""
        stops = {"stop_token_ids": list(self.stop_token_ids)} if self.dialect == "vllm" else {}
        return {
            "dialect": self.dialect,
            "temperature": self.temperature,
            "max_tokens": self.max_tokens,
            "sampling": stops,
            "extra_body": dict(self.extra_body),
        }

    def _body(self, picture: bytes, system: str, question: str, max_tokens: int) -> bytes:
        fixed: dict[str, Any] = {
            "model": self.model,
            "temperature": self.temperature,
            "max_tokens": max_tokens,
            "stream": False,
        }
        if self.dialect == "vllm":
            fixed["stop_token_ids"] = list(self.stop_token_ids)
        head = json.dumps(fixed | dict(self.extra_body)).encode()[:-1]
        before = b', "messages": [{"role": "system", "content": %b}, {"role": "user", "content": ['
        text = b', {"type": "text", "text": %b}]}]}'
        return b"".join(
            (head, before % json.dumps(system).encode(), picture, text % json.dumps(question).encode())
        )

    def _picture(self, picture: Picture) -> bytes:
        part = self._pictures.pop(picture.sha256, None)
        if part is None:
            part = self._encoded(picture)
            self._held += len(part)
        self._pictures[picture.sha256] = part
        while self._held > self.pictures_bytes:
            self._held -= len(self._pictures.popitem(last=False)[1])
        return part

    def _encoded(self, picture: Picture) -> bytes:
        url = f"data:{picture.media_type};base64,{b64encode(picture.content).decode()}"
        part: dict[str, Any] = {"type": "image_url", "image_url": {"url": url}}
        if self.dialect == "vllm":
            # vLLM believes the uuid before the bytes: anything but the content's own hash could show it
            # another picture.
            part["uuid"] = hashlib.sha256(picture.content).hexdigest()
        return json.dumps(part).encode()
