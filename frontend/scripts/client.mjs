// Writes the typed client of the service's contract. With --check it writes nothing, and fails when the client that
// is here is not what would be written.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateEndpoints } from "@rtk-query/codegen-openapi";

const CONTRACT = "../layers/core/python/docket/schemas/openapi.json";
const CLIENT = "src/lib/api/client.generated.ts";
const NOT_A_BROWSERS = /^meta_|_webhook$/;

const text = await generate(ofTheSite(JSON.parse(readFileSync(CONTRACT, "utf8"))));
if (!process.argv.includes("--check")) {
  writeFileSync(CLIENT, text);
} else if (readFileSync(CLIENT, "utf8") !== text) {
  process.stderr.write(`${CLIENT} is not what the contract says: run \`npm run client\`.\n`);
  process.exitCode = 1;
}

/** The part of the contract that a browser calls, and the schemas that this part reaches. */
function ofTheSite({ paths, components, ...rest }) {
  const called = {};
  for (const [path, methods] of Object.entries(paths)) {
    const ours = Object.entries(methods).filter(([, { operationId }]) => !NOT_A_BROWSERS.test(operationId));
    const described = ours.map(([method, operation]) => [method, withoutHeaders(operation)]);
    if (described.length > 0) called[path] = Object.fromEntries(described);
  }
  const schemas = {};
  const reach = (part) => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name in schemas) continue;
      schemas[name] = asTuple(promised(components.schemas[name]));
      reach(schemas[name]);
    }
  };
  reach(called);
  return { ...rest, paths: called, components: { ...components, schemas } };
}

/** Headers are set by `call.ts`, which takes an idempotency key beside the arguments of a generated request. */
function withoutHeaders({ parameters, ...operation }) {
  return { ...operation, parameters: parameters?.filter((parameter) => parameter.in !== "header") };
}

/** An array of a fixed length, which the generator only writes as a tuple if each item is listed. */
function asTuple(schema) {
  const { items, minItems, maxItems, ...rest } = schema;
  if (schema.type !== "array" || !minItems || minItems !== maxItems) return schema;
  return { ...rest, prefixItems: Array(minItems).fill(items) };
}

/** "There may be more fields" is true of the answer, but nothing a program could rely on. */
function promised({ additionalProperties, ...schema }) {
  return schema.properties ? schema : { ...schema, additionalProperties };
}

async function generate(contract) {
  const folder = mkdtempSync(join(tmpdir(), "contract-"));
  const schemaFile = join(folder, "openapi.json");
  try {
    writeFileSync(schemaFile, JSON.stringify(contract));
    const code = await generateEndpoints({
      schemaFile,
      apiFile: "./api",
      apiImport: "api",
      exportName: "client",
      hooks: false,
    });
    return `// Written by \`npm run client\` from the service's contract; not to be changed by hand.\n${code}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
