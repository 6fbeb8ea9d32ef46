import { ask, type Outcome } from "../api/http";
import type { StepRule, StepsAnswer } from "./wire";

interface Named {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
}

interface Category extends Named {
  readonly departments: readonly string[];
  readonly limits: Readonly<Record<string, string>>;
}

/** A code with its name in the page's language. */
export type Choice = readonly [code: string, name: string];

/** The city's own lists that a form offers. */
export interface Lists {
  readonly departments: readonly Choice[];
  readonly whistles: readonly Choice[];
  readonly ratings: readonly Choice[];
  /** Departments responsible for a category, the first one first. */
  readonly responsible: ReadonlyMap<string, readonly string[]>;
  readonly rules: readonly StepRule[];
}

type Reader = <Value>(path: string) => Promise<Outcome<Value>>;

/** Reads the catalogue and the table of steps once; what fails is read again when it is asked for the next time. */
export class Catalogue {
  private reading: Promise<Lists | undefined> | undefined;
  private names = new Map<string, string>();
  private kinds = new Map<string, string>();
  private reads = 0;

  constructor(private readonly language: string, private readonly read: Reader = (path) => ask(path)) {}

  /** Undefined while the server cannot say. */
  async lists(): Promise<Lists | undefined> {
    const lists = await (this.reading ??= this.readAll());
    if (!lists) this.reading = undefined;
    return lists;
  }

  /** How often names were read. */
  get generation(): number {
    return this.reads;
  }

  /** The code itself until the names are read, and for departments of an earlier catalogue. */
  department(code: string): string {
    return this.names.get(code) ?? code;
  }

  ratingKind(code: string): string {
    return this.kinds.get(code) ?? code;
  }

  private async readAll(): Promise<Lists | undefined> {
    const [categories, departments, whistles, ratings, steps] = await Promise.all([
      this.read<{ readonly categories: readonly Category[] }>("api/v1/categories"),
      this.read<{ readonly departments: readonly Named[] }>("api/v1/departments"),
      this.read<{ readonly whistleKinds: readonly Named[] }>("api/v1/whistle-kinds"),
      this.read<{ readonly ratingKinds: readonly Named[] }>("api/v1/rating-kinds"),
      this.read<StepsAnswer>("api/v1/steps"),
    ]);
    if (categories.kind !== "ok" || departments.kind !== "ok" || whistles.kind !== "ok" || ratings.kind !== "ok" || steps.kind !== "ok") return undefined;
    const lists: Lists = {
      departments: this.choices(departments.value.departments),
      whistles: this.choices(whistles.value.whistleKinds),
      ratings: this.choices(ratings.value.ratingKinds),
      responsible: new Map(categories.value.categories.map((one) => [one.code, one.departments])),
      rules: steps.value.steps,
    };
    this.names = new Map(lists.departments);
    this.kinds = new Map(lists.ratings);
    this.reads++;
    return lists;
  }

  private choices(named: readonly Named[]): readonly Choice[] {
    const english = this.language.toLowerCase().startsWith("en");
    return named.map(({ code, name }) => [code, english ? name.en : name.zh]);
  }
}
