"""The server as `gap-server demo` runs it, over a database that is stocked already: drawing takes long."""

import socket

import uvicorn

from gap_server.app import create_app
from gap_server.settings import read_settings


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(read_settings(), demo=True)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, access_log=False, log_config=None)).run(sockets=[listener])


if __name__ == "__main__":
    main()
