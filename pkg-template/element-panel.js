// A button that shows and hides a panel: https://www.w3.org/WAI/ARIA/apg/patterns/disclosure/ with the arrow keys of its
// navigation example. No role=menu: what is inside are links and buttons, and Tab goes through them.

/** How near to the window's edge it comes, in pixels. */
const EDGE = 8;

/** @param {HTMLElement} host @param {HTMLButtonElement} button @param {HTMLElement} panel beside it, in the same shadow tree */
export const disclosure = (host, button, panel) => {
  button.setAttribute("aria-controls", panel.id);
  button.ariaExpanded = "false";

  const items = () => [...panel.querySelectorAll("slot,a,button")]
    .flatMap((it) => (it.localName === "slot" ? it.assignedElements() : it))
    .filter((it) => it.matches("a[href],button:not(:disabled)") && it.getClientRects().length);

  const outside = (event) => { if (!event.composedPath().includes(host)) set(false); };

  const set = (open) => {
    if (open === !panel.hidden) return;
    panel.hidden = !open;
    button.ariaExpanded = `${open}`;
    document[open ? "addEventListener" : "removeEventListener"]("pointerdown", outside, true);
    if (open) place();
  };

  /** To where there is room, in either direction of writing. */
  const place = () => {
    const { style } = panel;
    style.inset = "";
    const its = panel.getBoundingClientRect(), own = host.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    // Not by `translate`: the page would still be as wide as if it stood where it was.
    style.left = `${Math.max(EDGE, Math.min(its.left, clientWidth - EDGE - its.width)) - own.left}px`;
    style.right = "auto";
    if (its.bottom > clientHeight && own.top > its.height) style.top = `${own.bottom - its.bottom}px`;
  };

  const move = (key) => {
    const all = items(), root = panel.getRootNode();
    const at = all.findIndex((it) => it === root.activeElement || it === document.activeElement);
    const to = { Home: 0, End: -1, ArrowDown: (at + 1) % all.length, ArrowUp: at < 0 ? -1 : at - 1 }[key];
    all.at(to)?.focus();
  };

  button.addEventListener("click", () => set(panel.hidden));
  host.addEventListener("keydown", (event) => {
    const { key } = event;
    const open = !panel.hidden;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (key === "Escape" && open) {
      set(false);
      button.focus();
    } else if (/^Arrow(Up|Down)$/.test(key) && !button.hidden && (open || event.composedPath().includes(button))) {
      set(true);
      move(key);
    } else if (/^(Home|End)$/.test(key) && open) move(key);
    else return;
    // A dialog around it does not close along, and the page does not scroll.
    event.preventDefault();
    event.stopPropagation();
  });
  // Whoever goes on with Tab leaves it behind.
  host.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (to && to !== host && !host.contains(to) && !panel.getRootNode().contains(to)) set(false);
  });

  return { close: () => set(false) };
};
