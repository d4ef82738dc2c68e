// Run a query with Comunica and write its result as text.
// Standard input: {query, sources, mediaType}, of which sources are addresses.
import { text } from "node:stream/consumers";

import { QueryEngine } from "@comunica/query-sparql";

const { query, sources, mediaType } = JSON.parse(await text(process.stdin));
const engine = new QueryEngine();
const result = await engine.query(query, { sources });
const { data } = await engine.resultToString(result, mediaType);
process.stdout.write(await text(data));
