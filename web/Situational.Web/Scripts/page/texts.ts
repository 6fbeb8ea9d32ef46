import type english from "../words/en";
import type chinese from "../words/zh-cn";

/** A key that both languages have. A test holds the languages equal. */
export type TextKey = keyof typeof chinese & keyof typeof english;

type Words = Readonly<Record<string, string>>;

/** The language whose words a page needs; zh-CN for any other than English. */
function codeOf(language: string): "en" | "zh-CN" {
  return language.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

const loaded = new Map<string, Words>();

/** Loads the words of a page's language, and of no other. To be awaited before the first {@link Texts}. @param language BCP 47 tag of the page */
export async function loadWords(language: string): Promise<void> {
  const code = codeOf(language);
  if (!loaded.has(code)) loaded.set(code, (await (code === "en" ? import("../words/en") : import("../words/zh-cn"))).default);
}

/** The words of one language, and its ways to write numbers and times. */
export class Texts {
  private readonly words: Words;
  private readonly numbers: Intl.NumberFormat;
  private readonly shares: Intl.NumberFormat;
  private readonly signed: Intl.NumberFormat;
  private readonly times: Intl.DateTimeFormat;
  private readonly days: Intl.DateTimeFormat;
  private readonly hours: Intl.DateTimeFormat;
  private readonly dates: Intl.DateTimeFormat;
  private readonly whole: Intl.DateTimeFormat;

  /** @param language BCP 47 tag of the page, whose words are loaded. @param timeZone IANA name; without one, the screen's zone. */
  constructor(readonly language: string, timeZone?: string) {
    const words = loaded.get(codeOf(language));
    if (!words) throw new Error(`The words of ${language} are not loaded.`);
    this.words = words;
    this.numbers = new Intl.NumberFormat(language);
    this.shares = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.signed = new Intl.NumberFormat(language, { signDisplay: "exceptZero" });
    const zone = timeZone ? { timeZone } : {};
    this.times = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", ...zone });
    this.hours = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
    this.dates = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric", ...zone });
    this.whole = new Intl.DateTimeFormat("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit", ...zone });
    this.days = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", weekday: "short", ...zone });
  }

  get(key: TextKey, values?: Readonly<Record<string, string | number>>): string {
    const words = this.words[key] ?? key;
    return values ? words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : words;
  }

  /** The words of a key made of a family, such as `event` or `stage`, and a code from the wire, or undefined when there are none for that code. */
  among(family: string, code: string): string | undefined {
    return this.words[`${family}.${code}`];
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  /** A share of 0 to 1 in percent. Only the whole is called 100 %, and only nothing 0 %. */
  percent(share: number): string {
    const tenths = share < 1 ? Math.min(999, Math.round(share * 1_000)) : 1_000;
    return `${this.shares.format((share > 0 ? Math.max(1, tenths) : 0) / 10)} %`;
  }

  /** With its sign, except zero. */
  change(value: number): string {
    return this.signed.format(value);
  }

  /** HH:MM:SS of server time in ms. */
  time(ms: number): string {
    return this.times.format(ms);
  }

  /** HH:MM of server time in ms, with the date in front if it is not the day of `now`. */
  moment(ms: number, now: number): string {
    const [date, today] = [this.dates.format(ms), this.dates.format(now)];
    return date === today ? this.hours.format(ms) : `${date} ${this.hours.format(ms)}`;
  }

  /** YYYY-MM-DD HH:MM:SS of server time in ms. */
  stamp(ms: number): string {
    return `${this.whole.format(ms)} ${this.time(ms)}`;
  }

  /** Month, day and weekday of server time in ms. */
  day(ms: number): string {
    return this.days.format(ms);
  }

  /** A duration to the second, rounded up: MM:SS, H:MM:SS, and from two days on days and hours. */
  span(ms: number): string {
    const seconds = Math.ceil(Math.max(0, ms) / 1_000);
    const two = (value: number): string => String(value).padStart(2, "0");
    const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
    if (hours >= 48) return this.get("age.days", { n: Math.floor(hours / 24), h: hours % 24 });
    return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
  }

  /** A duration in words: seconds below 100 s, minutes below 100 min, then hours. Tenths of a second below 10 s. */
  age(ms: number): string {
    const seconds = ms / 1_000;
    if (seconds < 9.95) return this.get("age.seconds", { n: seconds.toFixed(1) });
    if (seconds < 100) return this.get("age.seconds", { n: Math.round(seconds) });
    if (seconds < 6_000) return this.get("age.minutes", { n: Math.round(seconds / 60) });
    return this.get("age.hours", { n: Math.round(seconds / 3_600) });
  }
}
