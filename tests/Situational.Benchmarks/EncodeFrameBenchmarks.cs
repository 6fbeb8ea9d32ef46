using BenchmarkDotNet.Attributes;
using Situational.Domain.Territory;
using Situational.Grains.Messages;
using Situational.Host.Feed;

namespace Situational.Benchmarks;

/// <summary>
/// Encoding of frames: 7,300 grids, 10,000 units. A tick of 500 moved units in 400 grids for a channel of the whole city and for 1,000 channels of a
/// tenth of it each; the whole city; and the bytes of a frame going to a screen.
/// </summary>
[MemoryDiagnoser]
public class EncodeFrameBenchmarks
{
    private const int Grids = 7_300;
    private const int Units = 10_000;
    private const int Moved = 500;
    private const int MovedIn = 400;
    private const int Side = 100;

    private readonly FrameWriter _writer = new();
    private CityPicture _picture = null!;
    private FeedChannel _channel = null!;
    private FeedChannel[] _boxes = [];
    private EncodedFrame _frame = null!;
    private byte[] _output = [];

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
        for (var i = 0; i < Moved; i++)
        {
            // The last hundred share a grid with one of the others.
            var (grid, unit, revision) = i < MovedIn ? (i * 18, i * 18, 2) : ((i - MovedIn) * 18, (i - MovedIn) * 18 + Grids, 3);
            _picture.Merge(Change(grid, revision, false, [Row(unit, 2)]), 0, 0);
        }
        _channel = Channel(null);
        var random = new Random(1);
        _boxes = [.. Enumerable.Range(0, 1_000).Select(_ => Channel(Box(random)))];
        _frame = Boxes() > 0 ? _writer.Delta(_boxes[0], 2)! : throw new InvalidOperationException("No box shows anything.");
        _output = new byte[_frame.Length];
    }

    /// <summary>One tick for the whole city.</summary>
    [Benchmark]
    public int Delta()
    {
        _writer.BeginCut(_picture, [], 0);
        return _writer.Delta(_channel, 2)!.Length;
    }

    /// <summary>One tick for 1,000 boxes.</summary>
    [Benchmark]
    public int Boxes()
    {
        _writer.BeginCut(_picture, [], 0);
        var bytes = 0;
        foreach (var channel in _boxes)
            bytes += _writer.Delta(channel, 2)?.Length ?? 0;
        return bytes;
    }

    /// <summary>A box's frame into one screen's output.</summary>
    [Benchmark]
    public int Copy()
    {
        _frame.CopyTo(_output);
        return _output.Length;
    }

    /// <summary>The whole city.</summary>
    [Benchmark]
    public int Snapshot() => _writer.Snapshot(_channel, _picture, [], 0).Length;

    /// <summary>Lets the writer go.</summary>
    [GlobalCleanup]
    public void End() => _writer.Dispose();

    private FeedChannel Channel(FrameBox? box) =>
        new(new ChannelKey("310000", true, box), _picture.Scope("310000"), "9f2c41d07be3-1", 1, new FrameLog(16, 1_000_000));

    private static FrameBox Box(Random random)
    {
        var side = (int)(Math.Sqrt(0.1) * Side * 1_000);
        var (south, west) = (31_200_000 + random.Next(Side * 1_000 - side), 121_400_000 + random.Next(Side * 1_000 - side));
        return new FrameBox(south, west, south + side, west + side);
    }

    private static GridChange Change(int grid, long revision, bool full, UnitRow[] units) => new(
        $"310000{grid:D9}", 1, revision - 1, revision, full, new GridSummary(1, 4, 1.5, false, 1_790_000_000_000, 0, 1, 2, 3, 0, 4),
        [.. units], [], [], []);

    private static UnitRow Row(int unit, long sequence) =>
        new($"unit-{unit}", sequence, "squad-1", $"巡{unit}", 31.2 + unit / Side * 1e-3 + sequence * 1e-5, 121.4 + unit % Side * 1e-3, 90, 0, 0, 1_790_000_000_000 + sequence);
}
