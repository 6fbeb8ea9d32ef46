using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Situational.Domain.Catalogue;

/// <summary>When a hazard that is said to be fixed on the spot (即查即办) is marked, and how many are checked again.</summary>
public sealed record SpotRules
{
    /// <summary>Handled farther from the hazard than this is marked. Metres, 1 to 10,000. Default 100.</summary>
    public double MaxMeters { get; init; } = 100;

    /// <summary>A fix of the unit at most so old, before or after, says where it was. 1 min to 24 h. Default 10 min.</summary>
    public TimeSpan FixWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>So many from one unit within <see cref="BatchWithin"/> are marked. 2 to 1,000. Default 5.</summary>
    public int BatchCount { get; init; } = 5;

    /// <summary>Within which time <see cref="BatchCount"/> is too many. 1 min to 24 h. Default 10 min.</summary>
    public TimeSpan BatchWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Share of the cases that goes to random re-check, 0 to 1. Default 0.05.</summary>
    public double RecheckShare { get; init; } = 0.05;

    /// <summary>Decides which cases those are: another seed, other cases. 1 to 100 characters. Default <c>situational</c>.</summary>
    public string RecheckSeed { get; init; } = "situational";

    /// <summary>
    /// Whether a case goes to random re-check. The same for the same case and seed, whenever and wherever it is asked; a greater share takes
    /// further cases and drops none. Without the seed nobody can tell beforehand.
    /// </summary>
    /// <param name="caseId">Id of the case.</param>
    public bool IsRechecked(string caseId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{RecheckSeed}\n{caseId}"), hash);
        // The top 53 bits, as a number from 0 up to but not including 1.
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * Math.ScaleB(1, -53) < RecheckShare;
    }
}
