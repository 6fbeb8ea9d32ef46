import alert from "../../Texts/alert.zh-CN.json";
import cases from "../../Texts/case.zh-CN.json";
import coverage from "../../Texts/coverage.zh-CN.json";
import desk from "../../Texts/desk.zh-CN.json";
import duty from "../../Texts/duty.zh-CN.json";
import handover from "../../Texts/handover.zh-CN.json";
import past from "../../Texts/past.zh-CN.json";
import patrol from "../../Texts/patrol.zh-CN.json";
import wall from "../../Texts/wall.zh-CN.json";

/** The words of all rooms in Chinese: one file a room, a key stands in one room only. */
export default { ...alert, ...cases, ...coverage, ...desk, ...duty, ...handover, ...past, ...patrol, ...wall };
