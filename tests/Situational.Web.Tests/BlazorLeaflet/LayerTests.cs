using BlazorLeaflet;

namespace Situational.Web.Tests.BlazorLeaflet;

public sealed class LayerTests
{
    [Theory]
    [InlineData("https://tiles.example.org/{z}/{x}.png")]
    [InlineData("https://tiles.example.org/")]
    public async Task TileLayer_TemplateWithoutPlaces_IsRefused(string url) =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Rendering.HtmlOfAsync<TileLayer>(new() { ["Url"] = url, ["Attribution"] = "Example" }));

    [Fact]
    public async Task TileLayer_WithoutAttribution_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Rendering.HtmlOfAsync<TileLayer>(new() { ["Url"] = "https://example.org/{z}/{x}/{y}.png", ["Attribution"] = "" }));

    [Fact]
    public async Task GeoJsonLayer_WithSource_SaysWhereAndHow()
    {
        var layer = await Rendering.ElementOfAsync<GeoJsonLayer>(new()
        {
            ["Source"] = "/api/v1/territory",
            ["Color"] = "#30a46c",
            ["FillOpacity"] = 0.35,
            ["LabelProperty"] = "name",
            ["Interactive"] = true,
        });

        Assert.Equal("leaflet-geojson-layer", layer.Name.LocalName);
        Assert.Equal("/api/v1/territory", layer.Attribute("src")?.Value);
        Assert.Equal("#30a46c", layer.Attribute("color")?.Value);
        Assert.Equal("0.35", layer.Attribute("fill-opacity")?.Value);
        Assert.Equal("name", layer.Attribute("label-property")?.Value);
        Assert.Equal("true", layer.Attribute("interactive")?.Value);
        Assert.Null(layer.Attribute("fill-color"));
        Assert.Empty(layer.Elements());
    }

    [Trait("Fault", "S11")]
    [Fact]
    public async Task GeoJsonLayer_DataThatHoldsAnEndTag_CannotEndItsBlock()
    {
        const string hostile = """{"type":"Feature","geometry":null,"properties":{"name":"</script><script>alert(1)</script>"}}""";

        var html = await Rendering.HtmlOfAsync<GeoJsonLayer>(new() { ["Data"] = hostile });

        var begin = html.IndexOf("<script type=\"application/json\">", StringComparison.Ordinal);
        Assert.True(begin >= 0);
        Assert.Equal(begin, html.LastIndexOf("<script", StringComparison.Ordinal));
        Assert.Equal(html.IndexOf("</script>", StringComparison.Ordinal), html.LastIndexOf("</script>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GeoJsonLayer_SourceAndData_AreRefusedTogether() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Rendering.HtmlOfAsync<GeoJsonLayer>(new() { ["Source"] = "/a", ["Data"] = "{}" }));

    [Fact]
    public async Task CanvasLayer_WithParameters_SaysThem()
    {
        var layer = await Rendering.ElementOfAsync<CanvasLayer>(new() { ["ZIndex"] = 3, ["FramesPerSecond"] = 30d, ["id"] = "units" });

        Assert.Equal("leaflet-canvas-layer", layer.Name.LocalName);
        Assert.Equal("3", layer.Attribute("z-index")?.Value);
        Assert.Equal("30", layer.Attribute("frames-per-second")?.Value);
        Assert.Equal("units", layer.Attribute("id")?.Value);
    }

    [Fact]
    public async Task CanvasLayer_TooManyFrames_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Rendering.HtmlOfAsync<CanvasLayer>(new() { ["FramesPerSecond"] = 1000d }));
}
