import type { Change, Picture } from "../feed";
import type { TextKey, Texts } from "../page/texts";
import type { Names } from "../page/names";
import type { Places } from "../page/places";

/** What the drawer and the alerts need of the page around them. */
export interface DeskSeam {
  readonly texts: Texts;
  readonly names: Names;
  readonly places: Places;
  readonly me: { readonly id: string; readonly name: string; readonly role: string };
  /** The picture on the page. */
  readonly picture: Picture | undefined;
  /** Whether a past moment is shown: nothing can be done then. */
  readonly isPast: boolean;
  /** Calls back with every picture, and at once if there is one. */
  onPicture(name: string, listener: (picture: Picture, change: Change) => void): unknown;
  /** Calls back with every live picture of the whole city, whatever area or moment is shown. */
  onCity(name: string, listener: (picture: Picture, change: Change) => void): void;
  /** Calls back ten times a second, with monotonic ms. */
  onTick(name: string, listener: (now: number) => void): unknown;
  readonly state: {
    get(name: string): string;
    set(changes: Readonly<Record<string, string>>, replace?: boolean): void;
  };
  readonly shortcuts: {
    register(key: string, text: TextKey, run: (event: KeyboardEvent) => void, when?: () => boolean): unknown;
  };
  /** The server's time in ms, as far as it is known, or the past moment that is shown. */
  now(): number | undefined;
  /** The server's time in ms, whatever moment is shown. */
  serverNow(): number | undefined;
  /** Says it to whoever listens instead of looking. */
  announce(words: string): void;
}

/** What the drawer needs besides: it shows a case as it is now, also while the page shows the past. */
export interface CaseDesk extends DeskSeam {
  /** The server's time in ms, whatever moment is shown, as far as it is known. */
  serverNow(): number | undefined;
  /** Calls back with every live picture, whatever moment is shown, and at once if there is one. */
  onLive(name: string, listener: (picture: Picture, change: Change) => void): unknown;
}
