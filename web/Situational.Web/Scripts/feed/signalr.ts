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
      ended({ refused: isRefusal(error), detail: error instanceof Error ? error.message : String(error ?? "") });
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
  // A watch that cannot be names a code; of these, one alone is about who asks.
  const code = /HubException: ([a-z][a-z-]*)/.exec(error.message)?.[1];
  return code === "not-your-area" || /unauthori[sz]ed|forbidden|\b40[13]\b/i.test(error.message);
}

function gone(error: unknown): void {
  console.info("situational: the socket was gone already", error);
}
