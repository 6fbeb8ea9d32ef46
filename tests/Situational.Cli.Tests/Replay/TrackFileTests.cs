using Situational.Cli.Http;
using Situational.Cli.Replay;
using Situational.Testing;

namespace Situational.Cli.Tests.Replay;

public sealed class TrackFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("track");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void Read_CsvWithCommonNames_GuessesTheColumnsAndSortsByTime()
    {
        var track = Read("a.csv", "vehicle_id,timestamp,latitude,longitude,bearing\nb,2026-11-22T08:00:02+08:00,1.5,2.5,90\na,1795305601,1,2,\n");

        Assert.True(track.Fixes[0].At <= track.Fixes[1].At);
        var b = track.Fixes.Single(f => f.Unit == "b");
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 0, 0, 2, TimeSpan.Zero), b.At);
        Assert.Equal((1.5, 2.5, 90), (b.Latitude, b.Longitude, b.HeadingDegrees));
        Assert.Null(track.Fixes.Single(f => f.Unit == "a").HeadingDegrees);
    }

    [Theory]
    [InlineData("1795305601", 1795305601000)]
    [InlineData("1795305601250", 1795305601250)]
    [InlineData("2026-11-22T00:00:01Z", 1795305601000)]
    public void Read_EveryWayOfWritingATime_IsTheSameTime(string written, long milliseconds)
    {
        var track = Read("a.csv", $"unit,at,lat,lon\na,{written},1,2\n");

        Assert.Equal(milliseconds, Assert.Single(track.Fixes).At.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Read_CsvWithMapping_TakesTheColumnsItNames()
    {
        var track = Read("a.csv", "route_id,who,when,y,x\n7,\"a,b\",2026-11-22T00:00:00Z,1,2\n", "unit=who,at=when,lat=y,lon=x,squad=route_id");

        var fix = Assert.Single(track.Fixes);
        Assert.Equal(("a,b", "7"), (fix.Unit, fix.Squad));
    }

    [Fact]
    public void Read_RowsThatAreNone_AreCountedAndNamed()
    {
        var track = Read("a.csv", "unit,at,lat,lon\na,yesterday,1,2\n,2026-11-22T00:00:00Z,1,2\na,2026-11-22T00:00:00Z,north,2\na,2026-11-22T00:00:00Z,1\na,2026-11-22T00:00:00Z,NaN,2\na,2026-11-22T00:00:00Z,1,2\n");

        Assert.Single(track.Fixes);
        Assert.Equal(5, track.Unreadable);
        Assert.Contains("line 2: at: 'yesterday'", track.Faults[0]);
        Assert.Contains("lon", track.Faults[3]);
    }

    [Theory]
    [InlineData("", null, "empty")]
    [InlineData("a,b,c\n1,2,3\n", null, "no column for unit")]
    [InlineData("unit,at,lat,lon\n", "unit=who", "no column 'who'")]
    [InlineData("unit,at,lat,lon\n", "colour=unit", "'colour' is no field")]
    [InlineData("unit,at,lat,lon\n", "unit", "not field=column")]
    public void Read_CsvThatCannotServe_SaysWhy(string text, string? mapping, string why)
    {
        var fault = Assert.Throws<ClientException>(() => Read("a.csv", text, mapping));

        Assert.Contains(why, fault.Message);
    }

    [Fact]
    public void Read_Gpx_MakesEachTrackAUnit()
    {
        const string gpx = """
            <gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
              <trk><name>patrol 1</name><trkseg>
                <trkpt lat="1" lon="2"><time>2026-11-22T00:00:05Z</time></trkpt>
                <trkpt lat="1" lon="2.1"><time>2026-11-22T00:00:01Z</time></trkpt>
                <trkpt lat="1" lon="2.2"/>
              </trkseg></trk>
              <trk><trkseg><trkpt lat="3" lon="4"><time>2026-11-22T00:00:03Z</time></trkpt></trkseg></trk>
            </gpx>
            """;

        var track = Read("walk.gpx", gpx);

        Assert.Equal(["patrol 1", "walk-2", "patrol 1"], track.Fixes.Select(f => f.Unit));
        Assert.Equal(1, track.Unreadable);
    }

    [Fact]
    public void Read_GpxWithADocumentType_IsRefused()
    {
        Assert.Throws<ClientException>(() => Read("a.gpx", "<!DOCTYPE gpx [<!ENTITY x \"y\">]><gpx/>"));
    }

    [Fact]
    public void Read_TheRealDay_ReadsEveryRow()
    {
        Repository.RequireAustin(Assert.Skip);

        var track = TrackFile.Read(new FileInfo(Path.Combine(Repository.Austin, "vehicle-positions-2017-03-21.csv")), "squad=route_id");

        Assert.Equal((45_386, 0), (track.Fixes.Count, track.Unreadable));
        Assert.Equal(329, track.Fixes.Select(f => f.Unit).Distinct().Count());
        Assert.True(track.Fixes.Zip(track.Fixes.Skip(1)).All(p => p.First.At <= p.Second.At));
    }

    private TrackFile Read(string name, string text, string? mapping = null)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, name));
        File.WriteAllText(file.FullName, text);
        return TrackFile.Read(file, mapping);
    }
}
