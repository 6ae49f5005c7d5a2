"""Serves the miniature's models at the wire as OpenAI-compatible servers do, the base and adapters beside it.

    python -m loop.serve --port 8100 miniature=loop/base tuned=run/output/checkpoint-90

A folder with an adapter is merged into the first model. Questions that wait together are answered together.
"""

import argparse
import base64
import io
import json
import queue
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import torch
from peft import PeftModel
from PIL import Image
from transformers import AutoTokenizer, Qwen2VLForConditionalGeneration, Qwen2VLImageProcessor

TOGETHER: Final = 16
"""Questions that are answered at once, at most."""

REQUEST_BYTES: Final = 2**22
PICTURES: Final = 2000
"""That are kept as the model sees them: players ask about one picture again and again."""


class Malformed(Exception):
    """A request that is none, with the sentence that says so."""


@dataclass(frozen=True, slots=True)
class Request:
    """`pixels` and `grid` as the image processor gives them; None where nothing but text is asked."""

    text: str
    pixels: torch.Tensor | None
    grid: torch.Tensor | None
    temperature: float
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int


class Served:
    """One model: reads requests in any thread, answers in one of its own."""

    def __init__(self, folder: Path, model: Any) -> None:
        self._model = model.eval()
        self._words = AutoTokenizer.from_pretrained(folder, padding_side="left")
        self._eyes = Qwen2VLImageProcessor.from_pretrained(folder)
        self._seen: OrderedDict[str, tuple[torch.Tensor, torch.Tensor]] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting: queue.SimpleQueue[tuple[Request, Future[Said]]] = queue.SimpleQueue()
        threading.Thread(target=self._answer_for_ever, daemon=True).start()

    def ask(self, body: Any) -> Said:
        """Raises Malformed."""
        answer: Future[Said] = Future()
        self._waiting.put((self._read(body), answer))
        return answer.result()

    def _read(self, body: Any) -> Request:
        try:
            messages = body["messages"]
            parts = [p for m in messages if not isinstance(m["content"], str) for p in m["content"]]
            pictures = [p["image_url"]["url"] for p in parts if p["type"] == "image_url"]
            text = self._words.apply_chat_template(
                [_plain(message) for message in messages], add_generation_prompt=True, tokenize=False
            )
            temperature, most = float(body.get("temperature", 1)), int(body.get("max_tokens", 16))
        except (LookupError, TypeError, ValueError) as error:
            raise Malformed(f"not a chat completion's request: {error!r}") from error
        if len(pictures) > 1:
            raise Malformed("one picture at most")
        if not pictures:
            return Request(text, None, None, temperature, most)
        pixels, grid = self._look(pictures[0])
        cells = int(grid.prod()) // self._eyes.merge_size**2
        text = text.replace("<|image_pad|>", "<|image_pad|>" * cells)
        return Request(text, pixels, grid, temperature, most)

    def _look(self, url: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Raises Malformed."""
        key = sha256(url.encode()).hexdigest()
        with self._lock:
            if key in self._seen:
                self._seen.move_to_end(key)
                return self._seen[key]
        try:
            with Image.open(io.BytesIO(base64.b64decode(url.partition(";base64,")[2]))) as picture:
                seen = self._eyes(images=[picture.convert("RGB")], return_tensors="pt")
        except (ValueError, OSError) as error:
            raise Malformed(f"not a picture: {error}") from error
        found = seen["pixel_values"], seen["image_grid_thw"]
        with self._lock:
            self._seen[key] = found
            while len(self._seen) > PICTURES:
                self._seen.popitem(last=False)
        return found

    def _answer_for_ever(self) -> None:
        while True:
            together = [self._waiting.get()]
            while len(together) < TOGETHER and not self._waiting.empty():
                together.append(self._waiting.get())
            alike: dict[tuple[float, int, bool], list[tuple[Request, Future[Said]]]] = {}
            for request, answer in together:
                sort = (request.temperature, request.max_tokens, request.pixels is None)
                alike.setdefault(sort, []).append((request, answer))
            for some in alike.values():
                try:
                    said = self._answers([request for request, _ in some])
                except Exception as error:  # noqa: BLE001  # it is the asker's to hear, whatever it is
                    for _, answer in some:
                        answer.set_exception(error)
                else:
                    for (_, answer), one in zip(some, said, strict=True):
                        answer.set_result(one)

    def _answers(self, requests: list[Request]) -> list[Said]:
        """Of requests with the same temperature and length, all with a picture or none."""
        first = requests[0]
        given = self._words(
            [r.text for r in requests], padding=True, add_special_tokens=False, return_tensors="pt"
        )
        ids = given["input_ids"]
        inputs: dict[str, Any] = {"input_ids": ids, "attention_mask": given["attention_mask"]}
        if first.pixels is not None:
            inputs["pixel_values"] = torch.cat([r.pixels for r in requests if r.pixels is not None])
            inputs["image_grid_thw"] = torch.cat([r.grid for r in requests if r.grid is not None])
        sampling: dict[str, Any] = {"do_sample": False}
        if first.temperature:
            sampling = {"do_sample": True, "temperature": first.temperature, "top_k": 0, "top_p": 1.0}
        made = self._model.generate(**inputs, max_new_tokens=first.max_tokens, **sampling)
        end = self._words.eos_token_id
        return [
            self._said(new.tolist(), int(mask.sum()), end)
            for new, mask in zip(made[:, ids.shape[1] :], given["attention_mask"], strict=True)
        ]

    def _said(self, new: list[int], asked: int, end: int) -> Said:
        ended = end in new
        spoken = new[: new.index(end)] if ended else new
        text = self._words.decode(spoken, skip_special_tokens=True).strip()
        return Said(text, "stop" if ended else "length", asked, len(spoken) + ended)


def _plain(message: Any) -> dict[str, Any]:
    """The message as the chat template knows it."""
    content = message["content"]
    if not isinstance(content, str):
        content = [{"type": "image"} if p["type"] == "image_url" else p for p in content]
    return {"role": message["role"], "content": content}


def loaded(folders: dict[str, Path]) -> dict[str, Served]:
    """Each model by its name; the first is the base of every folder with an adapter."""
    base = next(iter(folders.values()))
    served = {}
    for name, folder in folders.items():
        adapted = (folder / "adapter_config.json").exists()
        model: Any = Qwen2VLForConditionalGeneration.from_pretrained(base if adapted else folder)
        if adapted:
            model = PeftModel.from_pretrained(model, folder).merge_and_unload()
        served[name] = Served(base if adapted else folder, model)
    return served


class Handler(BaseHTTPRequestHandler):
    """The three addresses that our client and its probes ask."""

    protocol_version = "HTTP/1.1"
    models: dict[str, Served]

    def do_GET(self) -> None:  # the library's name
        if self.path == "/health":
            self._send(HTTPStatus.OK, {})
        elif self.path == "/v1/models":
            self._send(
                HTTPStatus.OK, {"object": "list", "data": [{"id": n, "object": "model"} for n in self.models]}
            )
        else:
            self._send(HTTPStatus.NOT_FOUND, _error("there is nothing here"))

    def do_POST(self) -> None:  # the library's name
        length = int(self.headers.get("Content-Length", 0))
        if length > REQUEST_BYTES:
            self.close_connection = True
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _error("too large"))
            return
        content = self.rfile.read(length)
        if self.path != "/v1/chat/completions":
            self._send(HTTPStatus.NOT_FOUND, _error("there is nothing here"))
            return
        try:
            body = json.loads(content)
            name = body["model"]
            if name not in self.models:
                self._send(HTTPStatus.NOT_FOUND, _error(f"no model {name!r}: {', '.join(self.models)}"))
                return
            said = self.models[name].ask(body)
        except (Malformed, ValueError, LookupError, TypeError) as error:
            self._send(HTTPStatus.BAD_REQUEST, _error(str(error)))
            return
        self._send(HTTPStatus.OK, _completion(name, said))

    def log_message(self, *said: Any) -> None:
        """Silent: whoever asks counts for themselves."""

    def _send(self, status: HTTPStatus, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Listening(ThreadingHTTPServer):
    request_queue_size = 128  # a crowd comes at once; with the library's 5 it is turned away


def _error(sentence: str) -> dict[str, Any]:
    return {"error": {"message": sentence, "type": "invalid_request_error"}}


def _completion(name: str, said: Said) -> dict[str, Any]:
    return {
        "object": "chat.completion",
        "created": int(time.time()),
        "model": name,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": said.text},
                "finish_reason": said.finish_reason,
            }
        ],
        "usage": {
            "prompt_tokens": said.prompt_tokens,
            "completion_tokens": said.completion_tokens,
            "total_tokens": said.prompt_tokens + said.completion_tokens,
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1, help="of the processor, for all models together")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    pairs = [one.partition("=") for one in given.model]
    Handler.models = loaded({name: Path(folder) for name, _, folder in pairs})
    server = Listening(("127.0.0.1", given.port), Handler)
    print(f"serving at http://127.0.0.1:{server.server_port}", flush=True)  # for who started it
    server.serve_forever()


if __name__ == "__main__":
    main()
