/** One style sheet for phone and desktop, light and dark; no font, script or image from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6775; --line: #dfe4ea; --page: #f6f7f9; --card: #ffffff;
  --accent: #1667c7; --accent-soft: #1667c733; --naive: #b9741a; --baseline: #7a6bb5; --oracle: #2e8b6f; --challenger: #5f8fb8;
  --good: #23785c; --bad: #b3372f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ecf2; --soft: #9aa7b5; --line: #2f3945; --page: #12171d; --card: #1a2129;
  --accent: #63a8f5; --accent-soft: #63a8f53d; --naive: #e0a04c; --baseline: #a99be0; --oracle: #5cc3a1; --challenger: #8cb6da;
  --good: #62c9a3; --bad: #f08a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans JP", sans-serif; }
main { max-width: 1160px; margin: 0 auto; padding: 20px 16px 48px; }
h1 { font-size: 1.55rem; line-height: 1.2; margin: 8px 0 4px; }
h2 { font-size: 1.15rem; margin: 36px 0 4px; }
h3 { font-size: 0.95rem; margin: 0 0 2px; }
p { margin: 4px 0 10px; max-width: 75ch; }
.soft, figcaption { color: var(--soft); font-size: 0.87rem; }
.grid { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 330px), 1fr)); margin: 10px 0; }
.tiles { display: grid; gap: 10px; grid-template-columns: repeat(auto-fit, minmax(138px, 1fr)); margin: 14px 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; min-width: 0; }
.tile b { display: block; font-size: 1.45rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile small { color: var(--soft); display: block; line-height: 1.35; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.87rem; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 6px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { color: var(--soft); font-weight: 600; white-space: normal; vertical-align: bottom; line-height: 1.3; }
th:first-child, td:first-child, .text { text-align: left; }
td.wrap { white-space: normal; min-width: 9em; }
th:first-child, td:first-child { position: sticky; left: 0; background: var(--card); }
tbody tr:last-child td { border-bottom: 0; }
.ours { font-weight: 650; }
.good { color: var(--good); } .bad { color: var(--bad); }
figure { margin: 0; }
.frontier { max-width: 560px; }
main > .card + .card { margin-top: 12px; }
main > h3 { margin: 16px 0 6px; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font: 11px system-ui, sans-serif; }
.bars { display: grid; gap: 3px; margin: 6px 0 12px; }
.bar { display: grid; grid-template-columns: 12.5em 1fr 4.4em; gap: 8px; align-items: center; font-size: 0.84rem; }
.bar.wide { grid-template-columns: 15em 1fr 4.4em; }
.bar i { display: block; height: 11px; border-radius: 3px; background: var(--accent); min-width: 1px; }
.bar .track { position: relative; }
.bar .mark { position: absolute; top: -3px; bottom: -3px; width: 2px; background: var(--bad); }
.bar span:last-child { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar span:first-child { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.c-naive { background: var(--naive) !important; } .c-baseline { background: var(--baseline) !important; }
.c-oracle { background: var(--oracle) !important; } .c-challenger { background: var(--challenger) !important; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 14px; font-size: 0.84rem; color: var(--soft); margin: 2px 0 6px; }
.legend i { display: inline-block; width: 12px; height: 8px; border-radius: 2px; margin-right: 5px; background: var(--accent); }
.legend .band { background: var(--accent-soft); } .legend .dot { background: var(--ink); width: 7px; border-radius: 50%; }
ul { margin: 4px 0 10px; padding-left: 1.2em; }
footer { margin-top: 40px; color: var(--soft); font-size: 0.85rem; }
@media (max-width: 480px) { main { padding: 12px 10px 36px; } h1 { font-size: 1.3rem; } th, td { padding: 5px 6px; }
  .tiles { grid-template-columns: 1fr 1fr; } .tile b { font-size: 1.25rem; } .bar, .bar.wide { grid-template-columns: 10em 1fr 4em; } }
`;
