// Bundle the browser code: node build.mjs [DIRECTORY]
//
// The names of the outputs are fixed. The server puts a digest of all of them into their
// address, so that a browser may keep each for ever.

import { build } from "esbuild";

const [directory = "../src/ssc_kg/explorer/static/built"] = process.argv.slice(2);

const shared = {
  bundle: true,
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "linked",
  logLevel: "warning",
  minify: true,
  outdir: directory,
  target: "es2022",
};

await build({
  ...shared,
  assetNames: "[name]",
  entryPoints: ["graphiql.jsx"],
  format: "esm",
  jsx: "automatic",
  loader: { ".ttf": "file" },
});

// The editor checks and completes what is typed in workers, which are scripts of their own.
await build({
  ...shared,
  entryNames: "[name].worker",
  entryPoints: {
    editor: "monaco-editor/esm/vs/editor/editor.worker.js",
    graphql: "monaco-graphql/esm/graphql.worker.js",
    json: "monaco-editor/esm/vs/language/json/json.worker.js",
  },
  format: "iife",
});
