// GraphiQL, in place of the page's plain form.
//
// The form works by itself, where scripts are off or this bundle was not built. What it
// says (the endpoint, the query, the variables) is all that GraphiQL is told.

import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { createRoot } from "react-dom/client";

const WORKERS = new Set(["graphql", "json"]);

globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    const name = WORKERS.has(label) ? label : "editor";
    return new Worker(new URL(`${name}.worker.js`, import.meta.url));
  },
};

const form = document.querySelector("form.graphql");
const { query, variables } = form.elements;

// A query in the page's own address is one that somebody shared: it comes before what
// this browser remembers. The default does not.
const isShared = new URLSearchParams(location.search).has("query");
const texts = isShared
  ? { initialQuery: query.value, initialVariables: variables.value }
  : { defaultQuery: query.value };

// Answers come whole: without this the fetcher would ask for multipart/mixed.
const fetcher = createGraphiQLFetcher({
  enableIncrementalDelivery: false,
  url: form.action,
});

createRoot(document.getElementById("graphiql")).render(
  <GraphiQL fetcher={fetcher} {...texts} />,
);
