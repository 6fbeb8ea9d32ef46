using System.ComponentModel.DataAnnotations;

namespace Situational.Host.History;

/// <summary>For how long the past of cases can be shown, section <c>Situational:Past</c>.</summary>
internal sealed class PastOptions
{
    /// <summary>The section they are read from.</summary>
    public const string Section = "Situational:Past";

    /// <summary>Days that what cases looked like is kept, 1 to 366. Default: 7.</summary>
    [Range(1, 366)]
    public int KeptDays { get; set; } = 7;

    /// <summary>Days that it is kept who acknowledged which alert, 1 to 366. Default: 31.</summary>
    [Range(1, 366)]
    public int AcknowledgedDays { get; set; } = 31;

    /// <summary>Questions about the past that are worked on at once, 1 to 64; more are told to come back. One about a full city takes some 100 MB
    /// for a moment. Default: 4.</summary>
    [Range(1, 64)]
    public int MaxRequests { get; set; } = 4;

    /// <summary>Bytes a second that who plays the past has to take, 240 to 1,000,000; a connection that takes less for 5 s is closed. Default: 16,384.</summary>
    [Range(240, 1_000_000)]
    public int MinBytesPerSecond { get; set; } = 16_384;

    /// <summary>Seconds that one question may take until its last frame is sent, 5 to 600. Default: 120.</summary>
    [Range(5, 600)]
    public int MaxSeconds { get; set; } = 120;
}
