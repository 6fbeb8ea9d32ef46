import { Pinyin } from "../desk/pinyin";
import type { CaseRow, UnitRow } from "../feed";
import type { AreaNode, AreaTree } from "./tree";

/** Results of a kind that are shown. */
export const resultMost = 6;

/** Areas by code, name and the initials of their pinyin. The initials of a city are told at the first search. */
export class AreaIndex {
  private entries: readonly { readonly node: AreaNode; readonly name: string; readonly initials: string }[] = [];
  private tree: AreaTree | undefined;

  constructor(private readonly pinyin = new Pinyin()) {}

  /** Best first: a code or name that is what was typed, then one that begins with it, then initials, then one that holds it; higher areas before lower. */
  find(tree: AreaTree, typed: string, most = resultMost): AreaNode[] {
    if (tree !== this.tree) {
      this.tree = tree;
      this.entries = [...tree.all].map((node) => ({ node, name: node.name.toLowerCase(), initials: this.pinyin.initials(node.name) }));
    }
    const text = typed.trim().toLowerCase();
    if (text === "") return [];
    // Spaces stand between an area and one above it: `ht 03` finds 网格03 in 合水口… by either.
    const words = text.split(/\s+/);
    const found: { readonly node: AreaNode; readonly rank: number; readonly depth: number }[] = [];
    for (const entry of this.entries) {
      let rank = rankOf(entry, text);
      if (rank > 9 && words.length > 1) {
        rank = rankOf(entry, words.at(-1)!) + 5;
        const above = tree.path(entry.node.code).slice(0, -1);
        const held = words.slice(0, -1).every((word) => above.some((node) => rankOf({ node, name: node.name.toLowerCase(), initials: this.pinyin.initials(node.name) }, word) <= 9));
        if (!held) rank = 99;
      }
      if (rank < 20) found.push({ node: entry.node, rank, depth: tree.path(entry.node.code).length });
    }
    return found.sort((one, other) => one.rank - other.rank || one.depth - other.depth || (one.node.code < other.node.code ? -1 : 1)).slice(0, most).map(({ node }) => node);
  }
}

function rankOf({ node, name, initials }: { readonly node: AreaNode; readonly name: string; readonly initials: string }, text: string): number {
  if (node.code === text || name === text) return 0;
  if (name.startsWith(text)) return 1;
  if (initials === text) return 2;
  if (initials.startsWith(text)) return 3;
  if (name.includes(text)) return 4;
  if (/^\d+$/.test(text) && node.code.startsWith(text)) return 5;
  if (/^\d{3,}$/.test(text) && node.code.endsWith(text)) return 6;
  if (text.length > 1 && initials.includes(text)) return 7;
  return 99;
}

/** Units by id and call sign, the exact ones first. */
export function findUnits(units: Iterable<UnitRow>, typed: string, pinyin: Pinyin, most = resultMost): UnitRow[] {
  const text = typed.trim().toLowerCase();
  if (text === "") return [];
  const found: { readonly row: UnitRow; readonly rank: number }[] = [];
  for (const row of units) {
    const [id, callSign] = [row[0].toLowerCase(), row[8].toLowerCase()];
    const rank = id === text || callSign === text ? 0 : callSign.startsWith(text) || id.startsWith(text) ? 1 : callSign.includes(text) || id.includes(text) ? 2 : pinyin.initials(callSign).startsWith(text) ? 3 : 99;
    if (rank < 99) found.push({ row, rank });
  }
  return found.sort((one, other) => one.rank - other.rank || (one.row[0] < other.row[0] ? -1 : 1)).slice(0, most).map(({ row }) => row);
}

/** Open cases by their number. */
export function findCases(cases: Iterable<CaseRow>, typed: string, most = resultMost): CaseRow[] {
  const text = typed.trim();
  if (text.length < 2) return [];
  const found: CaseRow[] = [];
  for (const row of cases) {
    if (row[0] === text) found.unshift(row);
    else if (row[0].includes(text)) found.push(row);
    if (found.length > 200) break;
  }
  return found.slice(0, most);
}
