import alert from "../../Texts/alert.en.json";
import cases from "../../Texts/case.en.json";
import coverage from "../../Texts/coverage.en.json";
import desk from "../../Texts/desk.en.json";
import duty from "../../Texts/duty.en.json";
import handover from "../../Texts/handover.en.json";
import past from "../../Texts/past.en.json";
import patrol from "../../Texts/patrol.en.json";
import wall from "../../Texts/wall.en.json";

/** The words of all rooms in English: one file a room, a key stands in one room only. */
export default { ...alert, ...cases, ...coverage, ...desk, ...duty, ...handover, ...past, ...patrol, ...wall };
