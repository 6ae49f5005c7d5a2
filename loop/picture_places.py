"""A plugin of ms-swift: where the miniature's pictures are among its tokens.

The framework knows a picture's place by its number in the vocabulary of Qwen2-VL itself. In any other
it finds none, leaves one token where nine belong, and trains without a word of complaint.
"""

from typing import Final

from swift.template.templates.qwen import Qwen2VLTemplate

PICTURE: Final = 6
"""The number of `<|image_pad|>` in loop/base/tokenizer.json."""

Qwen2VLTemplate.image_token_id = PICTURE
