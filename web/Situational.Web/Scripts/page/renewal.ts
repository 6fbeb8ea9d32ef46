/** Loads the page anew when the server has another version of its script: a wall runs for months and is not touched after an update. */
export class Renewal {
  private known: string | undefined;

  constructor(private readonly script: string, private readonly reload: () => void, private readonly fetcher: typeof fetch = (input, init) => fetch(input, init)) {}

  async check(): Promise<void> {
    try {
      const answer = await this.fetcher(this.script, { method: "HEAD", cache: "no-cache" });
      const version = answer.ok ? answer.headers.get("ETag") ?? undefined : undefined;
      if (version === undefined) return;
      if (this.known !== undefined && this.known !== version) this.reload();
      this.known = version;
    } catch (error) {
      console.info("situational: cannot tell the version of the page", error);
    }
  }
}
