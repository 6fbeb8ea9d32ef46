namespace Situational.Domain.Deadlines;

/// <summary>What a <see cref="Clock"/> measures: 1 to 5 the stages of a case, 6 to 8 those of a muster. The numbers stand in the journal and are never reused.</summary>
public enum ClockKind
{
    /// <summary>立案: from the report to its acceptance or rejection.</summary>
    Accept = 1,

    /// <summary>派遣: from acceptance to dispatch.</summary>
    Dispatch = 2,

    /// <summary>处置: from dispatch to the result handed in.</summary>
    Handle = 3,

    /// <summary>核查: from the result to its verification.</summary>
    Verify = 4,

    /// <summary>结案: the whole case, from the report to closing.</summary>
    Close = 5,

    /// <summary>响应: from the whistle to its acknowledgement by a department.</summary>
    Acknowledge = 6,

    /// <summary>报到: from the whistle to the department's arrival.</summary>
    Arrive = 7,

    /// <summary>办结: from the whistle to the department's report that it is done.</summary>
    Solve = 8,
}
