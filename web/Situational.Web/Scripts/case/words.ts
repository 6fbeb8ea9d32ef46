import { countdownOf, type Deadline } from "../page/countdown";
import type { Names } from "../page/names";
import type { Places } from "../page/places";
import type { Texts } from "../page/texts";
import type { Obstacle } from "./actions";
import type { Catalogue } from "./catalogue";
import type { Fault } from "./fields";
import { type ActorAnswer, type Assignee, levelOf, severityOf } from "./wire";

/** What the codes about a case are called in the page's language. Codes without a name are shown as they came. */
export class CaseWords {
  constructor(
    readonly texts: Texts, private readonly names: Names, private readonly places: Places, private readonly catalogue: Catalogue,
    /** What the screens call a unit. */
    private readonly callSign: (unit: string) => string | undefined,
    private readonly me: { readonly id: string },
  ) {}

  /** Another number once names were read that were codes before. */
  get generation(): number {
    return this.catalogue.generation;
  }

  step(step: string): string {
    return this.texts.among("step", step) ?? step;
  }

  stage(stage: string): string {
    return this.texts.among("stage", stage) ?? stage;
  }

  severity(severity: string): string {
    return this.texts.among("severity", String(severityOf(severity))) ?? severity;
  }

  level(level: string): string {
    return this.texts.among("level", String(levelOf(level))) ?? level;
  }

  role(role: string): string {
    return this.texts.among("role", role) ?? role;
  }

  clock(kind: string): string {
    return this.texts.among("clock", kind) ?? kind;
  }

  muster(state: string): string {
    return this.texts.among("muster", state) ?? state;
  }

  category(code: string): string {
    return this.names.category(code);
  }

  whistle(code: string): string {
    return this.names.whistle(code);
  }

  department(code: string): string {
    return this.catalogue.department(code);
  }

  ratingKind(code: string): string {
    return this.catalogue.ratingKind(code);
  }

  place(code: string): string {
    return this.places.name(code);
  }

  /** From the largest area to the grid, without the city. */
  path(grid: string): string {
    const { territory } = this.places;
    const names: string[] = [];
    for (let code: string | undefined = grid; code !== undefined && names.length < 8; code = territory?.names.get(code)?.parent)
      if (code === grid || territory?.names.get(code)?.parent !== undefined) names.unshift(this.places.name(code));
    return names.join(" › ");
  }

  unit(id: string): string {
    const sign = this.callSign(id);
    return sign === undefined || sign === id ? id : `${sign} (${id})`;
  }

  assignee({ kind, id }: Assignee): string {
    if (kind === "department") return this.department(id);
    return kind === "unit" ? this.unit(id) : this.texts.get("case.squad", { name: id });
  }

  /** Who did something: by name where that is known, and in which role. */
  actor(by: ActorAnswer | undefined): string {
    if (!by) return "";
    if (by.role === "system") return this.role("system");
    if (by.id === undefined) return this.role(by.role);
    if (by.id === this.me.id) return this.texts.get("case.me", { name: by.id });
    const name = by.role === "department" ? this.department(by.id) : by.role === "worker" ? this.unit(by.id) : by.id;
    return by.role === "department" ? name : this.english ? `${name} (${this.role(by.role)})` : `${name}（${this.role(by.role)}）`;
  }

  /** Why a step cannot be taken. */
  obstacle(obstacle: Obstacle, stage: string): string {
    switch (obstacle.kind) {
      case "stage": return this.texts.get("case.why.stage", { now: this.stage(stage), from: this.list(obstacle.from.map((one) => this.stage(one))) });
      case "role": return this.texts.get("case.why.role", { roles: this.list(obstacle.roles.filter((role) => role !== "system").map((role) => this.role(role))) });
      case "condition": return this.texts.among("condition", obstacle.condition) ?? this.texts.get("case.why.other");
    }
  }

  fault(fault: Fault): string {
    switch (fault.kind) {
      case "required": return this.texts.get("case.fault.required");
      case "long": return this.texts.get("case.fault.long", { n: this.texts.number(fault.n), most: this.texts.number(fault.most) });
      case "many": return this.texts.get("case.fault.many", { n: fault.n, most: fault.most });
      case "past": return this.texts.get("case.fault.past");
      case "far": return this.texts.get("case.fault.far", { n: fault.days });
    }
  }

  /** A limit such as `4 working-hours`. */
  limit(limit: string): string {
    const [amount = "", unit = ""] = limit.split(" ");
    const words = this.texts.among("limit", unit.replace(/s$/, ""));
    return words === undefined ? limit : words.replace("{n}", amount);
  }

  /** A duration in the two greatest of days, hours and minutes; seconds only below one minute. */
  span(ms: number): string {
    const minutes = Math.floor(Math.abs(ms) / 60_000);
    const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24];
    if (days > 0) return this.join(this.texts.get("case.days", { n: days }), hours > 0 ? this.texts.get("case.hours", { n: hours }) : "");
    if (hours > 0) return this.join(this.texts.get("case.hours", { n: hours }), minutes % 60 > 0 ? this.texts.get("case.minutes", { n: minutes % 60 }) : "");
    return minutes > 0 ? this.texts.get("case.minutes", { n: minutes }) : this.texts.get("case.seconds", { n: Math.floor(Math.abs(ms) / 1_000) });
  }

  /** What is said of a limit, in the two greatest units. */
  countdown(deadline: Deadline, now: number): string {
    return countdownOf(deadline, now, this.texts, (ms) => this.span(ms)).words;
  }

  meters(meters: number): string {
    return meters < 1_000 ? this.texts.get("case.meters", { n: Math.round(meters) }) : this.texts.get("case.kilometers", { n: (meters / 1_000).toFixed(1) });
  }

  /** When: the time of day alone where that is today's. */
  moment(ms: number, now: number): string {
    const time = this.texts.time(ms).slice(0, 5);
    return this.texts.day(ms) === this.texts.day(now) && Math.abs(now - ms) < 172_800_000 ? time : `${this.texts.day(ms)} ${time}`;
  }

  list(words: readonly string[]): string {
    return words.join(this.english ? ", " : "、");
  }

  /** What is said of something. */
  pair(what: string, said: string): string {
    return this.english ? `${what}: ${said}` : `${what}：${said}`;
  }

  private get english(): boolean {
    return this.texts.language.toLowerCase().startsWith("en");
  }

  private join(one: string, other: string): string {
    return `${one} ${other}`.trim();
  }
}
