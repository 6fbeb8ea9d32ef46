using System.Diagnostics;
using Situational.Cli.Load;

namespace Situational.Cli.Tests.Load;

/// <summary>Marked fixes are found in a frame, once each.</summary>
public sealed class MarkerEyeTests
{
    private readonly LoadWindow _window = new(long.MaxValue);
    private readonly LoadMarkers _markers;
    private readonly MarkerEye _eye;

    public MarkerEyeTests()
    {
        _markers = new LoadMarkers(_window, 3);
        _eye = new MarkerEye(_markers);
        _window.Open();
    }

    [Fact]
    public void Look_AtRowsOfMarkedUnits_CountsEachFixOnce()
    {
        _markers.Send(0, 1_795_334_400_000);
        _markers.Send(2, 1_795_334_400_001);
        var frame = """{"units":[["load-u0000001",1,2,3,0,1795334400000,"g"],["load-m0000002",-31005123,121005000,-1,0,1795334400001,"g"],["load-m0000000",31005123,121005000,90,0,1795334400000,"g"]],"gone":["load-m0000001","load-m0000000"]}"""u8;

        _eye.Look(frame, Stopwatch.GetTimestamp());
        _eye.Look(frame, Stopwatch.GetTimestamp());

        Assert.Equal((2, 2), (_markers.Offered, _markers.Latency.Count));
    }

    [Fact]
    public void Look_AtFixesThatWereNotSentWhileItCounted_CountsNothing()
    {
        _window.Close();
        _markers.Send(0, 1_795_334_400_000);
        _window.Open();

        _eye.Look("""{"units":[["load-m0000000",1,2,3,0,1795334400000],["load-m0000001",1,2,3,0,1795334400000],["load-m9999999",1,2,3,0,1795334400000]]}"""u8, Stopwatch.GetTimestamp());
        _eye.Look("""["load-m0000000"]"""u8, Stopwatch.GetTimestamp());
        _eye.Look("""["load-m0000000",1,2"""u8, Stopwatch.GetTimestamp());

        Assert.Equal((0, 0), (_markers.Offered, _markers.Latency.Count));
    }
}
