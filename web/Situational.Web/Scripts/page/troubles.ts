import type { Picture, Trouble } from "../feed";

const displayFault: Trouble = { code: "display-fault", detail: "" };
const territoryChanging: Trouble = { code: "territory-changing", detail: "" };

/**
 * What the server says of a picture, and what the page has to say itself, the worst first.
 * @param faulty whether something on the page has failed
 * @param drawn version of the territory whose shapes are drawn, if any are
 */
export function troublesOf(shown: Pick<Picture, "territory" | "trouble"> | undefined, faulty: boolean, drawn: number | undefined): readonly Trouble[] {
  const said = shown?.trouble ?? [];
  const own: Trouble[] = faulty ? [displayFault] : [];
  // Rows of one territory on the shapes of another: grids may be missing, or not be there any more.
  const changing = drawn !== undefined && shown !== undefined && drawn !== shown.territory;
  if (changing && !said.some(({ code }) => code === territoryChanging.code)) own.push(territoryChanging);
  return [...own, ...said];
}
