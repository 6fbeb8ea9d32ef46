using System.Globalization;
using System.Text;

namespace Situational.Cli.Load;

/// <summary>Results in words, a line each.</summary>
internal static class LoadTable
{
    /// <summary>The lines.</summary>
    public static string Of(LoadResult result)
    {
        var text = new StringBuilder();
        Line(text, "measured", $"{result.Seconds:0.00} s");
        if (result.Positions is { } positions)
        {
            Flow(text, "fixes", positions.Flow);
            var sums = positions.Fixes;
            Line(text, "", $"{sums.Moved:N0} moved, {sums.Older:N0} older, {sums.Repeated:N0} repeated, {sums.Future:N0} future, {sums.Jumps:N0} jumps, {sums.Outside:N0} outside; {positions.BytesPerFix:0} bytes each");
        }
        if (result.Reports is { } reports)
            Flow(text, "reports", reports);
        if (result.Screens is { } screens)
            Screens(text, screens);
        if (result.Markers is { } markers)
        {
            Line(text, "markers", $"{markers.Sent:N0} sent, {markers.Latency.Count:N0} seen");
            Line(text, "POST to frame", Latency(markers.Latency));
        }
        if (result.Server is { } server)
            Line(text, "server", $"{server.CpuSeconds:0.00} s CPU, {server.Cores:0.00} cores; memory at most {Mega(server.PeakBytes)}, since its start {Mega(server.HighWaterBytes)}");
        Line(text, "load", $"{result.Load.CpuSeconds:0.00} s CPU, {result.Load.Cores:0.00} cores{(result.Load.MicrosecondsPerFix is { } each ? string.Create(CultureInfo.InvariantCulture, $"; {each:0.000} µs a fix") : "")}");
        return text.ToString();
    }

    private static void Screens(StringBuilder text, ScreensResult screens)
    {
        Line(text, "screens", $"{screens.Ready:N0} of {screens.Count:N0}; {screens.Frames:N0} frames ({screens.FramesPerScreenSecond:0.0}/s each): {screens.Snapshots:N0} snapshots, {screens.Deltas:N0} deltas, {screens.Beats:N0} beats; {screens.BytesPerScreenSecond / 1024:N1} KB/s each");
        Line(text, "", $"{screens.Gaps:N0} gaps, {screens.Resyncs:N0} watched again, {screens.Digests:N0} digests compared, {screens.DigestFaults:N0} wrong, {screens.Breaches:N0} revisions that did not rise, {screens.ConnectionsLost:N0} connections lost");
        Line(text, "cut to screen", Latency(screens.CutToScreen));
        foreach (var (reason, count) in screens.Refused)
            Line(text, "", $"{reason}: {count:N0}");
        if (screens.Bad is { } bad)
            Line(text, "", $"{bad.Count:N0} that make trouble: {bad.Connections:N0} connections, {bad.Lost:N0} closed or refused");
    }

    private static void Flow(StringBuilder text, string name, FlowResult flow)
    {
        var asked = flow.AskedPerSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $"asked {rate:N1}/s, ") : "flat out, ";
        Line(text, name, $"{asked}offered {flow.Offered:N0}, accepted {flow.Accepted:N0} ({flow.AcceptedPerSecond:N0}/s), refused {flow.Refused.Values.Sum():N0}, unanswered {flow.Unanswered:N0}");
        foreach (var (reason, count) in flow.Refused)
            Line(text, "", $"refused {reason}: {count:N0}");
        if (flow.ConnectionsLost > 0)
            Line(text, "", $"{flow.ConnectionsLost:N0} connections lost");
        Line(text, "answers", Latency(flow.Latency));
    }

    private static string Latency(LatencyResult latency) => string.Create(CultureInfo.InvariantCulture,
        $"p50 {latency.P50:0.0}, p90 {latency.P90:0.0}, p99 {latency.P99:0.0}, max {latency.Max:0.0} ms of {latency.Count:N0}");

    private static string Mega(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0} MB");

    private static void Line(StringBuilder text, string name, FormattableString line) => Line(text, name, line.ToString(CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string name, string line) =>
        text.Append(name.PadRight(14)).Append(line).Append('\n');
}
