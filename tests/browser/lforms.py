"""LHC-Forms, the US National Library of Medicine’s form filler, in a page: what others make of our Questionnaire."""

import sys
from pathlib import Path

BUILT = Path(sys.prefix) / "node" / "node_modules" / "lforms" / "dist" / "lforms"
SCRIPTS = ("webcomponent/assets/lib/zone.min.js", "webcomponent/lhc-forms.js", "fhir/R4/lformsFHIR.min.js")
PAGE = "".join(
    ["<!doctype html><meta charset=utf-8><div id=form>", *(f"<script src=/{each}></script>" for each in SCRIPTS)]
)
ORIGIN = "http://form.invalid/"

FILL = """async ([questionnaire, response]) => {
  const form = LForms.Util.convertFHIRQuestionnaireToLForms(questionnaire, 'R4');
  const filled = response ? LForms.Util.mergeFHIRDataIntoLForms(response, form, 'R4') : form;
  filled.hasSavedData = false;  // otherwise a total that is not in the response counts as erased by the user
  await LForms.Util.addFormToPage(filled, 'form');
}"""
SEEN = """async () => {
  const expressions = LForms.Util._getFormObjectInScope()._expressionProcessor;
  await new Promise(resolve => setTimeout(resolve, 10));
  await expressions._currentRunPromise;
  await new Promise(resolve => setTimeout(resolve, 10));
  const ids = [...document.querySelectorAll('#form lhc-item')].map(item => item.id.replace(/^item-|[/].*$/g, ''));
  return [ids, LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')];
}"""


class Form:
    """A Questionnaire on a page: it can be filled in, and says what it shows and holds."""

    def __init__(self, page, questionnaire):
        self.page, self.questionnaire, self.said = page, questionnaire, []
        page.on("console", lambda message: self.said.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.route("**/*", serve)
        page.goto(ORIGIN)

    def fill(self, items=()):
        """Show the form with these items of a response in it."""
        response = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)}
        self.page.evaluate(FILL, [self.questionnaire, response if items else None])

    def tick(self, link, code):
        """Tick an answer."""
        self.page.locator(f"[id^='{link}/'][id$='|{code}']").click()

    def write(self, link, text):
        """Write a number."""
        box = self.page.locator(f"input[id^='{link}/']")
        box.fill(text)
        box.blur()

    def seen(self):
        """Return the linkIds that are shown, and the answers that the form holds, by linkId."""
        shown, response = self.page.evaluate(SEEN)
        return shown, dict(answers(response.get("item", [])))


def answers(items):
    """Yield the answers of a response by linkId: the codes chosen, or a number."""
    for item in items:
        yield from answers(item.get("item", []))
        values = [value for answer in item.get("answer", []) for value in answer.values()]
        if values:
            yield item["linkId"], tuple(value["code"] if isinstance(value, dict) else value for value in values)


def serve(route):
    """Answer from the files on the disk; nothing else is asked for."""
    path = route.request.url.removeprefix(ORIGIN)
    if path:
        route.fulfill(path=BUILT / path)
    else:
        route.fulfill(body=PAGE, content_type="text/html")
