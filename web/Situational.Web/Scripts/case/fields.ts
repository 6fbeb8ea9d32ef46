import { instantOf } from "../page/zone";
import type { StepBody } from "./wire";

/** What a person typed into the form of a step, by field. Kept as a draft just so. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

/** What is wrong with a field, and by how much. */
export type Fault =
  | { readonly kind: "required" }
  | { readonly kind: "long"; readonly n: number; readonly most: number }
  | { readonly kind: "many"; readonly n: number; readonly most: number }
  | { readonly kind: "past" }
  | { readonly kind: "far"; readonly days: number };

/** Limits of the API; docs/cases.md has the same. */
export const limits = { text: 4_000, id: 64, photos: 9, departments: 16, untilDays: 365, minScore: 1, maxScore: 5 } as const;

/** The states that can be said about a muster that stands so. */
export const musterStates: Readonly<Record<string, readonly string[]>> = {
  notified: ["acknowledged", "en-route", "arrived", "refused"],
  acknowledged: ["en-route", "arrived", "refused"],
  "en-route": ["arrived"],
  arrived: ["done"],
};

/** The fields of a form, those that are needed first: needed and taken ones of the table, and what belongs to them. */
export function fieldsOf(step: string, needs: readonly string[], takes: readonly string[]): readonly { readonly name: string; readonly needed: boolean }[] {
  const fields: { name: string; needed: boolean }[] = [];
  const add = (name: string, needed: boolean): void => { if (!fields.some((field) => field.name === name)) fields.push({ name, needed }); };
  if (step === "muster") {
    // One choice says whistle and department.
    add("called", true);
    add("state", true);
  }
  for (const name of needs) if (!(step === "muster" && ["whistle", "department", "state"].includes(name))) add(name, true);
  for (const name of takes) add(name, false);
  return fields;
}

/** What is wrong with what was typed; nothing is sent while there is anything. */
export function faultsOf(step: string, fields: readonly { readonly name: string; readonly needed: boolean }[], values: Values, now: number, timeZone: string | undefined): Readonly<Record<string, Fault>> {
  const faults: Record<string, Fault> = {};
  const needed = fields.filter((field) => field.needed).map((field) => field.name);
  const refusal = step === "muster" && text(values, "state") === "refused";
  if (refusal) needed.push("reason", "counterProposal");
  for (const name of needed) if (isEmpty(values[name])) faults[name] = { kind: "required" };
  for (const name of ["note", "reason"]) {
    const n = lengthOf(text(values, name));
    if (n > limits.text) faults[name] = { kind: "long", n, most: limits.text };
  }
  for (const name of ["unit", "counterProposal"]) {
    const n = lengthOf(text(values, name));
    if (n > limits.id) faults[name] = { kind: "long", n, most: limits.id };
  }
  for (const [name, most] of [["photos", limits.photos], ["departments", limits.departments]] as const) {
    const n = list(values, name).length;
    if (n > most) faults[name] = { kind: "many", n, most };
  }
  const assignee = text(values, "assignee");
  if (assignee !== "" && idOf(assignee) === "") faults["assignee"] = { kind: "required" };
  else if (lengthOf(idOf(assignee)) > limits.id) faults["assignee"] = { kind: "long", n: lengthOf(idOf(assignee)), most: limits.id };
  const until = text(values, "until");
  if (until !== "") {
    const at = instantOf(until, timeZone);
    if (at === undefined) faults["until"] = { kind: "required" };
    else if (at <= now) faults["until"] = { kind: "past" };
    else if (at > now + limits.untilDays * 86_400_000) faults["until"] = { kind: "far", days: limits.untilDays };
  }
  return faults;
}

/** What is sent. Empty fields are left out. */
export function bodyOf(step: string, fields: readonly { readonly name: string }[], values: Values, timeZone: string | undefined): StepBody {
  const body: Record<string, unknown> = {};
  const names = new Set(fields.map((field) => field.name));
  const refusal = step === "muster" && text(values, "state") === "refused";
  for (const name of ["note", "reason", "severity", "kind", "into", "unit", "state"])
    if ((names.has(name) || (name === "reason" && refusal)) && text(values, name).trim() !== "") body[name] = text(values, name).trim();
  if (refusal) body["counterProposal"] = text(values, "counterProposal").trim();
  if (names.has("score") && text(values, "score") !== "") body["score"] = Number(text(values, "score"));
  if (names.has("photos") && list(values, "photos").length > 0) body["photos"] = list(values, "photos");
  if (names.has("departments")) body["departments"] = list(values, "departments");
  if (names.has("until")) {
    const at = instantOf(text(values, "until"), timeZone);
    if (at !== undefined) body["until"] = new Date(at).toISOString();
  }
  if (names.has("assignee")) {
    const assignee = text(values, "assignee");
    body["assignee"] = { kind: assignee.slice(0, assignee.indexOf(":")), id: idOf(assignee) };
  }
  if (names.has("called")) {
    const called = text(values, "called");
    body["whistle"] = Number(called.slice(0, called.indexOf(":")));
    body["department"] = idOf(called);
  }
  return body as StepBody;
}

/** Characters as the server counts them: UTF-16 units. */
export function lengthOf(words: string): number {
  return words.trim().length;
}

export function text(values: Values, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

export function list(values: Values, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value as readonly string[] : [];
}

function idOf(pair: string): string {
  return pair.slice(pair.indexOf(":") + 1).trim();
}

function isEmpty(value: string | readonly string[] | undefined): boolean {
  return value === undefined || (typeof value === "string" ? value.trim() === "" : value.length === 0);
}
