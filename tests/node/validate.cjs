// Reads a JSON list of FHIR R4 resources from standard input, and prints what is wrong with each.
// What is less than an error is about value sets that the validator does not carry.
const { Fhir } = require("fhir");
const { readFileSync } = require("fs");

const fhir = new Fhir();
const wrong = JSON.parse(readFileSync(0, "utf8")).map((resource) =>
  fhir
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter((message) => message.severity === "error")
    .map((message) => `${message.location}: ${message.message}`),
);
console.log(JSON.stringify(wrong));
