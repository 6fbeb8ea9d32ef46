using BenchmarkDotNet.Attributes;
using Situational.Domain.Territory;
using Situational.Grains.Messages;
using Situational.Host.Feed;

namespace Situational.Benchmarks;

/// <summary>Encoding of one frame for all screens of a channel: 7,300 grids, 10,000 units; a tick of 1,000 moved units, and the whole city.</summary>
[MemoryDiagnoser]
public class EncodeFrameBenchmarks
{
    private const int Grids = 7_300;
    private const int Units = 10_000;
    private const int Moved = 1_000;

    private readonly FrameWriter _writer = new();
    private CityPicture _picture = null!;
    private FeedChannel _channel = null!;

    /// <summary>Fills the picture and leaves a tick's changes uncut.</summary>
    [GlobalSetup]
    public void Fill()
    {
        var nowhere = NetTopologySuite.Geometries.GeometryFactory.Default.CreatePolygon();
        var areas = new List<Area> { new("310000", "City", "city", null, nowhere) };
        for (var i = 0; i < Grids; i++)
            areas.Add(new Area($"310000{i:D9}", $"Grid {i}", "grid", "310000", nowhere));
        _picture = new CityPicture(new CityTerritory(1, ["city", "grid"], areas));
        for (var i = 0; i < Grids; i++)
        {
            var units = Enumerable.Range(0, Units).Where(u => u % Grids == i).Select(u => Row(u, 1));
            _picture.Merge(Change(i, 1, true, [.. units]), 0, 0);
        }
        _picture.Settle();
        for (var u = 0; u < Moved; u++)
            _picture.Merge(Change(u, 2, false, [Row(u, 2)]), 0, 0);
        _channel = new FeedChannel(new ChannelKey("310000", true, null), _picture.Scope("310000"), "epoch", 1, new FrameLog(16, 1_000_000));
    }

    /// <summary>One tick.</summary>
    [Benchmark]
    public int Delta() => _writer.Delta(_channel, _picture, [], 2, 0)!.Json.Length;

    /// <summary>The whole city.</summary>
    [Benchmark]
    public int Snapshot() => _writer.Snapshot(_channel, _picture, [], 0).Json.Length;

    /// <summary>Lets the writer go.</summary>
    [GlobalCleanup]
    public void End() => _writer.Dispose();

    private static GridChange Change(int grid, long revision, bool full, UnitRow[] units) => new(
        $"310000{grid:D9}", 1, revision - 1, revision, full, new GridSummary(1, 4, 1.5, false, 1_790_000_000_000, 0, 1, 2, 3, 0, 4),
        [.. units], [], [], []);

    private static UnitRow Row(int unit, long sequence) =>
        new($"unit-{unit}", sequence, "squad-1", $"巡{unit}", 31.2 + unit * 1e-5, 121.4 + sequence * 1e-4, 90, 0, 0, 1_790_000_000_000 + sequence);
}
