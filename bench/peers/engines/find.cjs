// Works out what is visible and what the totals are, with the engines of SurveyJS and of LHC-Forms.
// The first line of standard input has the questionnaires and the people, by size, as JSON; every further line asks for
// a turn, {engine, size, times}, and is answered by a line of JSON: milliseconds for a person, and what was found of each.
const fhirpath = require("fhirpath");
const r4 = require("fhirpath/fhir-context/r4");
const { Model } = require("survey-core");
const { createInterface } = require("readline");

// Built once for a questionnaire, as ours is: each takes a person's answers and returns what is found.
const build = {
  surveyjs({ survey, totals }) {
    const model = new Model(survey);
    const questions = model.getAllQuestions();
    return ({ answers }) => {
      model.data = answers;
      return {
        visible: questions.filter((question) => question.isVisible).map((question) => question.name),
        totals: Object.fromEntries(totals.map((name) => [name, model.getVariable(name)])),
      };
    };
  },
  fhirpath({ questions, expressions }) {
    const compiled = (all) => Object.entries(all).map(([name, text]) => [name, fhirpath.compile(text, r4)]);
    const [conditions, totals] = [new Map(compiled(expressions.conditions)), compiled(expressions.totals)];
    return ({ response }) => ({
      visible: questions.filter((id) => !conditions.has(id) || conditions.get(id)(response)[0]),
      totals: Object.fromEntries(totals.map(([name, total]) => [name, total(response)[0]])),
    });
  },
};
const engines = {};
let given;

createInterface({ input: process.stdin }).on("line", (line) => {
  if (!given) {
    given = JSON.parse(line);
    for (const name of Object.keys(build)) {
      engines[name] = Object.fromEntries(Object.entries(given).map(([size, each]) => [size, build[name](each)]));
    }
    return;
  }
  const { engine, size, times } = JSON.parse(line);
  const find = engines[engine][size];
  const { people } = given[size];
  const began = performance.now();
  for (let time = 0; time < times; time++) people.forEach(find);
  const milliseconds = (performance.now() - began) / times / people.length;
  console.log(JSON.stringify({ milliseconds, found: people.map(find) }));
});
