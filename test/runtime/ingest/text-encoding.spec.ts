import assert from "node:assert/strict";
import { encodeShiftJis } from "../../../runtime/ingest/shift-jis";
import { bomLength, detectEncoding, fieldDecoder, readableText } from "../../../runtime/ingest/text-encoding";

const TEXT = "店舗コード,商品名\nS0001,おにぎり 鮭\nS0002,ｻﾝﾄﾞｲｯﾁ ソ\n";

describe("text encodings", () => {
  it("tells UTF-8, with and without a byte order mark, from Shift_JIS and rejects UTF-16", () => {
    const pure = (encoding: "utf-8" | "shift_jis") => ({ encoding, isMixed: false });
    assert.deepEqual(detectEncoding(Buffer.from(TEXT)), pure("utf-8"));
    assert.deepEqual(detectEncoding(Buffer.from(`\ufeff${TEXT}`)), pure("utf-8"));
    assert.deepEqual(detectEncoding(Buffer.from("plain")), pure("utf-8"));
    assert.deepEqual(detectEncoding(encodeShiftJis(TEXT)), pure("shift_jis"));
    assert.equal(detectEncoding(Buffer.from(`\ufeff${TEXT}`, "utf16le")), undefined);
    assert.equal(detectEncoding(Buffer.of(0x41, 0xff, 0xff)), undefined);
    assert.equal(bomLength(Buffer.from(`\ufeff${TEXT}`)), 3);
    assert.equal(bomLength(Buffer.from(TEXT)), 0);
  });

  it("encodes Shift_JIS so that it decodes to the same text", () => {
    assert.equal(new TextDecoder("shift_jis").decode(encodeShiftJis(TEXT)), TEXT);
    assert.throws(() => encodeShiftJis("🍙"), /has no Shift_JIS code/);
  });

  it("tells Western texts by bytes that stand alone, and is not taken in by kanji and kana made of such bytes", () => {
    const western = (text: string) =>
      detectEncoding(Buffer.from(text.replaceAll("€", "\x80").replaceAll("’", "\x92"), "latin1"))?.encoding;
    for (const text of ["Käse;3,20 €\nBrötchen;0,35 €\n", "Men’s shirt,1\nWe’ll,2\n", "Tea,¥1,200\n"])
      assert.equal(western(text), "windows-1252", text);
    const bytes = Buffer.of(0x80, 0x20, 0x92, 0x96, 0xe9).toString("latin1");
    const decode = fieldDecoder({ encoding: "windows-1252", isMixed: false });
    assert.deepEqual([decode(bytes), readableText(bytes, "windows-1252")], ["€ ’–é", "€ ’–é"]);
    for (const text of ["A,本店,3\nB,本店,4\n", "A･B,1\n", "A,ｶﾚｰ,3\n", "A,町田,3\n"])
      assert.equal(detectEncoding(encodeShiftJis(text))?.encoding, "shift_jis", text);
  });

  it("takes the encoding of most lines when a file has both", () => {
    const [utf8, shiftJis] = [Buffer.from("茶,1\n"), encodeShiftJis("茶,1\n")];

    assert.deepEqual(detectEncoding(Buffer.concat([utf8, utf8, shiftJis])), {
      encoding: "utf-8",
      isMixed: true,
    });
    assert.deepEqual(detectEncoding(Buffer.concat([utf8, shiftJis, shiftJis])), {
      encoding: "shift_jis",
      isMixed: true,
    });
  });

  it("decodes fields and notices bytes of another encoding", () => {
    const latin1 = (bytes: Buffer) => bytes.toString("latin1");
    const decode = (encoding: "utf-8" | "shift_jis", bytes: Buffer, isMixed = false) =>
      fieldDecoder({ encoding, isMixed })(latin1(bytes));

    assert.equal(decode("shift_jis", encodeShiftJis("弁当")), "弁当");
    assert.equal(decode("utf-8", Buffer.from("弁当")), "弁当");
    assert.equal(decode("utf-8", encodeShiftJis("弁当")), undefined);
    assert.equal(decode("shift_jis", Buffer.from("茶"), true), undefined);
    assert.equal(decode("shift_jis", encodeShiftJis("茶"), true), "茶");
    assert.equal(decode("utf-8", Buffer.from("plain")), "plain");
  });
});
