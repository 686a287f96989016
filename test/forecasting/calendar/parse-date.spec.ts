import assert from "node:assert/strict";
import fc from "fast-check";
import { dayNumber, isoDate } from "../../../forecasting/calendar/day";
import { parseDate } from "../../../forecasting/calendar/parse-date";

describe("parseDate", () => {
  it("reads every form that tills and offices write", () => {
    const forms = [
      "2026-11-23",
      "2026/11/23",
      "2026.11.23",
      "20261123",
      "20261123235959",
      "2026年11月23日",
      "令和8年11月23日",
      "R8.11.23",
      "r08/11/23",
      "R8-11-23",
      "２０２６年１１月２３日",
      " 2026-11-23 ",
      "2026-11-23T09:30:00+09:00",
      "2026/11/23 09:30",
    ];

    for (const form of forms) assert.equal(parseDate(form), dayNumber("2026-11-23"), form);
  });

  it("counts the first year of an era as year 1 and as 元", () => {
    assert.equal(parseDate("令和元年5月1日"), dayNumber("2019-05-01"));
    assert.equal(parseDate("H31.4.30"), dayNumber("2019-04-30"));
    assert.equal(parseDate("昭和64年1月7日"), dayNumber("1989-01-07"));
  });

  it("gives undefined for what is no date", () => {
    const texts = [
      "",
      "2026-02-30",
      "2026-1",
      "11/12/2026",
      "26/11/12",
      "2026-11-230",
      "2026-11-23 sold out",
      "2026-11-23 61:00",
      "202611231270",
      "R0.1.1",
      "X8.11.23",
      "2026113",
      "20261323",
      "明日",
    ];

    for (const text of texts) assert.equal(parseDate(text), undefined, text);
  });

  it("reads back every day in every form", () => {
    const first = dayNumber("2019-05-01");
    fc.assert(
      fc.property(fc.integer({ min: first, max: first + 20_000 }), (day) => {
        const [year = 0, month = 0, date = 0] = isoDate(day).split("-").map(Number);
        const reiwa = year - 2018;
        const forms = [
          `${year}/${month}/${date}`,
          `${year}年${month}月${date}日`,
          `R${reiwa}.${month}.${date}`,
        ];
        for (const form of forms) assert.equal(parseDate(form), day, form);
      }),
    );
  });

  it("takes an instant for the day that it is where the shop is", () => {
    const late = [
      "2026-11-22T15:00:00Z",
      "2026-11-23T00:30+09:00",
      "20261122T160000Z",
      "1795364000",
      "1795364000000",
    ];

    for (const text of late) assert.equal(parseDate(text), dayNumber("2026-11-23"), text);
    assert.equal(parseDate("2026-11-22T15:00:00Z", { timeZone: "Europe/London" }), dayNumber("2026-11-22"));
    assert.equal(parseDate("2026-07-01T23:30:00Z", { timeZone: "Europe/London" }), dayNumber("2026-07-02"));
    assert.equal(parseDate("2026-11-23 25:30"), dayNumber("2026-11-23"), "a late till's business day");
  });

  it("reads what tills, spreadsheets and other countries write", () => {
    const forms = [
      "2026/11/23(月)",
      "2026年11月23日（月曜日） 8時15分",
      "202611230815",
      "20261123081559",
      "46349",
      "46349.34",
      "㋿8年11月23日",
      "令8.11.23",
      "23-Nov-2026",
      "Nov 23, 2026",
      "Mon, 23 Nov 2026 08:15:00 GMT",
      "23/11/2026",
      "11/23/2026 8:15 AM",
      "2026/11/23(月・祝)",
      "2026/11/23（月）（祝）",
      "2026年11月23日(祝)",
      "'2026/11/23",
      '="2026-11-23"',
      "Mon Nov 23 2026 08:15:00 GMT+0900 (JST)",
      "Mon Nov 23 2026 08:15:00 GMT+0900 (日本標準時)",
      "Mon Nov 23 08:15:00 JST 2026",
      "Mon Nov 23 08:15:00 2026",
      "2026-11-22 9:30 PM +00:00",
    ];

    for (const form of forms) assert.equal(parseDate(form), dayNumber("2026-11-23"), form);
  });

  it("takes 12 AM for midnight and 12 PM for noon where a zone moves the day", () => {
    const day = (text: string) => parseDate(text, { timeZone: "America/New_York" });

    assert.equal(day("2026-04-01 12:10 AM UTC"), dayNumber("2026-03-31"));
    assert.equal(day("2026-04-01 12:10 PM UTC"), dayNumber("2026-04-01"));
    assert.equal(day("2026-04-01 1:10 AM UTC"), dayNumber("2026-03-31"));
    assert.equal(day("2026-04-01 11:10 PM UTC"), dayNumber("2026-04-01"));
  });

  it("reads 05/01/2026 and 26/01/05 only when it is told their order", () => {
    assert.equal(parseDate("05/01/2026", { order: "dmy" }), dayNumber("2026-01-05"));
    assert.equal(parseDate("05/01/2026", { order: "mdy" }), dayNumber("2026-05-01"));
    assert.equal(parseDate("26/01/05", { shortOrder: "ymd" }), dayNumber("2026-01-05"));
    assert.equal(parseDate("05/01/2026", { shortOrder: "ymd" }), undefined);
    assert.equal(parseDate("'26/01/05", { shortOrder: "ymd" }), dayNumber("2026-01-05"));
    assert.equal(parseDate("260105", { shortOrder: "ymd" }), dayNumber("2026-01-05"));
    assert.equal(parseDate("050126", { shortOrder: "dmy" }), dayNumber("2026-01-05"));
    for (const text of ["260105", "202613"]) assert.equal(parseDate(text), undefined, text);
  });
});
