// How the element looks. Its own sheet, adopted: a policy without 'unsafe-inline' lets that through.
//
// Colours follow the page's `color-scheme` by light-dark(); what knows no light-dark() gets the light ones.

const COLOURS = {
  surface: ["#fff", "#1b1a17"],
  text: ["#1d1a14", "#f3f0e8"],
  soft: ["#5c5648", "#b9b1a1"],
  border: ["#8c8371", "#857d6d"],
  hover: ["#f4f1e9", "#2b2924"],
  danger: ["#9d1c14", "#ffb0a8"],
  focus: ["#0b5fce", "#7db5ff"],
};

const colours = (value) => Object.entries(COLOURS).map(([name, pair]) => `--_${name}:var(--hubkey-${name},${value(pair)});`).join("");

const CSS = `
:host{
--_accent:var(--hubkey-accent,#ffd21e);--_on:var(--hubkey-on-accent,#1d1a14);--_round:var(--hubkey-radius,.625rem);
${colours(([light, dark]) => `light-dark(${light},${dark})`)}
display:inline-block;position:relative;vertical-align:middle;box-sizing:border-box;min-inline-size:0;max-inline-size:100%;
color:var(--_text);font:400 1rem/1.4 var(--hubkey-font,system-ui,sans-serif);text-align:start;letter-spacing:normal;white-space:normal;text-transform:none}
@supports not (color:light-dark(red,red)){:host{${colours(([light]) => light)}}}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
:host([hidden]),[hidden]{display:none!important}
*{box-sizing:border-box}
button,a{font:inherit;color:inherit;margin:0}
.row,.actions{display:flex;flex-wrap:wrap;gap:.5rem;max-inline-size:100%}
.control{display:inline-flex;align-items:center;gap:.625rem;min-block-size:2.75rem;min-inline-size:2.75rem;max-inline-size:100%;padding:.5rem .9rem;border:1px solid var(--_border);border-radius:var(--_round);background:var(--_surface);font-weight:600;line-height:1.2;text-decoration:none;cursor:pointer}
.control:hover{background:var(--_hover)}
:focus-visible{outline:3px solid var(--_focus);outline-offset:2px}
.main{border-color:color-mix(in srgb,var(--_accent) 60%,#000);background:var(--_accent);color:var(--_on)}
.main:hover{background:color-mix(in srgb,var(--_accent) 88%,#000)}
.main[aria-disabled]{cursor:progress}
.label{text-align:start}
bdi{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.mark,.face{flex:none;display:grid;place-items:center;inline-size:1.5rem;block-size:1.5rem}
svg{flex:none;inline-size:100%;block-size:100%;fill:none;stroke:currentColor;stroke-width:6;stroke-linecap:round;stroke-linejoin:round}
[aria-busy] svg{display:none}
[aria-busy] .mark::after{content:"";inline-size:1.1rem;block-size:1.1rem;border:2px solid;border-inline-start-color:transparent;border-radius:50%;animation:turn .8s linear infinite}
@keyframes turn{to{rotate:1turn}}
.account{padding-inline-start:.5rem}
.account .chevron{inline-size:.875rem;block-size:.875rem;stroke-width:8}
.account[aria-expanded=true] .chevron{rotate:180deg}
.face{position:relative;overflow:hidden;inline-size:1.75rem;block-size:1.75rem;border-radius:50%;background:var(--_accent);color:var(--_on);font-size:.75rem;font-weight:700;line-height:1}
.face::before{content:attr(data-letters)}
.face img{position:absolute;inset:0;inline-size:100%;block-size:100%;object-fit:cover;opacity:0}
.face.loaded img{opacity:1}
.panel{position:absolute;z-index:10;inset-block-start:calc(100% + .375rem);inset-inline-start:0;inline-size:max-content;min-inline-size:min(100%,14rem);max-inline-size:min(20rem,calc(100vw - 1rem));padding:.375rem;border:1px solid var(--_border);border-radius:var(--_round);background:var(--_surface);box-shadow:0 8px 24px -8px rgb(0 0 0/35%)}
.panel .control,::slotted([slot=menu]){display:flex;inline-size:100%;border-color:transparent;background:none;font-weight:500}
.panel .control:hover{background:var(--_hover)}
.who{display:grid;margin:0;padding:.5rem .9rem .625rem;border-block-end:1px solid var(--_border);margin-block-end:.375rem}
.who b{font-weight:600;overflow-wrap:anywhere}
.who span,.hint{color:var(--_soft);font-size:.9rem;overflow-wrap:anywhere}
.problem{max-inline-size:24rem;margin-block-start:.625rem;padding-inline-start:.75rem;border-inline-start:3px solid var(--_danger)}
.problem p{margin:0;overflow-wrap:anywhere}
.message{color:var(--_danger);font-weight:600}
.actions{margin-block-start:.625rem}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:reduce){[aria-busy] .mark::after{animation:none;border-style:dotted;border-color:currentColor}}
@media (forced-colors:active){.panel,.control{border-color:ButtonText}.face{border:1px solid}.problem{border-color:Mark}[aria-busy] .mark::after{border-color:ButtonText;border-inline-start-color:Canvas}}
`;

let sheet;
/** One for all elements of the page. */
export const style = () => {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(CSS);
  return sheet;
};
