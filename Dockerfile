# The server, the bot and every command of gap-server in one image. No database is in it, no model, no GPL.
# Other bases: --build-arg PYTHON_IMAGE=..., one with Python 3.11. `--target backup` is Postgres's own image with the
# commands for backups in it.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm
ARG POSTGRES_IMAGE=postgres:18-bookworm

FROM ${PYTHON_IMAGE} AS build
# Where registries are behind a company's own certificates, Python finds them in the base image; Node must be told.
ARG NODE_EXTRA_CA_CERTS=
WORKDIR /build
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends binutils >/dev/null
# What changes rarely comes first. Node is a Python package here, so one base image makes everything.
# `otel` instead of `server`: with what sends traces, too.
ARG REQUIREMENTS=server
COPY requirements/uv.txt requirements/build.txt requirements/${REQUIREMENTS}.txt requirements/
RUN python3 -m venv /tools \
 && /tools/bin/python -m pip install --quiet --no-cache-dir --require-hashes -r requirements/uv.txt \
 && /tools/bin/uv pip install --quiet --no-cache --python /tools/bin/python --require-hashes -r requirements/build.txt
RUN python3 -m venv --without-pip /opt/gap \
 && /tools/bin/uv pip install --quiet --no-cache --python /opt/gap/bin/python --require-hashes -r requirements/${REQUIREMENTS}.txt
COPY webapp/package.json webapp/package-lock.json webapp/.npmrc webapp/
RUN PATH="/tools/bin:$PATH" npm --prefix webapp ci --silent
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY webapp webapp
COPY migrations migrations
COPY training/lmms-eval.txt training/requirements.txt training/vlmevalkit.txt training/
COPY src src
RUN PATH="/tools/bin:$PATH" npm --prefix webapp run --silent build -- --logLevel warn \
 && /tools/bin/python -m hatchling build -t wheel -d /wheel \
 && /tools/bin/uv pip install --quiet --no-cache --python /opt/gap/bin/python --no-deps /wheel/*.whl \
 # a quarter of the image is libraries' own tests and debuggers' symbols, which nobody looks at here
 && find /opt/gap -type d -name tests -prune -exec rm -r {} + \
 && find /opt/gap -path '*.libs' -prune -o -name '*.so' -exec strip --strip-unneeded {} + \
 && /opt/gap/bin/python -c "import aiohttp, arro3.core, asyncpg, numpy, PIL.Image, pydantic, sqlalchemy, uvloop" \
 && /opt/gap/bin/python -m compileall -q -j 0 /opt/gap/lib

FROM ${POSTGRES_IMAGE} AS backup
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/gap/lib/python3.11/site-packages /opt/gap
RUN mkdir /backups && chown postgres /backups
ENV PYTHONPATH=/opt/gap PYTHONUNBUFFERED=1
USER postgres
ENTRYPOINT ["python3", "-c", "from gap_server.cli import main; main()"]
CMD ["backup", "/backups", "--follow"]

FROM ${PYTHON_IMAGE} AS runtime
ARG PYTHON_IMAGE VERSION=0 REVISION=unknown
LABEL org.opencontainers.image.title="gap-server" \
      org.opencontainers.image.description="The open platform for Gamified Adversarial Prompting" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${PYTHON_IMAGE}"
COPY --from=build /opt/gap /opt/gap
# Nothing is written but what GAP_DATA_DIR holds and temporary files, so any user id works (compose, OpenShift).
RUN mkdir /data && chmod 1777 /data
ENV PATH=/opt/gap/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    GAP_HOST=0.0.0.0 GAP_PORT=8000 GAP_DATA_DIR=/data GAP_LOG_FORMAT=json HOME=/tmp
USER 10001:10001
EXPOSE 8000
# By a bare socket: to load an HTTP client takes longer than the answer, and where the machine is busy a check that ran out
# of time ends `docker compose up` before Caddy starts.
HEALTHCHECK --interval=10s --timeout=15s --start-period=180s --retries=3 \
  CMD ["python3", "-ISc", "import socket; s = socket.create_connection(('127.0.0.1', 8000), 10); s.sendall(b'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n'); assert s.recv(99).startswith(b'HTTP/1.1 200 ')"]
ENTRYPOINT ["gap-server"]
CMD ["serve"]
