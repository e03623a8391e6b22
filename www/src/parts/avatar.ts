// A picture of an account, or its initials where there is none or it does not load.

import { h, isWebAddress } from "../dom.ts";
import { initials } from "../format.ts";

/** Decoration: the name stands beside it. */
export function avatar(name: string, address: string | undefined, size: "large" | "small"): HTMLElement {
  const box = h("span", { class: `avatar ${size}`, "aria-hidden": "true" }, initials(name));
  if (address !== undefined && isWebAddress(address)) {
    const image: HTMLElement = h("img", { src: address, alt: "", referrerpolicy: "no-referrer", load: () => box.classList.add("loaded"), error: () => image.remove() });
    box.append(image);
  }
  return box;
}
