namespace Situational.Host.Ingest;

/// <summary>A unit as the directory knows it, or one that waits for its enrolment. Safe for all threads.</summary>
internal sealed class UnitEntry(string unit)
{
    private string? _callSign;
    private SquadEntry? _squad;

    /// <summary>The unit's id, one string for all its fixes.</summary>
    public string Unit { get; } = unit;

    /// <summary>Its squad; null until it is enrolled.</summary>
    public SquadEntry? Squad
    {
        get => Volatile.Read(ref _squad);
        set => Volatile.Write(ref _squad, value);
    }

    /// <summary>Why there was no room for it; null as long as nothing speaks against it. Used by the request that found it new.</summary>
    public FixRefusal? Refusal { get; set; }

    /// <summary>The call sign as a string, the same one as long as it does not change.</summary>
    public string CallSign(ReadOnlySpan<char> given)
    {
        var last = Volatile.Read(ref _callSign);
        if (last is not null && given.SequenceEqual(last))
            return last;
        last = new string(given);
        Volatile.Write(ref _callSign, last);
        return last;
    }
}
