import { make, setText } from "../page/dom";
import type { Texts } from "../page/texts";
import { button } from "./controls";

/** Photos that the server keeps are known by the hash of their content; others by an address of somebody else's. */
export function isKept(photo: string): boolean {
  return /^[0-9a-f]{64}$/.test(photo);
}

export function photoAddress(photo: string): string {
  return `api/v1/photos/${photo}`;
}

/** Small pictures in a row; each opens the big one. Photos of other servers are links: the page loads nothing from elsewhere. */
export function photoStrip(photos: readonly string[], what: string, texts: Texts): HTMLElement {
  const strip = make("ul", "photos");
  const kept = photos.filter(isKept);
  photos.forEach((photo, at) => {
    const item = make("li", "photo");
    const alt = texts.get("case.photo.alt", { what, n: at + 1, of: photos.length });
    if (isKept(photo)) {
      const open = button("", () => lightbox(kept, kept.indexOf(photo), what, texts), { name: "photo-button" });
      open.append(image(photo, alt, () => item.replaceChildren(link(photoAddress(photo), texts.get("case.photo.file", { n: at + 1 })))));
      item.append(open);
    } else if (/^https?:\/\//i.test(photo)) {
      item.append(link(photo, texts.get("case.photo.elsewhere", { n: at + 1 })));
    } else {
      item.append(make("span", "photo-unknown", photo));
    }
    strip.append(item);
  });
  return strip;
}

/** The big picture: arrows go on, Escape closes. */
function lightbox(photos: readonly string[], first: number, what: string, texts: Texts): void {
  const dialog = make("dialog", "lightbox") as HTMLDialogElement;
  const frame = make("div", "lightbox-frame");
  const caption = make("p", "lightbox-caption");
  caption.setAttribute("role", "status");
  let at = first;
  const show = (to: number): void => {
    at = (to + photos.length) % photos.length;
    const alt = texts.get("case.photo.alt", { what, n: at + 1, of: photos.length });
    frame.replaceChildren(image(photos[at]!, alt, () => frame.replaceChildren(link(photoAddress(photos[at]!), texts.get("case.photo.file", { n: at + 1 })))));
    setText(caption, alt);
  };
  const close = button(texts.get("desk.close"), () => dialog.close());
  const bar = make("div", "lightbox-bar");
  if (photos.length > 1) bar.append(button(texts.get("case.photo.before"), () => show(at - 1)), button(texts.get("case.photo.next"), () => show(at + 1)));
  bar.append(close);
  dialog.setAttribute("aria-label", what);
  dialog.append(frame, caption, bar);
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    show(at + (event.key === "ArrowLeft" ? -1 : 1));
  });
  // The Escape that closes the picture is not meant for the drawer below.
  dialog.addEventListener("cancel", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => dialog.remove());
  show(first);
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

function image(photo: string, alt: string, failed: () => void): HTMLImageElement {
  const element = document.createElement("img");
  element.loading = "lazy";
  element.decoding = "async";
  element.alt = alt;
  // Some types, such as HEIC, are shown by few browsers; the file can still be had.
  element.addEventListener("error", failed);
  element.src = photoAddress(photo);
  return element;
}

function link(address: string, words: string): HTMLAnchorElement {
  const element = make("a", "photo-link", words) as HTMLAnchorElement;
  element.href = address;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}
