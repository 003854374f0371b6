// Judges pages, given as JSON on standard input: {chromium, flags, pages: [{address, cookies, large}]}.
// Writes, for each, the mark of every category, the audits that took from it, and the address that was shown at last.
import lighthouse, { desktopConfig } from "lighthouse";
import { text } from "node:stream/consumers";
import { launch } from "puppeteer-core";

const CATEGORIES = ["performance", "accessibility", "best-practices"];

async function judged(browser, { address, cookies, large }) {
  const window = await browser.createBrowserContext();
  const page = await window.newPage();
  await page.setCookie(...cookies);
  const { lhr } = await lighthouse(address, { onlyCategories: CATEGORIES }, large ? desktopConfig : undefined, page);
  await window.close();
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const marks = CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100));
  const below = CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs)
    .filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ id }) => [lhr.audits[id].title, lhr.audits[id].displayValue].filter(Boolean).join(": "));
  return { marks, below, shown: lhr.finalDisplayedUrl };
}

const { chromium, flags, pages } = JSON.parse(await text(process.stdin));
const browser = await launch({ executablePath: chromium, args: flags });
const all = [];
for (const page of pages) all.push(await judged(browser, page));
await browser.close();
console.log(JSON.stringify(all));
