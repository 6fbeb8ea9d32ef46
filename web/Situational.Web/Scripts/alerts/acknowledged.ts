import { ask, type Outcome } from "../api/http";
import type { Acknowledgement } from "./book";

interface Answer {
  readonly acknowledged: readonly { readonly alert: string; readonly by: string; readonly at: string }[];
  readonly asOf: string;
}

/** Between two questions, ms; the first goes back so far. */
const everyMs = 5_000;
const backMs = 7 * 24 * 3_600_000;
/** The server takes so many at once. */
const most = 200;

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

  /** Says that this desk saw them. Returns whether the server took all of it. */
  async acknowledge(ids: readonly string[]): Promise<boolean> {
    for (let at = 0; at < ids.length; at += most) {
      const answer = await this.server("api/v1/alerts/acknowledge", { alerts: ids.slice(at, at + most) });
      if (answer.kind !== "ok") return false;
      this.take(read(answer.value));
    }
    return true;
  }

  private async ask(): Promise<void> {
    this.asking = true;
    try {
      const since = this.since ?? new Date(this.now() - backMs).toISOString();
      const answer = await this.server(`api/v1/alerts/acknowledged?since=${encodeURIComponent(since)}`);
      this.known = answer.kind === "ok";
      if (answer.kind !== "ok") return;
      this.since = answer.value.asOf;
      this.take(read(answer.value));
    } finally {
      this.asking = false;
    }
  }
}

function read({ acknowledged }: Answer): readonly Acknowledgement[] {
  return acknowledged.map(({ alert, by, at }) => ({ alert, by, at: Date.parse(at) }));
}
