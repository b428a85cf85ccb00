# One image for every process of Carryover; docker-compose.yml chooses the entry. Debian, because the Temporal SDK needs glibc.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY shared ./shared
COPY workflows ./workflows
COPY activities ./activities
COPY platforms ./platforms
COPY store ./store
COPY worker ./worker
COPY client ./client
COPY cli ./cli
COPY server ./server
COPY sandbox ./sandbox
COPY scripts ./scripts
COPY bench ./bench
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates tini \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node /keys /state
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/sandbox/worlds ./sandbox/worlds
USER node
# Node as process 1 would neither reap children nor take signals by default.
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/server/main.js"]
