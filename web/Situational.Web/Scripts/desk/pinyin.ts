/** The first character in pinyin order of each initial. There are none with i, u or v. */
const boundaries: readonly (readonly [letter: string, first: string])[] = [
  ["a", "吖"], ["b", "八"], ["c", "嚓"], ["d", "咑"], ["e", "妸"], ["f", "发"], ["g", "旮"], ["h", "哈"], ["j", "丌"], ["k", "咔"], ["l", "垃"], ["m", "呣"],
  ["n", "拏"], ["o", "喔"], ["p", "妑"], ["q", "七"], ["r", "呥"], ["s", "仨"], ["t", "他"], ["w", "穵"], ["x", "夕"], ["y", "丫"], ["z", "帀"],
];

/**
 * Initials of the pinyin of names, so that `hsk` finds 合水口: told from where a character stands in the browser's own
 * pinyin order, without a dictionary. A character with several readings has the one that it is sorted by.
 */
export class Pinyin {
  private readonly collator = new Intl.Collator("zh-u-co-pinyin");
  private readonly known = new Map<string, string>();
  /** A browser that lacks the order would tell nonsense; then there are no initials of Chinese. */
  private readonly usable = this.collator.resolvedOptions().collation === "pinyin" || this.collator.compare("八", "嚓") < 0 && this.collator.compare("夕", "丫") < 0 && this.collator.compare("七", "讥") > 0;

  /** Initials of Chinese characters, and letters and digits as they are, in lower case; all else is left out. */
  initials(name: string): string {
    let found = "";
    for (const character of name) found += this.initial(character);
    return found;
  }

  private initial(character: string): string {
    let letter = this.known.get(character);
    if (letter === undefined) this.known.set(character, letter = this.find(character));
    return letter;
  }

  private find(character: string): string {
    if (/[a-z0-9]/i.test(character)) return character.toLowerCase();
    if (!/\p{Script=Han}/u.test(character) || !this.usable) return "";
    let [low, high] = [0, boundaries.length - 1];
    if (this.collator.compare(character, boundaries[0]![1]) < 0) return "";
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.collator.compare(character, boundaries[middle]![1]) >= 0) low = middle;
      else high = middle - 1;
    }
    return boundaries[low]![0];
  }
}
