import { ask, type Outcome } from "../api/http";
import type { Acknowledgement } from "./book";

interface Answer {
  readonly acknowledged: readonly { readonly alert: string; readonly by: string; readonly at: string }[];
  readonly asOf: string;
}

/** Between two questions, ms; the first goes back as far as the server keeps it by default. */
const everyMs = 5_000;
const backMs = 31 * 24 * 3_600_000;
/** The server takes so many at once, and tells so many at once. */
const most = 200;
const mostTold = 2_000;

type Asker = (path: string, body?: unknown) => Promise<Outcome<Answer>>;

/** Who saw what, from everybody's desks: asked again and again, each time for what came since. */
export class Acknowledged {
  private since: string | undefined;
  private next = Number.NEGATIVE_INFINITY;
  private asking = false;
  /** Whether the last question was answered. */
  known = false;

  constructor(
    private readonly take: (seen: readonly Acknowledgement[]) => void, private readonly now: () => number,
    private readonly server: Asker = (path, body) => ask(path, body === undefined ? {} : { method: "POST", body }),
  ) {}

  /** @param now monotonic ms */
  tick(now: number): void {
    if (this.asking || now < this.next) return;
    this.next = now + everyMs;
    void this.ask();
  }

  /** Says that this desk saw them. Returns those that the server did not take. */
  async acknowledge(ids: readonly string[]): Promise<readonly string[]> {
    const left: string[] = [];
    for (let at = 0; at < ids.length; at += most) {
      let part = ids.slice(at, at + most);
      let answer = await this.say(part);
      // What is over by now is refused by its place, and nothing of the rest is kept: the rest is sent again without it.
      const over = answer.kind === "refused" && answer.problem.status === 422 ? placesOf(answer.problem.errors) : undefined;
      if (over && over.size > 0) {
        left.push(...part.filter((_, place) => over.has(place)));
        part = part.filter((_, place) => !over.has(place));
        if (part.length === 0) continue;
        answer = await this.say(part);
      }
      if (answer.kind !== "ok") return [...left, ...part, ...ids.slice(at + most)];
      this.take(read(answer.value));
    }
    return left;
  }

  private say(alerts: readonly string[]): Promise<Outcome<Answer>> {
    return this.server("api/v1/alerts/acknowledge", { alerts });
  }

  private async ask(): Promise<void> {
    this.asking = true;
    try {
      for (;;) {
        const since: string = this.since ?? new Date(this.now() - backMs).toISOString();
        const answer = await this.server(`api/v1/alerts/acknowledged?since=${encodeURIComponent(since)}`);
        this.known = answer.kind === "ok";
        if (answer.kind !== "ok") return;
        this.since = answer.value.asOf;
        this.take(read(answer.value));
        if (answer.value.acknowledged.length < mostTold || this.since === since) return;
      }
    } finally {
      this.asking = false;
    }
  }
}

/** Places in the request that the server found wrong. */
function placesOf(errors: Readonly<Record<string, unknown>>): ReadonlySet<number> {
  return new Set(Object.keys(errors).flatMap((field) => /^alerts\[(\d+)\]$/.exec(field)?.slice(1).map(Number) ?? []));
}

function read({ acknowledged }: Answer): readonly Acknowledgement[] {
  return acknowledged.map(({ alert, by, at }) => ({ alert, by, at: Date.parse(at) }));
}
