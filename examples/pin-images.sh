#!/bin/sh
# Writes the images that compose.yaml names with the digests that they have in their registry today, as lines for .env:
#
#   examples/pin-images.sh >> .env        # then: docker compose build --pull
#
# A tag can be moved to another image; a digest cannot. Asks the registry and nobody else: docker with buildx.
set -eu
pin() {
  digest=$(docker buildx imagetools inspect "$2" --format '{{.Manifest.Digest}}')
  case $digest in
    sha256:*) echo "$1=$2@$digest" ;;
    *) echo "no digest for $2: ${digest:-nothing}" >&2; exit 1 ;;
  esac
}
pin NODE_IMAGE "${1:-node:24.21.0-bookworm-slim}"
pin POSTGRES_IMAGE "${2:-postgres:16-bookworm}"
pin DRACHTIO_IMAGE "${3:-drachtio/drachtio-server:latest}"
