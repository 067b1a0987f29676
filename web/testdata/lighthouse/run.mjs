// Runs Lighthouse on each page: node run.mjs CHROMIUM (mobile|desktop)=URL...
// Prints one line of JSON a page: the scores, and the audits that are not passed.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const [chromePath, ...pages] = process.argv.slice(2);
const chrome = await launch({ chromePath, logLevel: "silent", chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
try {
  for (const page of pages) {
    const [form, url] = page.split(/=(.*)/s);
    const flags = { port: chrome.port, logLevel: "error", disableFullPageScreenshot: true };
    const { lhr } = await lighthouse(url, flags, form === "desktop" ? desktopConfig : undefined);
    const scores = Object.fromEntries(Object.values(lhr.categories).map((c) => [c.id, Math.round(100 * c.score)]));
    const weighed = new Set(Object.values(lhr.categories).flatMap((c) => c.auditRefs.filter((r) => r.weight > 0).map((r) => r.id)));
    const failed = Object.values(lhr.audits).filter((a) => weighed.has(a.id) && a.score !== null && a.score < 0.9).map((a) => a.id);
    const requests = lhr.audits["network-requests"].details.items.filter((i) => i.protocol !== "data");
    const bytes = requests.reduce((n, i) => n + i.transferSize, 0);
    console.log(JSON.stringify({ form, url, scores, failed, bytes, version: lhr.lighthouseVersion }));
  }
} finally {
  chrome.kill();
}
