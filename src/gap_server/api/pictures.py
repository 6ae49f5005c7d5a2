"""A picture of the catalogue as an answer: to one player, kept by nobody in between."""

from fastapi import Response

from gap_server.api.problems import Responses
from gap_server.vlm.protocol import Picture

PICTURE: Responses = {200: {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}}


def shown_to_one(picture: Picture) -> Response:
    return Response(
        picture.content, media_type=picture.media_type, headers={"Cache-Control": "private, no-store"}
    )
