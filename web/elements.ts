/** An element with its content as text: nothing from the API is ever taken for HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/** An element of the page that is always there. */
export function byId<Made extends HTMLElement = HTMLElement>(id: string): Made {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element "${id}"`);
  return found as Made;
}

export function button(label: string, spoken: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", "aria-label": spoken }, label);
  made.addEventListener("click", press);
  return made;
}
