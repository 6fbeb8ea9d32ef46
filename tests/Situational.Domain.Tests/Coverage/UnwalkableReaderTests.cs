using Situational.Domain.Coverage;
using Situational.Domain.Tests.Territory;

namespace Situational.Domain.Tests.Coverage;

public sealed class UnwalkableReaderTests
{
    private const string Lake = "{'type':'Feature','properties':null,'geometry':{'type':'Polygon','coordinates':[" + GeoJson.Square + "]}}";

    [Fact]
    public void Read_PolygonsWithoutProperties_AreTakenFromTheGrids()
    {
        var reading = UnwalkableReader.Read(GeoJson.Bytes(GeoJson.Collection(Lake)));
        Assert.Empty(reading.Faults);
        var grid = Ground.Grid(Ground.Factory.ToGeometry(new(0.005, 0.02, 0, 0.01)));
        Assert.Equal(2.0 / 3, reading.Ground!.Of(grid).Area / grid.Geometry.Area, 1e-9);
        var away = Ground.Grid(Ground.Square(0, 0, 100));
        Assert.Same(away.Geometry, reading.Ground.Of(away));
    }

    [Theory]
    [InlineData("[]", "not-a-feature-collection")]
    [InlineData("{'type':'FeatureCollection','features':[]}", "no-areas")]
    [InlineData("{'type':'FeatureCollection','features':[3]}", "wrong-type")]
    [InlineData("{'type':'FeatureCollection','features':[{'type':'Feature','geometry':null}]}", "empty-geometry")]
    [InlineData("{'type':'FeatureCollection','features':[{'type':'Feature','geometry':{'type':'Point','coordinates':[1,2]}}]}", "geometry-type")]
    [InlineData("{'type':'FeatureCollection','features':[{'type':'Feature','type':'Feature','geometry':null}]}", "duplicate-member")]
    [InlineData("{'type':'FeatureCollection','features':[{'type':'Feature','geometry':{'type':'Polygon','coordinates':[[[30,120],[30,121],[31,121],[30,120]]]}}]}", "coordinates-swapped")]
    [InlineData("{'type':'FeatureCollection','features':[{'type':'Feature','geometry':{'type':'Polygon','coordinates':[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}}]}", "self-intersection")]
    [InlineData("{'type':'FeatureCollection','crs':{'type':'name','properties':{'name':'EPSG:3857'}},'features':[]}", "other-reference-system")]
    [InlineData("{'type':", "not-json")]
    public void Read_WhatIsWrong_IsRefusedWithItsReason(string json, string reason)
    {
        var reading = UnwalkableReader.Read(GeoJson.Bytes(json));
        Assert.Null(reading.Ground);
        Assert.Contains(reading.Faults, f => f.Reason == reason);
    }

    [Fact]
    public void Read_AFileThatIsTooLarge_IsRefusedUnread()
    {
        var reading = UnwalkableReader.Read(new byte[UnwalkableReader.MaxBytes + 1]);
        Assert.Equal("too-large", Assert.Single(reading.Faults).Reason);
        Assert.Equal("not-json", Assert.Single(UnwalkableReader.Read(GeoJson.Bytes(GeoJson.Collection("{'type':'Feature','geometry':{'type':'\\ud800'}}"))).Faults).Reason);
    }
}
