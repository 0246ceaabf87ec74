# The ledger on Node's own image. UNTESTED: written by the documentation, never built by this project's checks.
#
#   docker build -t enforcement-ledger .
#   docker run --network host -v ledger-data:/data enforcement-ledger
FROM node:26-slim AS page
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json vite.config.ts ./
COPY src ./src
RUN npx vite build --logLevel warn

FROM node:26-slim

WORKDIR /app
ENV NODE_ENV=production

# Before the sources, so that an edit of them does not install anew. The optional packages are only a Node for
# machines that have an older one; this image brings its own.
COPY package.json package-lock.json ./
# Scripts would build the page, which comes from the stage above.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund && npm cache clean --force

COPY bin ./bin
COPY src ./src
COPY examples ./examples
COPY docs ./docs
COPY --from=page /app/dist ./dist

# A new volume takes over the owner of the folder that it is mounted on.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
LABEL enforcement-ledger.untested="true"

# Loopback is all that it binds without a token (docs/operating.md): with host networking it is the host's own.
ENV LEDGER_DATA=/data LEDGER_HOST=127.0.0.1 LEDGER_PORT=4000
EXPOSE 4000

# Node asks, since the slim image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://${process.env.LEDGER_HOST}:${process.env.LEDGER_PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

ENTRYPOINT ["node", "/app/bin/ledger.js"]
CMD ["serve"]
