FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its own Node, and needs the native libraries of one system only.
RUN npm ci --omit=dev \
 && rm -rf node_modules/node-* \
 && find node_modules/onnxruntime-node/bin/napi-v* -mindepth 1 -maxdepth 1 -type d ! -name linux -exec rm -rf {} +

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production SUNMAO_HOST=0.0.0.0 SUNMAO_DATABASE=/data/sunmao.db
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE NOTICE ./
COPY src src
COPY seed seed
COPY models models
COPY public public
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4310
CMD ["node", "--import", "./src/platform/tsx.mjs", "src/cli.ts", "serve"]
