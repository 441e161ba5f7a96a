# syntax=docker/dockerfile:1
# Builds with everything, runs with nothing but Node: no shell, no package manager, nobody's user.

FROM node:24-bookworm-slim AS build
WORKDIR /congruent
# `npm ci` compiles, so that everything must be there.
COPY . .
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM gcr.io/distroless/nodejs24-debian12:nonroot
WORKDIR /congruent
COPY --from=build /congruent/package.json ./
COPY --from=build /congruent/node_modules ./node_modules
COPY --from=build /congruent/bin ./bin
COPY --from=build /congruent/build/bundle ./build/bundle
COPY --from=build /congruent/build/src ./build/src
COPY --from=build /congruent/build/web ./build/web
COPY --from=build /congruent/engine/dist ./engine/dist
COPY --from=build /congruent/policies ./policies
COPY --from=build /congruent/schemas ./schemas
ENV NODE_ENV=production
EXPOSE 8787
# Signals go to Node itself, which ends in order.
ENTRYPOINT ["/nodejs/bin/node", "bin/congruent.js"]
CMD ["serve", "--host", "0.0.0.0"]
