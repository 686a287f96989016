import assert from "node:assert/strict";
import { terminalPicture } from "../../../scripts/pictures/terminal-picture";

const ESC = "\u001b";

describe("a picture of a terminal", () => {
  it("puts every column where it was, in its colour, wide characters as two cells", () => {
    const picture = terminalPicture([`${ESC}[1m飲料${ESC}[22m  ${ESC}[31mbad${ESC}[39m`], 20);

    assert.match(picture, /<text x="16\.0" [^>]*textLength="31\.2"[^>]* font-weight="700">飲料<\/text>/);
    assert.match(picture, /<text x="62\.8" [^>]*textLength="23\.4"[^>]* fill="#ff8b82">bad<\/text>/);
  });

  it("shows what looks like markup as text", () => {
    const picture = terminalPicture(["<script>a && b</script>"], 30);

    assert.match(picture, />&lt;script&gt;a &amp;&amp; b&lt;\/script&gt;</);
    assert.doesNotMatch(picture, /<script/);
  });
});
