/** The page's style: light or dark as the reader's system is, no font or file from elsewhere. */
export const style: string = `
:root { color-scheme: light dark; --ground: #f6f7f9; --card: #fff; --text: #1c2430; --soft: #667085; --line: #e4e7ec; --accent: #3056d3;
  --download: #8ea3b8; --prepare: #e0a83d; --configure: #8a6fd1; --build: #3056d3; --install: #2f9e6e; --hot: #d6453d; --track: #f0f2f5; }
@media (prefers-color-scheme: dark) { :root { --ground: #12161c; --card: #1b212a; --text: #e6eaf0; --soft: #98a3b3; --line: #2c3440; --accent: #7c9cff;
  --download: #6d8196; --prepare: #d9a441; --configure: #a58cf0; --build: #6486f5; --install: #43b583; --hot: #ff7a70; --track: #232b36; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 40px 24px 80px; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: end; justify-content: space-between; margin-bottom: 24px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0; letter-spacing: -.01em; overflow-wrap: anywhere; }
header p { margin: 4px 0 0; color: var(--soft); }
h2 { font-size: 17px; margin: 0 0 14px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 22px 24px; margin-top: 20px; }
.note, .empty { color: var(--soft); margin: -6px 0 14px; max-width: 75ch; }
.button { color: #fff; background: var(--accent); padding: 8px 14px; border-radius: 8px; text-decoration: none; font-weight: 600; font-size: 14px; white-space: nowrap; }
@media (prefers-color-scheme: dark) { .button { color: #10141a; } }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 14px; }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px; }
.figures h3 { font-size: 13px; font-weight: 500; color: var(--soft); margin: 0; }
.figures p { font-size: 23px; font-weight: 650; margin: 2px 0; letter-spacing: -.01em; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures small { color: var(--soft); }
.legend { display: flex; flex-wrap: wrap; gap: 6px 18px; color: var(--soft); font-size: 13px; margin-bottom: 12px; }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
.legend .mark { width: 4px; border-radius: 2px; background: var(--hot); }
i.download { background: var(--download); } i.prepare { background: var(--prepare); } i.configure { background: var(--configure); }
i.build { background: var(--build); } i.install { background: var(--install); }
.chart { max-height: 620px; overflow: auto; position: relative; }
.row { display: grid; grid-template-columns: 190px minmax(320px, 1fr) 90px; gap: 12px; align-items: center; height: 24px; }
.row.axis { position: sticky; top: 0; background: var(--card); z-index: 1; height: 26px; color: var(--soft); font-size: 12px; border-bottom: 1px solid var(--line); margin-bottom: 4px; }
.axis .track { background: none; height: 18px; } .axis b { position: absolute; font-weight: 400; white-space: nowrap; }
.track { position: relative; height: 14px; background: var(--track); border-radius: 4px; }
.track i { position: absolute; top: 0; bottom: 0; min-width: 2px; border-radius: 2px; }
.name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 13.5px; }
.row .name { padding-left: 10px; border-left: 4px solid transparent; } .critical .name { border-left-color: var(--hot); font-weight: 600; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; font-size: 13.5px; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(440px, 1fr)); gap: 20px; margin-top: 20px; align-items: start; } .columns section { margin: 0; }
.chain { margin: 0; padding: 0; list-style: none; counter-reset: chain; }
.chain li, .bars { display: grid; grid-template-columns: 160px 1fr 84px; gap: 5px 12px; align-items: center; } .chain li { min-height: 26px; }
.bar i { display: block; height: 12px; min-width: 2px; border-radius: 3px; background: var(--hot); }
.stack { display: flex; height: 14px; } .stack i:first-child { border-radius: 3px 0 0 3px; } .stack i:last-child { border-radius: 0 3px 3px 0; }
.treemap { display: block; width: 100%; height: auto; } .treemap text { fill: #fff; font-size: 13px; font-weight: 600; } .treemap .sub { font-weight: 400; font-size: 12px; opacity: .85; }
.shade0 { fill: #24439f; } .shade1 { fill: #2b5cb8; } .shade2 { fill: #2f6fb3; } .shade3 { fill: #2b7d9e; } .shade4 { fill: #2a8481; }
.shade5 { fill: #35846a; } .shade6 { fill: #4a7f5d; } .shade7 { fill: #5d7766; }
.scroll { overflow: auto; max-height: 560px; } table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 600; position: sticky; top: 0; background: var(--card); border-bottom: 2px solid var(--line); padding: 6px 12px 6px 0; white-space: nowrap; }
th.num { text-align: right; } th button { all: unset; cursor: pointer; } th button:hover, th button:focus-visible { color: var(--accent); }
th[aria-sort=ascending] button::after { content: " \\2191"; } th[aria-sort=descending] button::after { content: " \\2193"; }
td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; } td.num { white-space: nowrap; }
td.licence, td.wide { color: var(--soft); font-size: 13px; min-width: 240px; } code { font: 12.5px ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
input[type=search] { width: 100%; max-width: 380px; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; margin-bottom: 12px; }
footer { color: var(--soft); font-size: 13px; margin-top: 28px; }
@media (max-width: 720px) { main { padding: 24px 12px; } .row { grid-template-columns: 110px minmax(160px, 1fr) 74px; } .columns { grid-template-columns: 1fr; } section { padding: 16px; } .chain li, .bars { grid-template-columns: 110px 1fr 74px; } }
@media print { .scroll, .chart { max-height: none; overflow: visible; } input, .button { display: none; } section { break-inside: avoid-page; } }
`;
