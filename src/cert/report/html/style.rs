//! The style sheet of the report: light, dark and printed.

/// Everything between `<style>` and `</style>`.
pub const STYLE: &str = r#"
:root {
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d2430; --soft: #5c6675; --line: #dcdad3;
  --one: #2f6f9f; --two: #c26a1b; --three: #4d8a4f; --four: #8a5aa0;
  --worst: #b3261e; --clean: #2f6f9f; --band: #2f6f9f;
  --good: #2b7a4b; --bad: #b3261e; --open: #8a6d1a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181f; --card: #1b2029; --ink: #e6e8ec; --soft: #9aa4b2; --line: #323a47;
    --one: #6fb1e0; --two: #e8a15a; --three: #85c488; --four: #c398d8;
    --worst: #ff8a80; --clean: #6fb1e0; --band: #6fb1e0;
    --good: #74cf99; --bad: #ff8a80; --open: #e0c060;
  }
}
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb;
    --one: #1f5f8f; --two: #b25a0b; --three: #3d7a3f; --four: #7a4a90;
    --worst: #a3160e; --clean: #1f5f8f; --band: #1f5f8f;
    --good: #1b6a3b; --bad: #a3160e; --open: #7a5d0a;
  }
  section { break-inside: avoid; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.15rem; font-weight: 600; margin: 0 0 .35rem; max-width: 50rem; }
h2 { font-size: .95rem; font-weight: 600; margin: 0 0 .6rem; }
p { margin: 0 0 .6rem; }
header { border-left: 6px solid var(--tone); padding: .2rem 0 .2rem 1.1rem; margin-bottom: 1.4rem; }
.verdict { font-size: 2.1rem; font-weight: 700; line-height: 1.15; color: var(--tone); margin: 0 0 .3rem; }
.certified { --tone: var(--good); } .attacked { --tone: var(--bad); } .unknown { --tone: var(--open); }
.soft { color: var(--soft); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.6rem, 1fr)); gap: .7rem; margin-bottom: 1.4rem; }
.fact { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem; }
.fact b { display: block; font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.fact span { display: block; color: var(--soft); font-size: .82rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: .9rem 1rem 1rem; margin-bottom: 1rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
.pair section { margin-bottom: 0; } .pair { margin-bottom: 1rem; }
.pair > section:only-child svg[role] { max-width: 36rem; margin: 0 auto; }
.many { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .6rem 1rem; }
.many h3 { font-size: .82rem; font-weight: 600; margin: 0; }
svg { width: 100%; height: auto; display: block; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .28rem .7rem .28rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.hash, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .76rem; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; margin: 0; }
.wide { overflow-x: auto; }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .82rem; color: var(--soft); margin-top: .4rem; }
.key svg { width: 1.5rem; height: .8rem; display: inline-block; margin-right: .35rem; vertical-align: middle; }
.grid { stroke: var(--line); stroke-width: .7; } .frame { fill: none; stroke: var(--line); }
.tick, .axis, .mark { fill: var(--soft); font-size: 10.5px; } .mark { fill: var(--worst); font-weight: 600; }
.c0 { fill: var(--one); } .c1 { fill: var(--two); } .c2 { fill: var(--three); } .c3 { fill: var(--four); }
.dot { fill-opacity: .75; } .ring { fill: none; stroke: var(--worst); stroke-width: 1.8; }
.move { stroke: var(--worst); stroke-width: 1.3; } .test { fill: var(--ink); }
.clean, .worst, .bound, .incumbent { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
.clean { stroke: var(--clean); stroke-dasharray: 5 3; } .worst { stroke: var(--worst); }
.bound { stroke: var(--one); } .incumbent { stroke: var(--two); }
.band { fill: var(--band); fill-opacity: .13; stroke: none; }
footer { color: var(--soft); font-size: .82rem; }
"#;
