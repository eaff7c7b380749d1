# Builds the product, then carries only what runs into a small image without a compiler.
# A release and not a moving tag; pin it by its digest where you build: examples/pin-images.sh asks the registry for it
# (--build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:…).
ARG NODE_IMAGE=node:24.21.0-bookworm-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /jieting
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM ${NODE_IMAGE}
# A release is made of an image that nobody can move: --build-arg RELEASE=1.2.3 refuses one without its digest.
ARG NODE_IMAGE
ARG RELEASE=
RUN case "${RELEASE:+release}$NODE_IMAGE" in release*@sha256:*) ;; release*) echo "$NODE_IMAGE has no digest" >&2; exit 1 ;; esac
# glibc keeps what each thread has given back for that thread: two places for all of them hold a third less.
ENV NODE_ENV=production DATA_DIR=/data HTTP_HOST=0.0.0.0 MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=65536
WORKDIR /jieting
COPY --from=build /jieting/node_modules ./node_modules
COPY --from=build /jieting/dist ./dist
COPY package.json ./
COPY city.json ./city.json
COPY gazetteer.json ./gazetteer.json
COPY retention.json ./retention.json
COPY recordings.json ./recordings.json
COPY ivr-flows ./ivr-flows
COPY order-rules ./order-rules
COPY catalogue ./catalogue
COPY knowledge ./knowledge
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
# 8080 is the web and the API. SIP and RTP come from drachtio-server and the media ports: see sip-config/README.md.
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD node -e "require(process.env.HTTPS_CERT?'https':'http').get({host:'127.0.0.1',port:process.env.HTTP_PORT||8080,path:'/livez',rejectUnauthorized:false},r=>process.exit(r.statusCode===200?0:1)).on('error',()=>process.exit(1))"
CMD ["node", "dist/cli/main.js", "start"]
