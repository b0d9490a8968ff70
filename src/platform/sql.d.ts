/** An imported .sql file is its text (tsx.mjs on Node, vitest.config.ts in tests, the Text rule of wrangler.toml in the Worker). */
declare module '*.sql' {
  const text: string
  export default text
}
