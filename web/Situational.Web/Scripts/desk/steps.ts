import { ask, newKey, type Outcome } from "../api/http";

/** Of a case, what the answer to a step says. */
export interface SteppedCase {
  readonly id: string;
  readonly revision: number;
  readonly stage: string;
}

/** Takes a step with a case. A step that was not answered may be sent again with the same key: it is carried out once. */
export function takeStep(id: string, step: string, body: object, key: string = newKey()): Promise<Outcome<SteppedCase>> {
  return ask<SteppedCase>(`api/v1/cases/${encodeURIComponent(id)}/${step}`, { method: "POST", body, key });
}
