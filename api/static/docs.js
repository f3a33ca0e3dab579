// The API's reference, drawn from its OpenAPI description.

import { fetchJson } from "./client.js";
import { element } from "./text.js";

const description = await fetchJson("/openapi.json");

function resolve(schema) {
  return schema.$ref ? description.components.schemas[schema.$ref.split("/").pop()] : schema;
}

/** An example value of a schema, put together from those of its fields. */
function example(schema) {
  const { examples, properties, type, items, default: usual } = resolve(schema);
  if (examples) return examples[0];
  if (properties)
    return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, example(each)]));
  return type === "array" ? [example(items)] : usual;
}

function fields(schema) {
  const { properties = {}, required = [] } = resolve(schema);
  return Object.entries(properties).map(([name, field]) => [
    element("dt", "", element("code", "", name), required.includes(name) ? "" : " (optional)"),
    element("dd", "", field.description ?? ""),
  ]);
}

function body(title, content) {
  const schema = content?.["application/json"]?.schema;
  if (!schema) return null;
  return element(
    "details",
    "",
    element("summary", "", title),
    element("pre", "", JSON.stringify(example(schema), null, 2)),
    element("dl", "", ...fields(schema).flat()),
  );
}

/** The options in the address; those in the path speak for themselves. */
function options(parameters = []) {
  return parameters
    .filter((each) => each.in === "query")
    .map((each) => element("p", "", element("code", "", `?${each.name}=`), ` ${each.description}`));
}

function operation(path, method, { summary, description: more, parameters, requestBody, responses }) {
  return element(
    "section",
    "operation",
    element("h2", "", element("code", "", `${method.toUpperCase()} ${path}`)),
    element("p", "", element("strong", "", summary), more && ` — ${more.replaceAll("`", "")}`),
    ...options(parameters),
    body("Request", requestBody?.content),
    ...Object.entries(responses).map(([code, response]) =>
      body(`${code} ${response.description}`, response.content)),
  );
}

document.getElementById("operations").append(
  ...Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => operation(path, method, each))),
);
