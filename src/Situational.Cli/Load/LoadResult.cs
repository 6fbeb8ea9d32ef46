using System.Text.Json.Serialization;

namespace Situational.Cli.Load;

/// <summary>What a run measured; times in milliseconds unless said otherwise.</summary>
/// <param name="Seconds">How long it counted.</param>
/// <param name="Positions">Fixes, if any were sent.</param>
/// <param name="Reports">Reports, if any were sent.</param>
/// <param name="Screens">Screens, if any watched.</param>
/// <param name="Markers">From POST to frame, if screens watched marked fixes.</param>
/// <param name="Server">The system's process, if it was named.</param>
/// <param name="Load">This process.</param>
internal sealed record LoadResult(
    double Seconds, PositionsResult? Positions, FlowResult? Reports, ScreensResult? Screens, MarkersResult? Markers, ServerResult? Server, OwnResult Load);

/// <summary>What was sent and answered.</summary>
/// <param name="AskedPerSecond">The rate asked for; absent for as many as go.</param>
/// <param name="Offered">Sent.</param>
/// <param name="Accepted">Taken.</param>
/// <param name="AcceptedPerSecond">Taken a second.</param>
/// <param name="Refused">Refused, by reason.</param>
/// <param name="Unanswered">Sent on connections that broke, or not answered at the end.</param>
/// <param name="Requests">Answered.</param>
/// <param name="ConnectionsLost">Connections that broke or were closed.</param>
/// <param name="Latency">From sending, at fixed rates from the time at which it was due, to the answer.</param>
/// <param name="EachSecond">Accepted in each whole second.</param>
internal sealed record FlowResult(
    double? AskedPerSecond, long Offered, long Accepted, double AcceptedPerSecond, SortedDictionary<string, long> Refused, long Unanswered,
    long Requests, long ConnectionsLost, LatencyResult Latency, IReadOnlyList<long> EachSecond);

/// <summary>Fixes.</summary>
/// <param name="Flow">What was sent and answered.</param>
/// <param name="Fixes">What the accepted ones were.</param>
/// <param name="BytesPerFix">Size of a request by its fixes.</param>
internal sealed record PositionsResult(FlowResult Flow, FixSums Fixes, double BytesPerFix);

/// <summary>Percentiles.</summary>
internal sealed record LatencyResult(long Count, double P50, double P90, double P99, double Max)
{
    /// <summary>Of a histogram.</summary>
    public static LatencyResult Of(LoadHistogram histogram) => new(
        histogram.Count, histogram.Percentile(0.5) / 1e3, histogram.Percentile(0.9) / 1e3, histogram.Percentile(0.99) / 1e3, histogram.Max / 1e3);
}

/// <summary>What came to screens.</summary>
/// <param name="Count">Screens.</param>
/// <param name="Ready">Those that got a picture.</param>
/// <param name="Frames">Frames of all kinds that could be applied.</param>
/// <param name="Snapshots">Of them, whole pictures.</param>
/// <param name="Deltas">Of them, changes.</param>
/// <param name="Beats">Of them, signs of life.</param>
/// <param name="FramesPerScreenSecond">Frames a second for each screen.</param>
/// <param name="Bytes">Received, heads and all.</param>
/// <param name="BytesPerScreenSecond">Bytes a second for each screen.</param>
/// <param name="Gaps">Frames that build on another than the last.</param>
/// <param name="Resyncs">Watches begun anew.</param>
/// <param name="Digests">Digests compared.</param>
/// <param name="DigestFaults">Digests that were others than the grids give.</param>
/// <param name="Breaches">Revisions that did not rise.</param>
/// <param name="ConnectionsLost">Connections that broke or were closed.</param>
/// <param name="Refused">Watches and connections refused, by reason, also before it counted.</param>
/// <param name="CutToScreen">From the server's cutting a delta to its being on a screen.</param>
/// <param name="Bad">Screens that make trouble, if there were any.</param>
internal sealed record ScreensResult(
    int Count, int Ready, long Frames, long Snapshots, long Deltas, long Beats, double FramesPerScreenSecond, long Bytes, double BytesPerScreenSecond,
    long Gaps, long Resyncs, long Digests, long DigestFaults, long Breaches, long ConnectionsLost, SortedDictionary<string, long> Refused,
    LatencyResult CutToScreen, BadResult? Bad);

/// <summary>Screens that make trouble.</summary>
/// <param name="Count">How many.</param>
/// <param name="Connections">Connections that they made, also before it counted.</param>
/// <param name="Lost">Of them, closed or refused by the server.</param>
internal sealed record BadResult(int Count, long Connections, long Lost);

/// <summary>From POST to frame.</summary>
/// <param name="Sent">Marked fixes sent.</param>
/// <param name="Latency">Of each marked fix on each screen that showed it.</param>
internal sealed record MarkersResult(long Sent, LatencyResult Latency);

/// <summary>The system's process.</summary>
/// <param name="CpuSeconds">CPU time while it counted.</param>
/// <param name="Cores">The same by the time.</param>
/// <param name="PeakBytes">Most resident memory while it counted, looked at four times a second.</param>
/// <param name="HighWaterBytes">Most resident memory since it began.</param>
internal sealed record ServerResult(double CpuSeconds, double Cores, long PeakBytes, long HighWaterBytes);

/// <summary>This process.</summary>
/// <param name="CpuSeconds">CPU time while it counted.</param>
/// <param name="Cores">The same by the time.</param>
/// <param name="MicrosecondsPerFix">All of it by the accepted fixes, if there were any.</param>
internal sealed record OwnResult(double CpuSeconds, double Cores, double? MicrosecondsPerFix);

/// <summary>Results as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(LoadResult))]
internal sealed partial class LoadJson : JsonSerializerContext;
