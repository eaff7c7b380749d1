#!/bin/sh
# Writes the images that compose.yaml names with the digests that they have in their registry today, as lines for .env:
#
#   examples/pin-images.sh >> .env        # then: docker compose build --pull
#
#   examples/pin-images.sh --check        # leaves with 1 and names them where .env has images without a digest: for a release
#
# A tag can be moved to another image; a digest cannot. Asks the registry and nobody else: docker with buildx.
set -eu
if [ "${1:-}" = --check ]; then
  file=${2:-.env}
  left=0
  for name in NODE_IMAGE POSTGRES_IMAGE DRACHTIO_IMAGE; do
    # The last line of a name is the one that counts.
    image=$(sed -n "s/^$name=//p" "$file" 2>/dev/null | tail -n 1)
    if ! printf '%s\n' "$image" | grep -Eq '@sha256:[0-9a-f]{64}$'; then
      echo "$name in $file: found ${image:-nothing}, expected an image with its digest, @sha256:…" >&2
      left=1
    fi
  done
  exit $left
fi
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
