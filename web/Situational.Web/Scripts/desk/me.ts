/** The person at the desk, as the page carries them. */
export interface Me {
  readonly id: string;
  readonly name: string;
  /** `officer`, `supervisor` or `lead`. */
  readonly role: string;
  /** The squad of a lead. */
  readonly squad: string | undefined;
}

export function readMe(json: string | undefined): Me {
  const read = JSON.parse(json ?? "{}") as Readonly<Record<string, unknown>>;
  const text = (name: string): string => typeof read[name] === "string" ? read[name] : "";
  return { id: text("id"), name: text("name") || text("id"), role: text("role"), squad: text("squad") || undefined };
}
