import { ask } from "../api/http";
import { make, setHidden, setText } from "../page/dom";
import { localOf } from "../page/zone";
import type { Choice, Lists } from "./catalogue";
import { button, newId } from "./controls";
import { lengthOf, limits, list, musterStates, text, type Values } from "./fields";
import { photoStrip } from "./photos";
import type { CaseWords } from "./words";
import type { CaseAnswer, NearUnit } from "./wire";

/** What the fields of a form are made from. */
export interface FieldContext {
  readonly words: CaseWords;
  readonly lists: Lists;
  readonly near: readonly NearUnit[];
  readonly squads: readonly string[];
  readonly timeZone: string | undefined;
  readonly now: () => number;
}

/** A field on the page. */
export interface Field {
  readonly name: string;
  readonly root: HTMLElement;
  /** Puts what is wrong next to it; nothing takes it away. */
  fault(words: string): void;
  focus(): void;
}

type Changed = (name: string, value: string | readonly string[]) => void;

/** Makes the field of that name, filled with what was typed before. */
export function makeField(name: string, needed: boolean, step: string, one: CaseAnswer, values: Values, context: FieldContext, changed: Changed): Field {
  const { words } = context;
  const { texts } = words;
  const label = texts.among("field", step === "whistle" && name === "kind" ? "whistle-kind" : name) ?? name;
  switch (name) {
    case "note":
    case "reason":
      return area(name, label, needed, text(values, name), context, changed);
    case "severity":
      return choice(name, label, needed, text(values, name), [["", texts.get("case.severity.same", { severity: words.severity(one.severity) })],
        ...["red", "orange", "yellow", "blue"].filter((code) => code !== one.severity).map((code): Choice => [code, words.severity(code)])], context, changed);
    case "kind":
      return choice(name, label, needed, text(values, name), [["", texts.get("case.choose")], ...(step === "whistle" ? context.lists.whistles : context.lists.ratings)], context, changed);
    case "score":
      return choice(name, label, needed, text(values, name), [["", texts.get("case.choose")],
        ...[5, 4, 3, 2, 1].map((n): Choice => [String(n), texts.get("case.score", { n })])], context, changed);
    case "state": {
      const called = text(values, "called");
      return choice(name, label, needed, text(values, name), [["", texts.get("case.choose")],
        ...statesFor(one, called).map((code): Choice => [code, words.muster(code)])], context, changed);
    }
    case "called":
      return choice(name, label, needed, text(values, name), [["", texts.get("case.choose")], ...callsOf(one, words)], context, changed);
    case "counterProposal":
      return choice(name, label, needed, text(values, name), [["", texts.get("case.choose")], ...context.lists.departments], context, changed);
    case "into":
      return step === "keep-apart"
        ? choice(name, label, needed, text(values, name), [["", texts.get("case.choose")], ...one.proposals.map((id): Choice => [id, id])], context, changed)
        : line(name, label, needed, text(values, name), one.proposals, context, changed);
    case "unit":
      return line(name, label, needed, text(values, name), context.near.map(({ unit }) => unit.id), context, changed);
    case "assignee":
      return assignee(label, needed, text(values, name), one, context, changed);
    case "departments":
      return departments(label, list(values, name), one, context, changed);
    case "until":
      return moment(name, label, needed, text(values, name), context, changed);
    case "photos":
      return photos(label, list(values, name), context, changed);
    default:
      return line(name, label, needed, text(values, name), [], context, changed);
  }
}

/** The states that can be said about the muster `whistle:department`. */
export function statesFor(one: CaseAnswer, called: string): readonly string[] {
  const at = called.indexOf(":");
  const muster = one.whistles.find((whistle) => whistle.number === Number(called.slice(0, at)))?.musters.find(({ department }) => department === called.slice(at + 1));
  return muster ? musterStates[muster.state] ?? [] : [];
}

function callsOf(one: CaseAnswer, words: CaseWords): Choice[] {
  return one.whistles.flatMap((whistle) => whistle.musters.filter((muster) => musterStates[muster.state] !== undefined).map((muster): Choice => [
    `${whistle.number}:${muster.department}`,
    [words.department(muster.department), words.whistle(whistle.kind), words.muster(muster.state)].join(" · "),
  ]));
}

/** Label, control, hint and the place for what is wrong. */
function frame(name: string, label: string, needed: boolean, control: HTMLElement, context: FieldContext, hint = ""): Field & { readonly hint: HTMLElement } {
  const root = make("div", `entry entry-${name}`);
  const id = newId(`entry-${name}`);
  const title = make("label", "entry-label", label) as HTMLLabelElement;
  const isGroup = control.tagName === "FIELDSET" || control.tagName === "DIV";
  if (isGroup) {
    title.id = `${id}-label`;
    control.setAttribute("role", "group");
    control.setAttribute("aria-labelledby", title.id);
  } else {
    control.id = id;
    title.htmlFor = id;
    if (needed) control.setAttribute("aria-required", "true");
  }
  title.append(make("span", "entry-need", needed ? context.words.texts.get("case.needed") : context.words.texts.get("case.optional")));
  const below = make("p", "entry-hint", hint);
  below.id = `${id}-hint`;
  const fault = make("p", "fault entry-fault");
  fault.id = `${id}-fault`;
  fault.setAttribute("role", "alert");
  setHidden(fault, true);
  setHidden(below, hint === "");
  control.setAttribute("aria-describedby", `${below.id} ${fault.id}`);
  root.append(title, control, below, fault);
  return {
    name, root, hint: below,
    fault: (words) => {
      setText(fault, words);
      setHidden(fault, words === "");
      if (words === "") control.removeAttribute("aria-invalid");
      else control.setAttribute("aria-invalid", "true");
    },
    focus: () => (isGroup ? control.querySelector<HTMLElement>("input, select, button") : control)?.focus(),
  };
}

function area(name: string, label: string, needed: boolean, value: string, context: FieldContext, changed: Changed): Field {
  const control = make("textarea", "field") as HTMLTextAreaElement;
  control.rows = 3;
  control.value = value;
  const field = frame(name, label, needed, control, context);
  const count = (): void => {
    const n = lengthOf(control.value);
    setText(field.hint, context.words.texts.get("case.count", { n: context.words.texts.number(n), most: context.words.texts.number(limits.text) }));
    setHidden(field.hint, n === 0);
    field.hint.toggleAttribute("data-over", n > limits.text);
  };
  control.addEventListener("input", () => {
    count();
    changed(name, control.value);
  });
  count();
  return field;
}

function line(name: string, label: string, needed: boolean, value: string, suggestions: readonly string[], context: FieldContext, changed: Changed): Field {
  const control = make("input", "field") as HTMLInputElement;
  control.value = value;
  control.autocomplete = "off";
  control.spellcheck = false;
  const field = frame(name, label, needed, control, context);
  if (suggestions.length > 0) {
    const options = make("datalist", "");
    options.id = newId("suggestions");
    for (const one of suggestions) options.append(option(one, one));
    control.setAttribute("list", options.id);
    field.root.append(options);
  }
  control.addEventListener("input", () => changed(name, control.value));
  return field;
}

function choice(name: string, label: string, needed: boolean, value: string, choices: readonly Choice[], context: FieldContext, changed: Changed): Field {
  const control = make("select", "field") as HTMLSelectElement;
  for (const [code, words] of choices) control.append(option(code, words));
  control.value = choices.some(([code]) => code === value) ? value : "";
  control.addEventListener("change", () => changed(name, control.value));
  return frame(name, label, needed, control, context);
}

function option(value: string, words: string): HTMLOptionElement {
  const element = make("option", "", words) as HTMLOptionElement;
  element.value = value;
  return element;
}

const byId = "unit:";

/** Nearest units, responsible departments, squads, all departments, or a unit by its id. */
function assignee(label: string, needed: boolean, value: string, one: CaseAnswer, context: FieldContext, changed: Changed): Field {
  const { words, lists } = context;
  const control = make("div", "entry-pair");
  const select = make("select", "field") as HTMLSelectElement;
  const other = make("input", "field") as HTMLInputElement;
  other.autocomplete = "off";
  other.placeholder = words.texts.get("case.assignee.id");
  other.setAttribute("aria-label", words.texts.get("case.assignee.id"));
  select.append(option("", words.texts.get("case.choose")));
  const known = new Set<string>();
  const group = (title: string, choices: readonly Choice[]): void => {
    if (choices.length === 0) return;
    const element = make("optgroup", "") as HTMLOptGroupElement;
    element.label = title;
    for (const [code, name] of choices) {
      known.add(code);
      element.append(option(code, name));
    }
    select.append(element);
  };
  const responsible = lists.responsible.get(one.category) ?? [];
  group(words.texts.get("case.assignee.near"), context.near.slice(0, 10).map(({ unit, meters, cases }): Choice => [
    `unit:${unit.id}`, words.texts.get("case.near.choice", { name: unit.callSign, meters: words.meters(meters), n: cases.length }),
  ]));
  group(words.texts.get("case.assignee.responsible"), responsible.map((code): Choice => [`department:${code}`, words.department(code)]));
  group(words.texts.get("case.assignee.squads"), context.squads.map((id): Choice => [`squad:${id}`, id]));
  group(words.texts.get("case.assignee.departments"), lists.departments.filter(([code]) => !responsible.includes(code)).map(([code, name]): Choice => [`department:${code}`, name]));
  select.append(option(byId, words.texts.get("case.assignee.other")));
  const isOther = value.startsWith(byId) && !known.has(value);
  select.value = isOther ? byId : known.has(value) ? value : "";
  other.value = isOther ? value.slice(byId.length) : "";
  setHidden(other, !isOther);
  select.addEventListener("change", () => {
    setHidden(other, select.value !== byId);
    changed("assignee", select.value === byId ? byId + other.value : select.value);
    if (select.value === byId) other.focus();
  });
  other.addEventListener("input", () => changed("assignee", byId + other.value));
  control.append(select, other);
  select.setAttribute("aria-label", label);
  return frame("assignee", label, needed, control, context);
}

function departments(label: string, chosen: readonly string[], one: CaseAnswer, context: FieldContext, changed: Changed): Field {
  const control = make("div", "entry-checks");
  const now = new Set(chosen);
  const responsible = context.lists.responsible.get(one.category) ?? [];
  const ordered = [...context.lists.departments].sort(([a], [b]) => Number(responsible.includes(b)) - Number(responsible.includes(a)));
  for (const [code, name] of ordered) {
    const box = make("input", "") as HTMLInputElement;
    box.type = "checkbox";
    box.checked = now.has(code);
    box.addEventListener("change", () => {
      if (box.checked) now.add(code);
      else now.delete(code);
      changed("departments", [...now]);
    });
    const item = make("label", "entry-check");
    item.append(box, make("span", "", name));
    control.append(item);
  }
  return frame("departments", label, true, control, context, context.words.texts.get("case.departments.limit", { n: limits.departments }));
}

function moment(name: string, label: string, needed: boolean, value: string, context: FieldContext, changed: Changed): Field {
  const control = make("input", "field") as HTMLInputElement;
  control.type = "datetime-local";
  control.min = localOf(context.now() + 60_000, context.timeZone);
  control.max = localOf(context.now() + limits.untilDays * 86_400_000, context.timeZone);
  control.value = value;
  control.addEventListener("input", () => changed(name, control.value));
  return frame(name, label, needed, control, context, context.words.texts.get("case.until.limit", { n: limits.untilDays }));
}

/** Files are sent when they are chosen: what is named in the step is there already. */
function photos(label: string, kept: readonly string[], context: FieldContext, changed: Changed): Field {
  const { texts } = context.words;
  const control = make("div", "entry-photos");
  const input = make("input", "entry-file") as HTMLInputElement;
  input.type = "file";
  input.multiple = true;
  input.accept = "image/jpeg,image/png,image/webp,image/heic";
  input.setAttribute("aria-label", label);
  const chosen = make("div", "entry-chosen");
  const status = make("p", "entry-hint");
  status.setAttribute("role", "status");
  let ids = [...kept];
  const show = (): void => {
    const strip = photoStrip(ids, texts.get("case.photos.result"), texts);
    [...strip.children].forEach((item, at) => item.append(button(texts.get("case.photo.drop"), () => {
      ids = ids.filter((_, place) => place !== at);
      show();
      changed("photos", ids);
    }, { small: true })));
    chosen.replaceChildren(...(ids.length > 0 ? [strip] : []));
  };
  input.addEventListener("change", () => void (async () => {
    const files = [...input.files ?? []];
    input.value = "";
    for (const file of files) {
      if (ids.length >= limits.photos) {
        setText(status, texts.get("case.fault.many", { n: ids.length + 1, most: limits.photos }));
        return;
      }
      setText(status, texts.get("case.photo.sending", { name: file.name }));
      const answer = await ask<{ readonly id: string }>("api/v1/photos", { method: "POST", body: file });
      if (answer.kind !== "ok") {
        setText(status, texts.get(answer.kind === "refused" && answer.problem.status === 413 ? "case.photo.large" : answer.kind === "refused" && answer.problem.status === 415 ? "case.photo.type" : "case.photo.failed", { name: file.name }));
        return;
      }
      const { id } = answer.value;
      if (!ids.includes(id)) ids = [...ids, id];
      show();
      changed("photos", ids);
    }
    setText(status, "");
  })());
  control.append(input, status, chosen);
  show();
  return frame("photos", label, false, control, context, texts.get("case.photos.limit", { n: limits.photos }));
}
