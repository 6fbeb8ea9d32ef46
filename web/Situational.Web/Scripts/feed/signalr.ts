import { HttpError, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import type { Open } from "./connection";

/** Opens `Watch` on the hub at `url`. SignalR's own reconnecting is left off: it gives up, and a wall must not. */
export function signalr(url: string): Open {
  return (request, item, ended) => {
    const hub = new HubConnectionBuilder().withUrl(url).configureLogging(LogLevel.None).build();
    let over = false;
    const end = (error: unknown): void => {
      if (over) return;
      over = true;
      hub.stop().catch(gone);
      ended({ refused: isRefusal(error), code: refusalCode(error), detail: error instanceof Error ? error.message : String(error ?? "") });
    };
    hub.onclose(end);
    hub.start().then(
      () => {
        if (over) return;
        hub.stream("Watch", request).subscribe({ next: (value) => { if (!over) item(value); }, complete: () => end(undefined), error: end });
      },
      end,
    );
    return {
      drop() {
        over = true;
        hub.stop().catch(gone);
      },
    };
  };
}

/** Exported for its test: whether an error means that another ticket is needed. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof HttpError) return error.statusCode === 401 || error.statusCode === 403;
  if (!(error instanceof Error)) return false;
  // Of the codes that a watch can be refused with, one alone is about who asks.
  return refusalCode(error) === "not-your-area" || /unauthori[sz]ed|forbidden|\b40[13]\b/i.test(error.message);
}

/** Exported for its test: the code that a watch which cannot be names. */
export function refusalCode(error: unknown): string | undefined {
  return error instanceof Error ? /HubException: ([a-z][a-z-]*)/.exec(error.message)?.[1] : undefined;
}

function gone(error: unknown): void {
  console.info("situational: the socket was gone already", error);
}
