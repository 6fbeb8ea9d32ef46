import { ask, newKey } from "../api/http";
import { button, newId, Redrawn, symbol } from "../case/controls";
import { browserStorage } from "../case/drafts";
import type { DeskSeam } from "../case/seam";
import { make, setData, setHidden, setText, sign } from "../page/dom";
import { Acknowledged } from "./acknowledged";
import { type Alert, alertsOf } from "./alerts-of";
import { AlertBook } from "./book";
import { Sound, WebAudioPlayer } from "./sound";

/** Rows of the list; the rest is a number. */
const mostRows = 100;
const mostSeen = 20;

/** What needs somebody: a bell in the header with its list, the page's title, and a sound. */
export class Alerts {
  private readonly book = new AlertBook();
  private readonly acknowledged: Acknowledged;
  private readonly sound: Sound;
  private readonly bell: HTMLButtonElement;
  private readonly count = make("span", "alerts-count");
  private readonly panel = make("section", "alerts-panel");
  private readonly heading = make("h2", "alerts-title");
  private readonly list = make("ul", "alerts-list");
  private readonly seen = make("details", "alerts-seen");
  private readonly seenList = make("ul", "alerts-list");
  private readonly more = make("p", "quiet");
  private readonly fault = make("p", "fault");
  private readonly soundBar = make("div", "alerts-sound");
  private readonly all: HTMLButtonElement;
  private readonly drawn = { list: new Redrawn(this.list), seen: new Redrawn(this.seenList), sound: new Redrawn(this.soundBar) };
  /** Answers to calls for help that were begun, by unit: they outlive the drawing of the list. */
  private readonly replies = new Map<string, HTMLElement>();
  private whole = true;
  private stale = false;

  constructor(private readonly root: HTMLElement, private readonly desk: DeskSeam) {
    const { texts } = desk;
    this.sound = new Sound({ player: new WebAudioPlayer(), now: () => Date.now(), storage: browserStorage });
    this.acknowledged = new Acknowledged((seen) => {
      this.book.acknowledge(seen);
      this.show();
    }, () => this.now);
    this.bell = button("", () => this.toggle(), { name: "alerts-bell" });
    this.bell.append(bellSign(), this.count);
    this.panel.id = newId("alerts");
    this.bell.setAttribute("aria-controls", this.panel.id);
    this.heading.tabIndex = -1;
    this.heading.id = newId("alerts-title");
    this.panel.setAttribute("aria-labelledby", this.heading.id);
    setHidden(this.panel, true);
    setHidden(this.fault, true);
    this.fault.setAttribute("role", "alert");
    this.all = button(texts.get("alert.all"), () => void this.acknowledge(this.shown.map((alert) => alert.id)), { small: true });
    const top = make("div", "alerts-top");
    top.append(this.heading, this.all);
    this.seen.append(make("summary", ""), this.seenList);
    this.panel.append(top, this.soundBar, this.fault, this.list, this.more, this.seen);
    root.append(this.bell, this.panel);
    this.listen();
    this.show();
  }

  private listen(): void {
    this.desk.onPicture("alerts", (_picture, change) => {
      if (this.desk.isPast) {
        // What is shown is over; the page comes back to what is, as after a reconnect.
        this.whole = true;
        return;
      }
      this.stale = true;
      this.whole ||= change.whole;
    });
    let next = 0;
    this.desk.onTick("alerts", (now) => {
      this.acknowledged.tick(now);
      if (now < next) return;
      next = now + 1_000;
      if (this.stale && !this.desk.isPast) this.take();
      this.show();
    });
    this.desk.shortcuts.register("b", "keys.alerts", () => this.toggle());
    for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => this.sound.touched(), { capture: true, passive: true });
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.panel.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      this.toggle();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.panel.hidden && !this.root.contains(event.target as Node)) this.toggle(false);
    });
  }

  private take(): void {
    const { picture } = this.desk;
    if (!picture) return;
    const news = this.book.take(alertsOf(picture), this.whole);
    [this.stale, this.whole] = [false, false];
    if (news.length === 0) return;
    this.sound.sound(news);
    const { texts } = this.desk;
    this.desk.announce(news.length === 1 ? texts.get("alert.new", { what: this.wordsOf(news[0]!) }) : texts.get("alert.new-many", { n: news.length, what: this.wordsOf(news[0]!) }));
  }

  private get now(): number {
    return this.desk.now() ?? Date.now();
  }

  private get shown(): readonly Alert[] {
    return this.book.open.slice(0, mostRows);
  }

  private toggle(focus = true): void {
    const open = this.panel.hidden;
    setHidden(this.panel, !open);
    this.show();
    if (!focus) return;
    if (open) this.heading.focus();
    else this.bell.focus();
  }

  private show(): void {
    const { texts } = this.desk;
    const unread = this.book.unread.length;
    const number = unread > 99 ? "99+" : String(unread);
    setText(this.count, unread === 0 ? "" : number);
    setData(this.root, "unread", number);
    setData(this.root, "worst", this.book.unread[0]?.kind ?? "");
    setText(this.heading, texts.get("alert.title", { n: unread }));
    this.bell.setAttribute("aria-label", texts.get("alert.bell", { n: unread }));
    this.bell.setAttribute("aria-expanded", String(!this.panel.hidden));
    const plain = document.title.replace(/^\(\d+\+?\) /, "");
    const title = unread === 0 ? plain : `(${number}) ${plain}`;
    if (document.title !== title) document.title = title;
    if (this.panel.hidden) return;
    this.showPanel();
  }

  private showPanel(): void {
    const { texts } = this.desk;
    const { shown, book } = this;
    this.all.disabled = !shown.some((alert) => !book.isSeen(alert.id));
    const minute = Math.floor(this.now / 60_000);
    this.drawn.list.show([shown.map((alert) => [alert.id, book.seen(alert.id)?.by ?? "", this.replies.has(alert.subject)]), minute, this.places], () =>
      shown.length === 0 ? [make("li", "quiet", texts.get("alert.none"))] : shown.map((alert) => this.row(alert)));
    const rest = book.open.length - shown.length;
    setText(this.more, rest > 0 ? texts.get("alert.more", { n: texts.number(rest) }) : this.acknowledged.known ? "" : texts.get("alert.unknown"));
    setHidden(this.more, this.more.textContent === "");
    const seen = book.acknowledged.slice(0, mostSeen);
    setHidden(this.seen, seen.length === 0);
    setText(this.seen.firstElementChild!, texts.get("alert.seen", { n: texts.number(book.acknowledged.length) }));
    this.drawn.seen.show([seen.map(({ alert }) => alert.id), this.places], () => seen.map(({ alert, seen: by }) => {
      const item = make("li", "alert");
      item.append(this.signOf(alert), make("span", "alert-what", this.wordsOf(alert)), make("span", "alert-who", texts.get("alert.seen-by", { who: by.by, time: texts.time(by.at).slice(0, 5) })));
      return item;
    }));
    const until = this.sound.mutedUntil;
    this.drawn.sound.show([this.sound.enabled, this.sound.waiting, until], () => this.soundControls(until));
  }

  /** Another territory names places otherwise. */
  private get places(): number {
    return this.desk.places.territory?.version ?? 0;
  }

  private row(alert: Alert): HTMLElement {
    const { texts } = this.desk;
    const item = make("li", "alert");
    item.dataset["kind"] = alert.kind;
    item.dataset["alert"] = alert.id;
    const what = alert.kind === "red" || alert.kind === "overdue"
      ? button(this.wordsOf(alert), () => {
        this.desk.state.set({ case: alert.subject });
        this.toggle(false);
      }, { name: "alert-open" })
      : make("strong", "", this.wordsOf(alert));
    what.classList.add("alert-what");
    const seen = this.book.seen(alert.id);
    const when = alert.at === 0 ? texts.get("alert.never") : texts.get(alert.kind === "silent" ? "alert.since" : "alert.at", { time: this.moment(alert.at) });
    item.append(this.signOf(alert), what, make("span", "alert-when", seen ? `${when} · ${texts.get("alert.seen-by", { who: seen.by, time: texts.time(seen.at).slice(0, 5) })}` : when));
    const bar = make("span", "alert-bar");
    if (alert.kind === "sos") bar.append(button(texts.get("alert.answer"), () => this.beginReply(alert), { kind: "main", small: true }));
    if (!this.book.isSeen(alert.id)) {
      const seenButton = button(texts.get("alert.acknowledge"), () => void this.acknowledge([alert.id]), { small: true });
      seenButton.setAttribute("aria-label", texts.get("alert.acknowledge-of", { what: this.wordsOf(alert) }));
      bar.append(seenButton);
    }
    item.append(bar);
    const reply = this.replies.get(alert.subject);
    if (alert.kind === "sos" && reply) item.append(reply);
    return item;
  }

  private async acknowledge(ids: readonly string[]): Promise<void> {
    const wanted = ids.filter((id) => !this.book.isSeen(id));
    if (wanted.length === 0) return;
    this.book.begin(wanted);
    setHidden(this.fault, true);
    this.show();
    const done = await this.acknowledged.acknowledge(wanted);
    if (!done) {
      this.book.rollBack(wanted);
      setText(this.fault, this.desk.texts.get("alert.failed"));
      setHidden(this.fault, false);
    }
    this.show();
    if (!this.panel.hidden && !this.panel.contains(document.activeElement)) this.heading.focus();
  }

  /** The answer is written where the call stands. */
  private beginReply(alert: Alert): void {
    const { texts } = this.desk;
    if (this.replies.has(alert.subject)) return;
    const form = make("form", "alert-reply") as HTMLFormElement;
    const note = make("input", "field") as HTMLInputElement;
    note.maxLength = 1_000;
    note.setAttribute("aria-label", texts.get("alert.answer.note"));
    note.placeholder = texts.get("alert.answer.note");
    const send = make("button", "button", texts.get("alert.answer.send")) as HTMLButtonElement;
    send.dataset["kind"] = "main";
    send.dataset["small"] = "true";
    const fault = make("p", "fault");
    fault.setAttribute("role", "alert");
    const key = newKey();
    form.append(note, send, fault);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void (async () => {
        send.disabled = true;
        setText(fault, "");
        const said = note.value.trim();
        const answer = await ask(`api/v1/units/${encodeURIComponent(alert.subject)}/sos/answer`, { method: "POST", body: said === "" ? {} : { note: said }, key });
        send.disabled = false;
        const late = answer.kind === "refused" && answer.problem.status === 409;
        if (answer.kind !== "ok" && !late) {
          setText(fault, texts.get(answer.kind === "unreachable" ? "alert.answer.unknown" : "alert.answer.failed"));
          return;
        }
        this.replies.delete(alert.subject);
        this.desk.announce(texts.get(late ? "alert.answer.late" : "alert.answer.done", { name: alert.callSign }));
        // Whoever answered has seen it.
        void this.acknowledge([alert.id]);
        this.show();
      })();
    });
    this.replies.set(alert.subject, form);
    this.show();
    note.focus();
  }

  private soundControls(until: number | undefined): readonly Node[] {
    const { texts } = this.desk;
    const words = !this.sound.enabled ? texts.get("alert.sound.off")
      : this.sound.waiting ? texts.get("alert.sound.waiting")
      : until !== undefined ? texts.get("alert.sound.muted", { time: texts.time(until).slice(0, 5) })
      : texts.get("alert.sound.on");
    const act = (label: string, run: () => void): HTMLButtonElement => button(label, () => {
      run();
      this.show();
    }, { small: true });
    const nodes: Node[] = [make("span", "", words)];
    if (!this.sound.enabled) nodes.push(act(texts.get("alert.sound.enable"), () => this.sound.enable(true)));
    else if (until !== undefined) nodes.push(act(texts.get("alert.sound.unmute"), () => this.sound.mute(0)));
    else for (const minutes of [15, 60]) nodes.push(act(texts.get("alert.sound.mute", { n: minutes }), () => this.sound.mute(minutes)));
    if (this.sound.enabled) nodes.push(act(texts.get("alert.sound.disable"), () => this.sound.enable(false)));
    return nodes;
  }

  private signOf(alert: Alert): Element {
    if (alert.kind === "sos") return symbol("sign-sos");
    if (alert.kind === "silent") return symbol("sign-silent");
    return sign(alert.severity);
  }

  private wordsOf(alert: Alert): string {
    const { texts, names, places } = this.desk;
    const place = places.name(alert.grid);
    switch (alert.kind) {
      case "sos": return texts.get("alert.sos", { name: alert.callSign, place });
      case "silent": return texts.get("alert.silent", { place });
      case "red": return texts.get("alert.red", { what: names.category(alert.category), place });
      case "overdue": return texts.get(alert.level === 3 ? "alert.overdue-twice" : "alert.overdue", { what: names.category(alert.category), place });
    }
  }

  private moment(ms: number): string {
    const { texts } = this.desk;
    const time = texts.time(ms).slice(0, 5);
    return texts.day(ms) === texts.day(this.now) ? time : `${texts.day(ms)} ${time}`;
  }
}

function bellSign(): SVGSVGElement {
  const svg = "http://www.w3.org/2000/svg";
  const element = document.createElementNS(svg, "svg");
  element.setAttribute("class", "sign");
  element.setAttribute("viewBox", "0 0 24 24");
  element.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(svg, "path");
  shape.setAttribute("d", "M12 2a6.5 6.5 0 0 0-6.5 6.5V13L3.6 17h16.8l-1.9-4V8.5A6.5 6.5 0 0 0 12 2ZM9.5 18.5a2.5 2.5 0 0 0 5 0Z");
  shape.setAttribute("fill", "currentColor");
  element.append(shape);
  return element;
}
