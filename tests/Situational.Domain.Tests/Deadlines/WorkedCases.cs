namespace Situational.Domain.Tests.Deadlines;

/// <summary>
/// The table of hand-worked deadlines. <c>china</c> works 09:00-12:00 and 14:00-18:00, seven hours a day; <c>berlin</c> and <c>newyork</c> Monday to
/// Friday 08:00-16:00; <c>always</c> is Berlin around the clock; <c>nights</c> Berlin 01:00-04:00 every day; <c>friday</c> Shanghai 08:00-16:00 with
/// Friday only until 12:00. 2026-03-09 is a Monday.
/// </summary>
internal static class WorkedCases
{
    public static readonly string[] Minutes =
    [
        "china   | 2026-03-09 23:50 | 30 minutes   | 2026-03-10 00:20 | over midnight: 10 minutes before, 20 after",
        "china   | 2026-02-28 23:59 | 2 minutes    | 2026-03-01 00:01 | month end; 2026 has no February 29",
        "china   | 2028-02-28 23:30 | 60 minutes   | 2028-02-29 00:30 | into the leap day",
        "china   | 2026-12-31 23:00 | 120 minutes  | 2027-01-01 01:00 | year end",
        "china   | 2026-10-03 12:00 | 1440 minutes | 2026-10-04 12:00 | minutes run on holidays",
        "berlin  | 2026-03-29 01:30 | 60 minutes   | 2026-03-29 03:30 | 30 minutes to 02:00, which is 03:00, and 30 more",
        "berlin  | 2026-10-25 01:30 | 120 minutes  | 2026-10-25 02:30+01:00 | 01:30 is 23:30 UTC; two hours later 01:30 UTC, the second 02:30",
        "newyork | 2026-03-08 01:59 | 2 minutes    | 2026-03-08 03:01 | one minute to 02:00, which is 03:00, and one more",
        "newyork | 2026-11-01 01:30-04:00 | 60 minutes | 2026-11-01 01:30-05:00 | from the first 01:30 to the second",
    ];

    public static readonly string[] WorkingHours =
    [
        "china | 2026-03-09 09:00 | 2 working-hours | 2026-03-09 11:00 | at opening: 09-11",
        "china | 2026-03-09 10:00 | 4 working-hours | 2026-03-09 16:00 | 10-12 is 2, 14-16 is 2",
        "china | 2026-03-09 08:00 | 1 working-hour  | 2026-03-09 10:00 | before opening: runs from 09:00",
        "china | 2026-03-09 06:15 | 3 working-hours | 2026-03-09 12:00 | 09-12 is 3; lands at the closing for lunch and stays there",
        "china | 2026-03-09 12:30 | 1 working-hour  | 2026-03-09 15:00 | in the lunch break: runs from 14:00",
        "china | 2026-03-09 12:00 | 1 working-hour  | 2026-03-09 15:00 | at the closing for lunch: runs from 14:00",
        "china | 2026-03-09 14:00 | 4 working-hours | 2026-03-09 18:00 | 14-18; lands at closing and stays there",
        "china | 2026-03-09 18:00 | 1 working-hour  | 2026-03-10 10:00 | at closing: runs from 09:00 the next day",
        "china | 2026-03-09 17:30 | 1 working-hour  | 2026-03-10 09:30 | half an hour today, half an hour tomorrow",
        "china | 2026-03-09 23:59 | 7 working-hours | 2026-03-10 18:00 | all of Tuesday",
        "china | 2026-03-09 11:59:59 | 1 working-hour | 2026-03-09 14:59:59 | one second before lunch, 59:59 after",
        "china | 2026-03-13 17:00 | 4 working-hours | 2026-03-16 12:00 | Friday 1, weekend, Monday 09-12 is 3",
        "china | 2026-03-14 10:00 | 2 working-hours | 2026-03-16 11:00 | Saturday: runs from Monday 09:00",
        "china | 2026-03-15 23:00 | 8 working-hours | 2026-03-17 10:00 | Sunday night: Monday 7, Tuesday 1",
        "china | 2026-02-13 17:00 | 2 working-hours | 2026-02-14 10:00 | Friday 1; Saturday 14th is a make-up day",
        "china | 2026-02-14 17:30 | 1 working-hour  | 2026-02-24 09:30 | make-up Saturday half; Spring Festival 15 to 23; Tuesday half",
        "china | 2026-02-18 12:00 | 7 working-hours | 2026-02-24 18:00 | in the holiday: all of Tuesday 24th",
        "china | 2026-02-27 16:00 | 10 working-hours | 2026-03-02 10:00 | Friday 2, make-up Saturday 28th 7, Monday 1",
        "china | 2026-09-19 10:00 | 2 working-hours | 2026-09-20 11:00 | Saturday is free, Sunday 20th is a make-up day",
        "china | 2026-09-24 17:00 | 2 working-hours | 2026-09-28 10:00 | Thursday 1; Mid-Autumn 25 to 27; Monday 1",
        "china | 2026-09-30 17:00 | 2 working-hours | 2026-10-08 10:00 | Wednesday 1; National Day 1 to 7; Thursday 1",
        "china | 2026-10-09 17:30 | 8 working-hours | 2026-10-12 09:30 | Friday half, make-up Saturday 10th 7, Monday half",
        "china | 2026-04-30 15:00 | 5 working-hours | 2026-05-06 11:00 | Thursday 3; Labour Day 1 to 5; Wednesday 2",
        "china | 2026-05-08 14:00 | 12 working-hours | 2026-05-11 10:00 | Friday 4, make-up Saturday 9th 7, Monday 1",
        "china | 2026-06-18 17:59 | 1 working-hour  | 2026-06-22 09:59 | Thursday 1 minute; Dragon Boat 19 to 21; Monday 59 minutes",
        "china | 2026-04-03 11:00 | 6 working-hours | 2026-04-07 10:00 | Friday 1 and 4; Qingming 4 to 6; Tuesday 1",
        "china | 2025-12-31 16:00 | 3 working-hours | 2026-01-04 10:00 | Wednesday 2; New Year 1 to 3; Sunday 4th is a make-up day: 1",
        "china | 2025-01-27 17:00 | 2 working-hours | 2025-02-05 10:00 | Monday 1; Spring Festival from 28 to February 4; Wednesday 1",
        "china | 2025-01-25 12:00 | 1 working-hour  | 2025-01-26 10:00 | Saturday is free, Sunday 26th is a make-up day",
        "china | 2025-02-07 17:00 | 8 working-hours | 2025-02-08 18:00 | Friday 1, make-up Saturday 7 to its closing",
        "china | 2025-09-30 18:00 | 1 working-hour  | 2025-10-09 10:00 | at closing; National Day with Mid-Autumn 1 to 8; Thursday 1",
        "china | 2025-10-10 18:00 | 1 working-hour  | 2025-10-11 10:00 | at closing; Saturday 11th is a make-up day",
        "china | 2025-04-27 09:00 | 7 working-hours | 2025-04-27 18:00 | all of a make-up Sunday",
        "china | 2026-12-31 17:00 | 2 working-hours | 2027-01-01 10:00 | Thursday 1; 2027 is not known, so Friday counts as worked",
        "china | 2028-02-28 17:00 | 8 working-hours | 2028-02-29 18:00 | Monday 1, all of the leap day",
        "berlin | 2026-03-27 15:00 | 2 working-hours | 2026-03-30 09:00 | Friday 1; the clocks go forward on Sunday; Monday 08-09 by the new time",
        "newyork | 2026-10-30 15:00 | 10 working-hours | 2026-11-03 09:00 | Friday 1, Monday 8 by the new time, Tuesday 1",
        "always | 2026-03-28 12:00 | 24 working-hours | 2026-03-29 13:00 | 12 to midnight; 00-02 is 2, then 03-13 is 10",
        "always | 2026-10-24 12:00 | 24 working-hours | 2026-10-25 11:00 | 12 to midnight; 00-03 is 3, 02-03 again 1, 03-11 is 8",
        "nights | 2026-03-28 04:00 | 1 working-hour  | 2026-03-29 03:00 | Sunday 01-02; 02:00 is 03:00",
        "nights | 2026-03-28 04:00 | 3 working-hours | 2026-03-30 02:00 | Sunday has two hours, 01-02 and 03-04; Monday 01-02",
        "nights | 2026-10-24 04:00 | 2 working-hours | 2026-10-25 02:00+01:00 | 01-02 and the first 02-03, after which the wall shows 02:00 again",
        "nights | 2026-10-24 04:00 | 3 working-hours | 2026-10-25 03:00 | 01-02, 02-03 and 02-03 again: that night has four hours",
    ];

    public static readonly string[] WorkingDays =
    [
        "china | 2026-03-09 09:00 | 1 working-day  | 2026-03-09 18:00 | at opening: the whole of Monday",
        "china | 2026-03-09 08:00 | 1 working-day  | 2026-03-09 18:00 | before opening is as at opening",
        "china | 2026-03-09 18:00 | 1 working-day  | 2026-03-10 18:00 | at closing: the whole of Tuesday",
        "china | 2026-03-09 20:00 | 1 working-day  | 2026-03-10 18:00 | after closing: the whole of Tuesday",
        "china | 2026-03-09 10:00 | 1 working-day  | 2026-03-10 10:00 | 1/7 of Monday had passed; so it will of Tuesday",
        "china | 2026-03-09 12:00 | 1 working-day  | 2026-03-10 12:00 | 3/7 had passed",
        "china | 2026-03-09 12:30 | 1 working-day  | 2026-03-10 12:00 | in the lunch break 3/7 had passed; on Tuesday they have at 12:00",
        "china | 2026-03-09 14:00 | 1 working-day  | 2026-03-10 12:00 | at 14:00 no more than 3/7 had passed; on Tuesday they have at 12:00",
        "china | 2026-03-13 16:00 | 1 working-day  | 2026-03-16 16:00 | Friday to Monday",
        "china | 2026-03-14 10:00 | 1 working-day  | 2026-03-16 18:00 | Saturday: the whole of Monday",
        "china | 2026-02-13 16:00 | 2 working-days | 2026-02-24 16:00 | make-up Saturday 14th 1; Spring Festival; Tuesday 24th 2",
        "china | 2026-09-30 11:00 | 3 working-days | 2026-10-10 11:00 | Thursday 8th, Friday 9th, make-up Saturday 10th",
        "china | 2026-04-30 10:00 | 5 working-days | 2026-05-11 10:00 | May 6, 7, 8, make-up Saturday 9th, Monday 11th",
        "china | 2025-12-30 15:00 | 3 working-days | 2026-01-05 15:00 | December 31, make-up Sunday January 4, Monday 5th",
        "china | 2028-02-28 15:00 | 1 working-day  | 2028-02-29 15:00 | the leap day is a Tuesday",
        "china | 2026-09-25 12:00 | 1 working-day  | 2026-09-28 18:00 | in a holiday: the whole of the next working day, Monday 28th",
        "friday | 2026-03-12 12:00 | 1 working-day | 2026-03-13 10:00 | half of Thursday's 8 hours had passed; half of Friday's 4 is 2",
        "friday | 2026-03-13 09:00 | 1 working-day | 2026-03-16 10:00 | a quarter of Friday's 4 hours had passed; a quarter of Monday's 8 is 2",
        "friday | 2026-03-13 12:00 | 1 working-day | 2026-03-16 16:00 | at Friday's closing: the whole of Monday",
        "friday | 2026-03-13 15:00 | 2 working-days | 2026-03-17 16:00 | after Friday's closing: Monday and Tuesday",
        "newyork | 2026-03-06 15:30 | 1 working-day | 2026-03-09 15:30 | Friday to Monday; the clocks go forward between",
        "newyork | 2026-03-09 08:00 | 260 working-days | 2027-03-05 16:00 | 52 weeks of 5 days end on the Friday of the 52nd",
        "berlin | 2026-03-09 08:00 | 2600 working-days | 2036-02-22 16:00 | 520 weeks later is Monday 2036-02-25; the Friday before",
        "always | 2026-03-28 12:00 | 1 working-day | 2026-03-29 12:30 | half of a day of 23 hours is 11:30: 00-02 is 2, 03:00-12:30 is 9:30",
        "always | 2026-10-24 12:00 | 1 working-day | 2026-10-25 11:30 | half of a day of 25 hours is 12:30, one of which is shown twice",
    ];

    public static readonly string[] CalendarDays =
    [
        "china  | 2026-03-09 15:30 | 3 calendar-days | 2026-03-12 15:30 | the same time three days later",
        "china  | 2026-01-30 10:00 | 30 calendar-days | 2026-03-01 10:00 | January 31 is 1, February 28 is 29, March 1 is 30",
        "china  | 2028-02-28 10:00 | 2 calendar-days | 2028-03-01 10:00 | over the leap day",
        "china  | 2027-02-28 10:00 | 1 calendar-day  | 2027-03-01 10:00 | no leap day",
        "china  | 2026-12-30 08:00 | 3 calendar-days | 2027-01-02 08:00 | year end",
        "china  | 2026-10-01 00:00 | 7 calendar-days | 2026-10-08 00:00 | holidays count",
        "berlin | 2026-03-28 12:00 | 1 calendar-day  | 2026-03-29 12:00 | 23 hours later",
        "berlin | 2026-10-24 12:00 | 1 calendar-day  | 2026-10-25 12:00 | 25 hours later",
        "berlin | 2026-03-28 02:30 | 1 calendar-day  | 2026-03-29 03:00 | 02:30 is skipped: when the clocks go forward",
        "berlin | 2026-10-24 02:30 | 1 calendar-day  | 2026-10-25 02:30+02:00 | the first 02:30 of two",
        "berlin | 2026-10-25 02:30+01:00 | 1 calendar-day | 2026-10-26 02:30 | from the second 02:30",
        "berlin | 2026-10-24 03:00 | 1 calendar-day  | 2026-10-25 03:00 | the wall shows 03:00 only once, after going back",
        "newyork | 2026-03-07 02:15 | 1 calendar-day | 2026-03-08 03:00 | 02:15 is skipped: when the clocks go forward",
        "newyork | 2026-10-31 01:30 | 1 calendar-day | 2026-11-01 01:30-04:00 | the first 01:30 of two",
    ];

    public static readonly string[] Suspended =
    [
        "china | 2026-03-09 09:00 | 4 working-hours | 2026-03-09 11:00 > 2026-03-10 14:00 | 2026-03-10 16:00 | 2 used; 2 left from 14:00",
        "china | 2026-03-09 09:00 | 4 working-hours | 2026-03-09 12:30 > 2026-03-09 13:00 | 2026-03-09 15:00 | a pause within the lunch break changes nothing",
        "china | 2026-03-09 16:00 | 4 working-hours | 2026-03-09 20:00 > 2026-03-14 10:00 | 2026-03-16 11:00 | 16-18 used; resumed on Saturday: 2 left from Monday 09:00",
        "china | 2026-03-09 09:00 | 4 working-hours | 2026-03-09 10:00 > 2026-03-09 14:00, 2026-03-09 15:00 > 2026-03-10 09:00 | 2026-03-10 11:00 | 1 used, 1 more used; 2 left",
        "china | 2026-09-30 17:00 | 2 working-hours | 2026-10-02 10:00 > 2026-10-05 10:00 | 2026-10-08 10:00 | a pause within the holiday changes nothing",
        "china | 2026-03-09 09:00 | 1 working-hour  | 2026-03-09 11:00 > 2026-03-12 09:00 | 2026-03-09 10:00 | it was overdue when it stopped and stays so",
        "china | 2026-03-09 17:00 | 1 working-hour  | 2026-03-09 18:00 > 2026-03-12 09:00 | 2026-03-09 18:00 | it fell due at closing, when it stopped",
        "china | 2026-03-09 09:00 | 5 working-days  | 2026-03-10 18:00 > 2026-03-16 09:00 | 2026-03-18 18:00 | Monday and Tuesday used; Monday to Wednesday left",
        "china | 2026-03-09 10:00 | 5 working-days  | 2026-03-11 16:00 > 2026-03-19 09:00 | 2026-03-23 12:00 | 6/7, 1 and 5/7 used, 2 3/7 left: Thursday, Friday and 3 hours of Monday",
        "china | 2026-02-13 09:00 | 2 working-days  | 2026-02-14 09:00 > 2026-02-24 09:00 | 2026-02-24 18:00 | Friday used; the make-up Saturday and the holiday pass; Tuesday left",
        "friday | 2026-03-12 08:00 | 1 working-day  | 2026-03-12 12:00 > 2026-03-13 08:00 | 2026-03-13 10:00 | half of Thursday used; half of Friday's 4 hours left",
        "china | 2026-03-09 10:00 | 60 minutes      | 2026-03-09 10:20 > 2026-03-09 12:00 | 2026-03-09 12:40 | 20 used; 40 left",
        "china | 2026-03-09 23:50 | 60 minutes      | 2026-03-10 00:10 > 2026-03-10 23:50 | 2026-03-11 00:30 | 20 used over midnight; 40 left over the next",
        "china | 2026-03-09 10:00 | 3 calendar-days | 2026-03-10 10:00 > 2026-03-20 08:00 | 2026-03-22 08:00 | 1 used; 2 left",
        "berlin | 2026-03-28 12:00 | 2 calendar-days | 2026-03-28 18:00 > 2026-03-29 18:00 | 2026-03-31 12:00 | 6 hours used; 42 left, by the wall",
        "berlin | 2026-03-28 18:00 | 2 calendar-days | 2026-03-29 18:00 > 2026-03-30 09:00 | 2026-03-31 09:00 | a day used by the wall, although it has 23 hours; a day left",
        "always | 2026-03-28 18:00 | 24 working-hours | 2026-03-29 04:00 > 2026-03-30 00:00 | 2026-03-30 15:00 | 6 and 3 used, as 02-03 does not exist; 15 left",
    ];
}
