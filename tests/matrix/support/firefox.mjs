// Firefox of the system, by way of WebDriver BiDi; no geckodriver.
import { needed } from "./unavailable.mjs";

export async function openFirefox(ctx) {
  const executablePath = needed(ctx.tools.firefox, "Firefox");
  const { launch } = await import("puppeteer-core").catch((error) => needed(undefined, `puppeteer-core (${error.code})`));
  const browser = await launch({
    browser: "firefox",
    executablePath,
    headless: true,
    // Here and below: the cell has a time limit, and a busy machine is no failure.
    timeout: 0,
    extraPrefsFirefox: {
      // A fresh profile would ask and tell.
      "app.update.enabled": false,
      "datareporting.policy.dataSubmissionEnabled": false,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
      "services.settings.server": "",
    },
  });
  ctx.after(() => browser.close());
  const page = await browser.newPage();
  page.on("console", (message) => ctx.log(`console: ${message.text()}`));
  return { browser, page, open: async (url) => void (await page.goto(url, { timeout: 0 })) };
}
