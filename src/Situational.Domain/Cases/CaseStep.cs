namespace Situational.Domain.Cases;

/// <summary>A step that takes a case from one stage to another, or changes what is known about it. The numbers stand in the journal.</summary>
public enum CaseStep
{
    /// <summary>开始处置: handling begins.</summary>
    Start = 0,

    /// <summary>结案: closes it.</summary>
    Close = 1,

    /// <summary>立案: accepts it; may set another severity.</summary>
    Accept = 2,

    /// <summary>不予立案: does not accept it; needs a reason.</summary>
    Reject = 3,

    /// <summary>派遣: gives it to a unit, a squad or a department.</summary>
    Dispatch = 4,

    /// <summary>回退: gives it back; needs a reason.</summary>
    Return = 5,

    /// <summary>反馈: hands in the result; needs a note, may bring photos.</summary>
    HandIn = 6,

    /// <summary>核查通过: the result is good.</summary>
    Verify = 7,

    /// <summary>返工: the result is not good enough; needs a reason.</summary>
    Rework = 8,

    /// <summary>缓办: suspends it; needs a reason and an end. Its clocks stand still.</summary>
    Suspend = 9,

    /// <summary>恢复: ends the suspension, by hand or because its end has come.</summary>
    Resume = 10,

    /// <summary>重开: reopens an ended case within the configured time; needs a reason.</summary>
    Reopen = 11,

    /// <summary>评价: rates a closed case.</summary>
    Rate = 12,

    /// <summary>并案: its reports follow another open case.</summary>
    Merge = 13,

    /// <summary>升级: moves it up one level of the tree; needs a reason.</summary>
    Escalate = 14,

    /// <summary>吹哨: calls departments.</summary>
    Blow = 15,

    /// <summary>报到: one department's answer to a whistle.</summary>
    Muster = 16,

    /// <summary>驳回并案建议: says that a proposed duplicate is none.</summary>
    KeepApart = 17,
}
