#!/bin/sh
# Write .env for docker compose, secrets made new:  deploy/configure.sh DOMAIN BOT_TOKEN BOT_NAME
# An .env that is there already is left alone.
set -eu
cd "$(dirname "$0")/.."
[ $# -eq 3 ] || { sed -n 2,3p "$0"; exit 2; }
[ ! -e .env ] || { echo ".env is there already: change it by hand, or move it away." >&2; exit 1; }
command -v openssl >/dev/null || { echo "openssl is needed to make secrets." >&2; exit 1; }
domain=$1 token=$2 name=$3

# The server never sees the bot's token, only this key, which is all it takes to check who signs in.
key=$(printf %s "$token" | openssl dgst -sha256 -hmac WebAppData | sed 's/.* //')
secret() { openssl rand -hex 24; }

umask 077
sed -e "s|^SITE_ADDRESS=.*|SITE_ADDRESS=$domain|" \
    -e "s|^GAP_PUBLIC_URL=.*|GAP_PUBLIC_URL=https://$domain|" \
    -e "s|^GAP_BOT_TOKEN=.*|GAP_BOT_TOKEN=$token|" \
    -e "s|^GAP_BOT_NAME=.*|GAP_BOT_NAME=$name|" \
    -e "s|^GAP_BOT_KEY=.*|GAP_BOT_KEY=$key|" \
    -e "s|^POSTGRES_PASSWORD=.*|POSTGRES_PASSWORD=$(secret)|" \
    -e "s|^GAME_PASSWORD=.*|GAME_PASSWORD=$(secret)|" \
    -e "s|^EXPORT_PASSWORD=.*|EXPORT_PASSWORD=$(secret)|" \
    -e "s|^GAP_VLM_API_KEY=.*|GAP_VLM_API_KEY=$(secret)|" \
    -e "s|^GRAFANA_PASSWORD=.*|GRAFANA_PASSWORD=$(secret)|" .env.example >.env
echo ".env is written. Next: docker compose up -d   (without a GPU here: set COMPOSE_PROFILES and GAP_VLM_URLS in it first)"
