import assert from "node:assert/strict";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { nodeServer } from "../../runtime/api/node-server";
import { buildPage } from "../../scripts/build-page";
import { CHROMIUM_NAMES, findChromium } from "../../scripts/pictures/find-chromium";
import { smallApi } from "../runtime/api/support/small-night";
import { skipAs } from "../support/skip-without";

describe("the ordering page", function () {
  this.timeout(60_000);
  const { dispatch, call, world } = smallApi();
  let browser: Browser | undefined;
  let server: Server;
  let url = "";
  let page: Page;

  before(async function () {
    const executablePath = findChromium();
    if (executablePath === undefined) {
      skipAs(this, `no Chromium (${CHROMIUM_NAMES.join(", ")}) is on the PATH, nor does CHROMIUM name one`);
    }
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const files = await buildPage();
    server = nodeServer(dispatch, { serveFile: (path) => files.get(path) });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(async () => {
    page = await browser!.newPage({ viewport: { width: 360, height: 640 }, locale: "ja-JP" });
    page.setDefaultTimeout(20_000);
  });
  afterEach(() => page?.close());
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  const line = (sku: string) => page.locator(`li[data-sku="${sku}"]`);

  it("shows today's order and why, on a phone, without a line wider than its screen", async () => {
    await page.goto(`${url}/?store=S1`);

    await page.getByRole("heading", { name: "駅前店 11/23(月)の発注" }).waitFor();
    assert.equal(await line("D1").locator("output").innerText(), "2箱 (12個)");
    assert.match(
      await line("D1").locator(".why").innerText(),
      /売れる見込みの分: 2日分で11.5個売れる見込み、在庫3個、この発注での品切れ確率4%/,
    );
    assert.equal(await page.locator("#total").innerText(), "合計 12個 960円");
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    assert.ok(width <= 360, String(width));
  });

  it("opens the week's forecast with its interval and where it is from", async () => {
    await page.goto(`${url}/?store=S1`);

    await line("D1").getByText("予測を見る").click();

    const cells = line("D1").locator("tbody tr").first().locator("td");
    await cells.first().waitFor();
    assert.deepEqual(await cells.allInnerTexts(), ["11/23(月)", "15.0個", "2〜3個", "予測モデル"]);
    assert.equal(await line("D1").locator("tbody tr").count(), 7);
  });

  it("keeps a changed order when it is confirmed, and shows it from then on", async () => {
    await page.goto(`${url}/?store=S1`);

    await page.getByRole("button", { name: "SKU 1を増やす" }).click();
    assert.equal(await line("D1").locator("output").innerText(), "3箱 (18個)");
    assert.match((await line("D1").getAttribute("class")) ?? "", /changed/);
    await page.getByRole("button", { name: "発注を確定する" }).click();
    await page.getByText(/に確定しました/).waitFor();
    await page.reload();
    await page.getByText(/に確定しました/).waitFor();

    assert.equal(await line("D1").locator("output").innerText(), "3箱 (18個)");
    const { body } = await call("GET", "/stores/S1/order");
    assert.deepEqual(body.confirmed.lines, [{ sku: "D1", packs: 3 }]);
  });

  it("tells of a colleague's change before it overwrites it", async () => {
    await page.goto(`${url}/?store=S1`);
    await page.getByRole("button", { name: "変更を確定する" }).waitFor();
    const { headers } = await call("GET", "/stores/S1/order");
    const json = { "content-type": "application/json", "if-match": headers.etag! };
    await call("PUT", "/stores/S1/order/2026-11-23", { lines: [{ sku: "D1", packs: 9 }] }, json);

    await page.getByRole("button", { name: "SKU 1を減らす" }).click();
    await page.getByRole("button", { name: "変更を確定する" }).click();

    await page.getByText(/ほかの人が発注を変更しました/).waitFor();
    assert.equal(await line("D1").locator("output").innerText(), "9箱 (54個)");
  });

  it("asks for the store, and says when there is none of that code", async () => {
    await page.goto(`${url}/`);
    await page.getByLabel("店舗コード").fill("S9");
    await page.getByRole("button", { name: "表示" }).click();

    await page.getByText("この店舗コードは登録されていません").waitFor();
    assert.equal(await page.getByLabel("店舗コード").isVisible(), true);
    assert.deepEqual(world.errors, []);
  });
});
