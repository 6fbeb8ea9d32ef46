namespace Situational.Domain.Patrols;

/// <summary>What is odd about an accepted fix; the bits stand on the feed.</summary>
[Flags]
public enum FixMarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Dated more than 30 s ahead; kept at its arrival time.</summary>
    Future = 1,

    /// <summary>Implies more than 100 m/s since the fix before.</summary>
    Jump = 2,
}
