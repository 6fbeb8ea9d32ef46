using System.Globalization;
using BlazorLeaflet;
using Microsoft.AspNetCore.Components;

namespace Situational.Web.Tests.BlazorLeaflet;

public sealed class LeafletMapTests
{
    [Fact]
    public async Task Map_WithParameters_SaysThemAsAttributesInEveryCulture()
    {
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");

        var map = await Rendering.ElementOfAsync<LeafletMap>(new()
        {
            ["Label"] = "街道地图",
            ["Latitude"] = 22.7712,
            ["Longitude"] = 113.925,
            ["Zoom"] = 13.5,
            ["Bounds"] = new LatLngBox(22.7, 113.85, 22.8, 113.95),
            ["Interactive"] = false,
            ["id"] = "city",
        });

        Assert.Equal("leaflet-map", map.Name.LocalName);
        Assert.Equal("街道地图", map.Attribute("label")?.Value);
        Assert.Equal("22.7712", map.Attribute("latitude")?.Value);
        Assert.Equal("113.925", map.Attribute("longitude")?.Value);
        Assert.Equal("13.5", map.Attribute("zoom")?.Value);
        Assert.Equal("22.7,113.85,22.8,113.95", map.Attribute("bounds")?.Value);
        Assert.Equal("false", map.Attribute("interactive")?.Value);
        Assert.Equal("true", map.Attribute("zoom-control")?.Value);
        Assert.Equal("city", map.Attribute("id")?.Value);
        Assert.Null(map.Attribute("max-bounds"));
    }

    [Fact]
    public async Task Map_WithLayers_HoldsThemInOrder()
    {
        RenderFragment layers = builder =>
        {
            builder.OpenComponent<TileLayer>(0);
            builder.AddComponentParameter(1, nameof(TileLayer.Url), "https://{s}.example.org/{z}/{x}/{y}.png");
            builder.AddComponentParameter(2, nameof(TileLayer.Attribution), "<a href=\"https://example.org\">Example</a>");
            builder.CloseComponent();
            builder.OpenComponent<CanvasLayer>(3);
            builder.AddComponentParameter(4, nameof(CanvasLayer.ZIndex), 2);
            builder.CloseComponent();
        };

        var map = await Rendering.ElementOfAsync<LeafletMap>(new() { ["Label"] = "Map", ["ChildContent"] = layers });

        Assert.Equal(["leaflet-tile-layer", "leaflet-canvas-layer"], map.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("<a href=\"https://example.org\">Example</a>", map.Element("leaflet-tile-layer")?.Attribute("attribution")?.Value);
        Assert.Equal("2", map.Element("leaflet-canvas-layer")?.Attribute("z-index")?.Value);
    }

    [Trait("Fault", "S11")]
    [Fact]
    public async Task Map_Rendered_HoldsNoInlineStyleOrScript()
    {
        var html = await Rendering.HtmlOfAsync<LeafletMap>(new() { ["Label"] = "Map" });

        Assert.DoesNotContain("style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Latitude", 90.1)]
    [InlineData("Latitude", double.NaN)]
    [InlineData("Longitude", -180.5)]
    [InlineData("Zoom", 25d)]
    [InlineData("MaxZoom", -1d)]
    [InlineData("ZoomSnap", 4.5)]
    public async Task Map_ParameterOutOfRange_IsRefusedByName(string parameter, double value)
    {
        var refusal = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Rendering.HtmlOfAsync<LeafletMap>(new() { ["Label"] = "Map", [parameter] = value }));

        Assert.Equal(parameter, refusal.ParamName);
    }

    [Fact]
    public async Task Map_BoundsInWrongOrder_AreRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Rendering.HtmlOfAsync<LeafletMap>(new() { ["Label"] = "Map", ["Bounds"] = new LatLngBox(22.8, 113.9, 22.7, 114) }));

    [Fact]
    public async Task Map_WithoutLabel_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Rendering.HtmlOfAsync<LeafletMap>(new() { ["Label"] = " " }));
}
