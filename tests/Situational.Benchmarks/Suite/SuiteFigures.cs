namespace Situational.Benchmarks.Suite;

/// <summary>The figures of the suite, in their order, with what was set for two cores.</summary>
internal static class SuiteFigures
{
    /// <summary>All of them, without values, by their keys.</summary>
    public static IReadOnlyDictionary<string, Figure> All() => new Figure[]
    {
        new("ingest.flat", "fixes accepted, 100 a request, 20 screens watch", "1/s", More: true, 600_000, 1_000_000),
        new("ingest.redis", "the same by redis-benchmark GEOADD, in turn", "ratio", More: true, 1.0, 1.7),
        new("ingest.cpu", "CPU of the server for one of these fixes", "µs", More: false),
        new("ingest.single", "fixes accepted, one a POST, 64 connections", "1/s", More: true, 25_000, 50_000),
        new("frame.quiet.p50", "POST to frame in a quiet city (10 fixes/s), p50", "ms", More: false, 20, 8),
        new("frame.busy.p50", "POST to frame at 10,000 fixes/s, 200 screens, p50", "ms", More: false, 60, 40),
        new("frame.busy.p99", "the same, p99", "ms", More: false, 150, 110),
        new("frame.near.p99", "POST to frame at 80 % of the highest ingest, p99", "ms", More: false, 500, 300),
        new("boxes.p99", "1,000 screens, each a box, 10,000 fixes/s: POST to frame, p99", "ms", More: false, 350, 250),
        new("boxes.cores", "the same: cores of the server", "cores", More: false, 1, 0.6),
        new("reports.flat", "reports made durable and acknowledged, 64 callers", "1/s", More: true, 10_000, 25_000),
        new("reports.p99", "acknowledged at 5,000 reports/s, p99", "ms", More: false, 20, 8),
        new("wire.busy", "a screen of the whole city at 10,000 fixes/s", "KB/s", More: false),
        new("wire.flat", "a screen of the whole city, fixes flat out", "KB/s", More: false),
    }.ToDictionary(f => f.Key);
}
