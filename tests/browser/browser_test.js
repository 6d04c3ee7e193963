// Usage: node browser_test.js SEATWISE CONTOSO; see `run`.
"use strict";

const assert = require("node:assert");
const { execFileSync, spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const puppeteer = require("puppeteer-core");

const [seatwise, contoso] = process.argv.slice(2);
const markup = "<img src=x onerror=alert(1)>";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "seatwise-browser-"));
const file = path.join(folder, "page.html");
const quick = path.join(folder, "quick.html");  // Without what has to be tried out.
const env = { PATH: "/usr/bin:/bin", SEATWISE_DB: path.join(folder, "db"), SEATWISE_TENANT: "contoso" };
const shots = process.env.SEATWISE_SHOTS;
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const phone = { width: 390, height: 844 };
const seconds = 60;  // For each test.
const desk = { width: 1280, height: 900 };
const sheet = { width: 718, height: 1000 };  // What the margins of A4 leave.

let browser;

function run(...words) {
  return execFileSync(seatwise, words, { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

// A page of its own, with all that went wrong in it and all it asked for.
async function open(address, { scheme = "light", viewport = desk } = {}) {
  const page = await browser.newPage();
  page.trouble = [];
  page.requests = [];
  page.on("pageerror", (error) => page.trouble.push(error.message));
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && page.trouble.push(message.text()));
  page.on("request", (request) => page.requests.push(request.url()));
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(address);
  return page;
}

async function shot(page, name, fullPage = true) {
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage });
}

async function noViolations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const said = found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html).slice(0, 3).join(" | ")}`);
  assert.deepStrictEqual(said, []);
}

const texts = (page, selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent));
const title = (page) => page.$eval("#detail-title", (one) => one.textContent);

// Until the part with this title is shown: a link changes the address, and the page follows that a
// moment later.
async function titled(page, text) {
  const shown = (want) => document.getElementById("detail-title")?.textContent.includes(want);
  await page.waitForFunction(shown, { timeout: 15000 }, text);
}

// The link with this text; a click on it.
async function follow(page, within, text) {
  const handle = await page.evaluateHandle(
    (where, what) => [...document.querySelectorAll(`${where} a`)].find((a) => a.textContent === what), within, text);
  assert.ok(handle.asElement(), `no link '${text}' in ${within}`);
  await handle.asElement().click();
}

const tests = {
  async "the file runs nothing but itself and asks no network"() {
    const page = await open(`file://${file}`);
    assert.deepStrictEqual(page.trouble, []);
    assert.deepStrictEqual(page.requests, [`file://${file}`]);
    assert.match(await page.$eval(".headline", (one) => one.textContent), /^35 of 200 users do not get all/);
    const inserted = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.intruder = true";
      document.body.append(script);
      return globalThis.intruder === true;
    });
    assert.strictEqual(inserted, false, "a script that is not the page's own ran");
    await page.close();
  },

  async "a name with markup stays text"() {
    const page = await open(`file://${file}#/user/derek.owens`);
    await titled(page, markup);
    assert.strictEqual(await title(page), markup);
    assert.strictEqual((await page.$$("img")).length, 0);
    await page.close();
  },

  async "tables sort by any column, both ways"() {
    const page = await open(`file://${file}`);
    const held = () => texts(page, "#seats tbody td:nth-child(3)");
    const head = await page.$("#seats thead th:nth-child(3) button");
    await head.click();
    const down = (await held()).map((text) => Number(text.replaceAll(",", "")));
    assert.deepStrictEqual(down, [...down].sort((a, b) => b - a));
    const sortedBy = () => page.$$eval("#seats th[aria-sort]", (all) => all.map((th) => [th.textContent, th.ariaSort]));
    assert.deepStrictEqual(await sortedBy(), [["Held", "descending"]]);
    await head.press("Enter");
    assert.deepStrictEqual((await held()).map((text) => Number(text.replaceAll(",", ""))), down.reverse());
    assert.deepStrictEqual(await sortedBy(), [["Held", "ascending"]]);
    await page.close();
  },

  async "tables filter by words and by choice"() {
    const page = await open(`file://${file}`);
    await page.type("#causes-table-filter", "spe_e5 waiting");
    assert.deepStrictEqual(await texts(page, "#causes tbody th a"), ["Waiting for a seat of SPE_E5, in this order"]);
    assert.match((await texts(page, "#causes .count"))[0], /^1 of 17 causes$/);
    await page.type("#causes-table-filter", " no such thing");
    assert.deepStrictEqual(await texts(page, "#causes tbody td"), ["Nothing matches the filter."]);
    await page.select("#users-table-choice-0", "CountViolation");
    const why = await texts(page, "#users tbody td:nth-child(3)");
    assert.ok(why.length > 5 && why.every((text) => text.includes("No seat free")), why.join());
    await page.close();
  },

  async "reports sort and filter as other tables do"() {
    const page = await open(`file://${file}`);
    const costs = () => page.$$eval("#costs tbody td:nth-child(5)", (all) => all.map((one) => one.innerText));
    const amounts = async () => (await costs()).map((text) => Number(text.replace(/[^0-9.]/g, "")));
    const down = await amounts();
    assert.strictEqual((await costs())[0], "4,381.50 EUR");
    assert.deepStrictEqual(down, [...down].sort((a, b) => b - a));
    await page.click("#costs thead th:nth-child(5) button");
    assert.deepStrictEqual(await amounts(), down.reverse());
    assert.match((await texts(page, "#costs .total"))[0], /^In all 7,548.10 EUR, of which 332.62 EUR unused$/);
    await page.select("#blocked-table-choice-0", "Blocked");
    const accounts = await texts(page, "#blocked tbody td:nth-child(2)");
    assert.ok(accounts.length > 0 && accounts.every((text) => text === "blocked"), accounts.join());
    await page.type("#blocked-table-filter", "nobody");
    assert.deepStrictEqual(await texts(page, "#blocked tbody td"), ["Nothing matches the filter."]);
    await page.select("#forecast-table-choice-0", "full");
    const full = await texts(page, "#forecasts tbody td:last-child");
    assert.ok(full.length > 3 && full.every((text) => text === "no seat is free"), full.join());
    await page.close();
  },

  async "a report says that it is empty, or that nobody looked"() {
    const page = await open(`file://${file}`);
    assert.deepStrictEqual(await texts(page, "#redundant_assignments tbody td"), ["Every assignment has an effect."]);
    assert.strictEqual((await page.$$("#redundant_assignments .beyond")).length, 0);
    await page.close();
    run("report", "html", quick, "--no-fixes");
    const other = await open(`file://${quick}`);
    assert.deepStrictEqual(await texts(other, "#redundant_assignments tbody td"), ["Not looked for."]);
    assert.match((await texts(other, "#redundant_assignments code"))[0], /^seatwise report redundant-assignments$/);
    await other.close();
  },

  async "a tenant of nothing has a page that says so"() {
    const nothing = path.join(folder, "nothing.html");
    run("tenant", "create", "void");
    run("report", "html", nothing, "--tenant", "void");
    const page = await open(`file://${nothing}`);
    assert.deepStrictEqual(page.trouble, []);
    assert.match(await page.$eval(".headline", (one) => one.textContent), /^There are no users\. No SKU is short of seats\.$/);
    const empty = await texts(page, "td.empty");
    assert.strictEqual(empty.length, (await page.$$("table")).length);
    assert.ok(empty.includes("No subscription has a date of renewal.") && empty.includes("Nothing was bought."), empty.join());
    await noViolations(page);
    await shot(page, "nothing");
    await page.close();
  },

  async "a cause leads to its users, a user to the licenses, and back again"() {
    const page = await open(`file://${file}`);
    await follow(page, "#causes", "MCOPSTN1 (Sales): MCOPSTN1 is prohibited in IN");
    await titled(page, "MCOPSTN1 is prohibited in IN");
    await shot(page, "cause", false);
    await follow(page, "#detail", "Priya Raman");
    await titled(page, "Priya Raman");
    const licenses = await texts(page, "#detail .license h4");
    assert.strictEqual(licenses.length, 5);
    assert.ok(licenses.includes("MCOPSTN1 Error"), licenses.join());
    assert.ok((await texts(page, "#detail .rejected")).some((text) => text.includes("Sales › Sales APAC")));
    await shot(page, "user", false);
    await follow(page, "#detail", "SPE_E3");
    await titled(page, "SPE_E3");
    await page.click("#back");
    await page.waitForFunction(() => document.getElementById("detail-title").textContent === "Priya Raman");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.getElementById("detail").open && !location.hash);
    await page.close();
  },

  async "nobody is shut out: light, dark, dialog, phone"() {
    for (const scheme of ["light", "dark"]) {
      for (const [name, viewport] of [["desk", desk], ["phone", phone]]) {
        const page = await open(`file://${file}`, { scheme, viewport });
        await noViolations(page);
        await shot(page, `${name}-${scheme}`);
        for (const hash of ["#/user/priya.raman", "#/cause/2", "#/group/sales"]) {
          await page.evaluate((where) => (location.hash = where), hash);
          await page.waitForSelector("#detail[open]");
          await noViolations(page);
        }
        await page.close();
      }
    }
  },

  async "no table is wider than a desk, a phone or a sheet, whatever changed"() {
    const moved = path.join(folder, "moved.html");
    const tenant = ["--tenant", "moved"];
    run("import", contoso, "--create", ...tenant);
    run("unassign", "SPE_E3", "--group", "office-staff", ...tenant);
    run("assign", "POWER_BI_STANDARD", "--user", "adrien.roche", ...tenant);
    run("report", "html", moved, ...tenant);
    const wide = () => [...document.querySelectorAll(".scroll")].filter((one) => one.scrollWidth > one.clientWidth)
      .map((one) => `${one.querySelector("caption").textContent}: ${one.scrollWidth} of ${one.clientWidth}`);
    for (const [name, viewport, media] of [["desk", desk, "screen"], ["phone", phone, "screen"], ["sheet", sheet, "print"]]) {
      const page = await open(`file://${moved}`, { viewport });
      await page.emulateMediaType(media);
      assert.ok((await page.$$("#changes tbody tr")).length > 3);
      assert.deepStrictEqual(await page.evaluate(wide), [], name);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
      await shot(page, `moved-${name}`);
      await page.close();
    }
  },

  async "print is black on white, with every column"() {
    const page = await open(`file://${file}`, { scheme: "dark" });
    await page.emulateMediaType("print");
    await page.setViewport({ width: 794, height: 1123 });
    assert.strictEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
    assert.ok(await page.$eval("#causes td:last-child", (one) => one.offsetWidth > 0));
    await shot(page, "print");
    await page.close();
  },

  async "the theme can be chosen"() {
    const page = await open(`file://${file}`);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.click("#theme");
    assert.strictEqual(await paper(), light);
    await page.click("#theme");
    assert.notStrictEqual(await paper(), light);
    await page.close();
  },

  async "ui shows the same page live, to who has the address"() {
    const server = spawn(seatwise, ["ui", "--no-fixes"], { env, stdio: ["ignore", "pipe", "ignore"] });
    try {
      const address = await new Promise((resolve, reject) => {
        server.stdout.once("data", (text) => resolve(String(text).trim()));
        server.once("exit", () => reject(new Error("ui ended")));
      });
      const page = await open(address);
      await page.waitForSelector(".headline");
      assert.doesNotMatch(page.url(), /token/);
      assert.deepStrictEqual(page.trouble, []);
      await noViolations(page);
      await page.type("#any-user", "jane.doe");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => /no user|does not exist|no such/i.test(document.querySelector("#detail pre")?.textContent));
      await page.keyboard.press("Escape");
      await follow(page, "#users", "Priya Raman");
      await page.waitForFunction(() => document.querySelector("#detail pre")?.textContent.includes("prohibited in IN"));
      await shot(page, "ui", false);
      await page.keyboard.press("Escape");
      const other = await open(address);
      assert.match(await other.evaluate(() => document.body.textContent), /has been used/);
      await other.close();
      server.kill("SIGINT");
      assert.strictEqual(await new Promise((resolve) => server.once("exit", resolve)), 0);
      await page.waitForFunction(() => document.getElementById("news").textContent.includes("does not answer"), { timeout: 15000 });
      await page.close();
    } finally {
      server.kill("SIGKILL");
    }
  },
};

async function main() {
  run("import", contoso, "--create");
  run("user", "update", "derek.owens", "--name", markup);
  run("report", "html", file);
  browser = await puppeteer.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"], headless: true });
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    try {
      let timer;
      const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`not done in ${seconds} s`)), 1000 * seconds)));
      await Promise.race([test(), late]).finally(() => clearTimeout(timer));
      console.log(`ok      ${name}`);
    } catch (error) {
      ++failed;
      console.log(`FAILED  ${name}\n${error.stack}`);
    }
  }
  await browser.close();
  fs.rmSync(folder, { recursive: true });
  console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

main();
